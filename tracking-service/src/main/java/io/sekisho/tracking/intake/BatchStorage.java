package io.sekisho.tracking.intake;

import io.sekisho.tracking.store.EventsRefused;
import io.sekisho.tracking.store.TrackingStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Stores a batch, waiting for a database that is out of reach. A batch that the database refuses is halved until the events that it
 * refuses stand alone: one bad event never holds up the good ones.
 */
@ApplicationScoped
class BatchStorage {
    private final TrackingStore store;
    private final Patience patience;
    private final IntakeCounters counters;
    private final Clock clock = Clock.systemUTC();

    BatchStorage(TrackingStore store, Patience patience, IntakeCounters counters) {
        this.store = store;
        this.patience = patience;
        this.counters = counters;
    }

    /** The events that the database refused; all others are committed. */
    Uni<List<DeadLetter>> store(List<ReceivedEvent> batch) {
        if (batch.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return patience.untilItWorks(
                        "store events in PostgreSQL",
                        () -> store.store(
                                batch.stream().map(ReceivedEvent::event).toList()),
                        failure -> !(failure instanceof EventsRefused))
                .map(count -> {
                    counters.stored(count);
                    counters.visible(oldest(batch), clock.instant());
                    return List.<DeadLetter>of();
                })
                .onFailure(EventsRefused.class)
                .recoverWithUni(refused -> apart(batch, refused));
    }

    private Uni<List<DeadLetter>> apart(List<ReceivedEvent> batch, Throwable refused) {
        if (batch.size() == 1) {
            return Uni.createFrom()
                    .item(List.of(new DeadLetter(
                            batch.get(0).record(), DeadLetterReason.REFUSED_BY_DATABASE, refused.getMessage())));
        }
        int middle = batch.size() / 2;
        return store(batch.subList(0, middle))
                .flatMap(first -> store(batch.subList(middle, batch.size()))
                        .map(second ->
                                Stream.concat(first.stream(), second.stream()).toList()));
    }

    private static Instant oldest(List<ReceivedEvent> batch) {
        return batch.stream()
                .map(received -> received.event().event().at())
                .min(Instant::compareTo)
                .orElseThrow();
    }
}
