package io.sekisho.tracking.search;

import io.sekisho.tracking.delivery.Delivery;
import io.sekisho.tracking.delivery.DeliveryKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

/**
 * A place in the list of deliveries, newest first. Neither part of it ever changes for a row, so a list that goes on behind a place neither
 * repeats nor skips a row that existed when the place was taken.
 *
 * @param delivery tells deliveries of the same millisecond apart
 */
public record Place(Instant receivedAt, UUID delivery) {

    /** The order of the list. */
    public static final Comparator<Place> NEWEST_FIRST = Comparator.comparing(Place::receivedAt)
            .thenComparing(Place::delivery, DeliveryKey.BY_BYTES)
            .reversed();

    public Place {
        if (receivedAt == null || delivery == null) {
            throw new IllegalArgumentException("a place has a time and a delivery");
        }
    }

    public static Place of(Delivery row) {
        return new Place(row.receivedAt(), row.key().id());
    }
}
