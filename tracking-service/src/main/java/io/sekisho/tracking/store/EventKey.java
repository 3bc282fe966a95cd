package io.sekisho.tracking.store;

import io.sekisho.tracking.delivery.DeliveryKey;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.UUID;

/** What an event is unique by. */
record EventKey(LocalDate day, UUID id) implements Comparable<EventKey> {
    private static final Comparator<EventKey> ORDER =
            Comparator.comparing(EventKey::day).thenComparing(EventKey::id, DeliveryKey.BY_BYTES);

    @Override
    public int compareTo(EventKey other) {
        return ORDER.compare(this, other);
    }
}
