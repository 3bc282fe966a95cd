package io.sekisho.egress.attempt;

import io.sekisho.egress.ledger.Ledger;
import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import io.sekisho.egress.schedule.ScheduleEntry;
import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Notes attempts that take long in the schedule, under the lease of this pod, so that their input can be acknowledged while
 * they go on: a slow host must not keep a partition from moving.
 *
 * <p>Thread safety: confined to the context of its {@link MessageWork}.
 */
final class SlowAttempts {

    private static final Logger LOG = Logger.getLogger(SlowAttempts.class);

    private final MessageWork work;
    private final Workplace place;

    SlowAttempts(MessageWork work, Workplace place) {
        this.work = work;
        this.place = place;
    }

    /** Notes those that are in an attempt and have no row; acknowledged when the row and the ledger have them. */
    void note(List<Addressee> some) {
        List<Addressee> running = some.stream()
                .filter(to -> to.phase() == Phase.IN_ATTEMPT && to.row().isEmpty())
                .toList();
        if (running.isEmpty()) {
            return;
        }
        Uni<Void> written = rows(running).memoize().indefinitely();
        running.forEach(to -> to.writesRow(written));
        written.emitOn(work::run)
                .chain(() -> {
                    // Of those only that have a row: the ledger must never say so of another.
                    List<Addressee> noted =
                            running.stream().filter(to -> to.row().isPresent()).toList();
                    return place.ledger()
                            .scheduled(
                                    work.mail().id(),
                                    noted.stream().map(Addressee::forwardPath).toList(),
                                    Ledger.Attempt.GOES_ON)
                            .replaceWith(noted);
                })
                .subscribe()
                .with(
                        noted -> work.run(() -> {
                            noted.forEach(Addressee::acknowledge);
                            work.checkAcknowledged();
                        }),
                        bug -> LOG.error(
                                LogLine.of("attempt not noted in the schedule").with(LogKey.ALERT, "bug"), bug));
    }

    private Uni<Void> rows(List<Addressee> running) {
        return work.mail()
                .body()
                .stored()
                .chain(envelope -> Patience.until(
                        "schedule row",
                        () -> onContext(() -> {
                            Map<Addressee, ScheduleEntry> rows = entries(running);
                            if (rows.isEmpty()) {
                                return Uni.createFrom().voidItem();
                            }
                            return place.schedule()
                                    .insert(
                                            envelope,
                                            List.copyOf(rows.values()),
                                            Optional.of(place.inHand().lease()))
                                    .emitOn(work::run)
                                    .invoke(() -> rows.forEach(this::noted));
                        })));
    }

    /** Those of the attempts that have come to something meanwhile need none. */
    private Map<Addressee, ScheduleEntry> entries(List<Addressee> running) {
        Map<Addressee, ScheduleEntry> entries = new LinkedHashMap<>();
        running.stream()
                .filter(to -> to.phase().compareTo(Phase.CONCLUDING) < 0)
                .forEach(to -> entries.put(
                        to,
                        place.conclusions().entry(work.mail(), to, place.clock().instant())));
        return entries;
    }

    private void noted(Addressee to, ScheduleEntry row) {
        to.hasRow(row);
        place.inHand().keepRowAlive(row);
    }

    private <T> Uni<T> onContext(Supplier<Uni<? extends T>> step) {
        return Uni.createFrom().<T>deferred(step).runSubscriptionOn(work::run);
    }
}
