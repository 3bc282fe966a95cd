package io.sekisho.tracking.store;

import io.sekisho.tracking.TrackingSettings;
import io.sekisho.tracking.delivery.Delivery;
import io.sekisho.tracking.search.Glob;
import io.sekisho.tracking.search.MessageFilter;
import io.sekisho.tracking.search.Place;
import io.sekisho.tracking.search.Reach;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** {@link TrackingStore} on PostgreSQL. */
@ApplicationScoped
public class PgTrackingStore implements TrackingStore {
    /** PostgreSQL ends a slow statement itself; this ends the wait for one that does not answer any more. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Pool pool;
    private final StoredDays days;
    private final Duration storeTimeout;
    private final Duration queryTimeout;

    PgTrackingStore(Pool pool, StoredDays days, TrackingSettings settings) {
        this.pool = pool;
        this.days = days;
        this.storeTimeout = settings.storeTimeout();
        this.queryTimeout = settings.queryTimeout();
    }

    @Override
    public Uni<StoredCount> store(List<TrackedEvent> events) {
        SortedMap<EventKey, TrackedEvent> distinct = new TreeMap<>();
        events.forEach(event -> distinct.putIfAbsent(event.key(), event));
        if (distinct.isEmpty()) {
            return Uni.createFrom().item(new StoredCount(0, 0));
        }
        return days.ensure(distinct.keySet().stream().map(EventKey::day).collect(Collectors.toSet()))
                .flatMap(ensured -> inTransaction(distinct.values()))
                .ifNoItem()
                .after(storeTimeout.plus(GRACE))
                .fail()
                .onFailure()
                .transform(PgFailures::whileStoring)
                .map(stored -> new StoredCount(stored, events.size() - stored));
    }

    private Uni<Integer> inTransaction(Collection<TrackedEvent> events) {
        return pool.withTransaction(connection -> connection
                .query("SET LOCAL statement_timeout = " + storeTimeout.toMillis())
                .execute()
                .flatMap(set -> new PgEventWriter(connection).write(events)));
    }

    @Override
    public Uni<List<Delivery>> newestFirst(MessageFilter filter, Reach reach, Optional<Place> behind, int atMost) {
        return answered(new PgDeliverySearch(pool, days, filter, reach, behind, atMost).run());
    }

    @Override
    public Uni<Optional<MessageHistory>> message(UUID id, Reach reach, Optional<Glob> recipient) {
        return answered(new PgMessageLookup(pool, days, id, reach, recipient).run());
    }

    private <T> Uni<T> answered(Uni<T> answer) {
        return answer.ifNoItem()
                .after(queryTimeout.plus(GRACE))
                .fail()
                .onFailure()
                .transform(PgFailures::whileAnswering);
    }
}
