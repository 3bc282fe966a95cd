package io.sekisho.tracking.store;

import io.sekisho.tracking.delivery.Delivery;
import io.sekisho.tracking.search.Glob;
import io.sekisho.tracking.search.MessageFilter;
import io.sekisho.tracking.search.Place;
import io.sekisho.tracking.search.Reach;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps events, unique by (day, event id), and the deliveries folded from them.
 *
 * <p><b>Thread safety:</b> all methods may be called from any thread and from several processes at once; none blocks.
 *
 * <p><b>Fails when</b> the database is out of reach or too slow ({@link StoreUnavailable}; try again), or has refused the events
 * themselves ({@link EventsRefused}; trying again is in vain).
 */
public interface TrackingStore {

    /** Stores all events or none. What is stored already changes nothing, whether or not an earlier call was seen to succeed. */
    Uni<StoredCount> store(List<TrackedEvent> events);

    /**
     * Deliveries within a caller's reach, newest first.
     *
     * @param behind where the list goes on; empty: from its beginning
     * @param atMost rows, 1 or more
     */
    Uni<List<Delivery>> newestFirst(MessageFilter filter, Reach reach, Optional<Place> behind, int atMost);

    /**
     * A message with those of its deliveries and events that are within a caller's reach; empty where there are none.
     *
     * @param recipient which of the recipients, where not all
     */
    Uni<Optional<MessageHistory>> message(UUID id, Reach reach, Optional<Glob> recipient);
}
