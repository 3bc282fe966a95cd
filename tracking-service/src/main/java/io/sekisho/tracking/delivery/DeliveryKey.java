package io.sekisho.tracking.delivery;

import io.sekisho.mail.envelope.MessageIds;
import io.sekisho.mail.event.MessageFacts;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.UUID;

/**
 * Which row: the day by which tables are partitioned, and an id derived from message and recipient, which is shorter than both.
 *
 * @param day of {@code receivedAt}, in UTC
 */
public record DeliveryKey(LocalDate day, UUID id) implements Comparable<DeliveryKey> {

    /** As PostgreSQL orders {@code uuid}: by unsigned bytes. All writers lock rows in this order, so none waits for another in a circle. */
    public static final Comparator<UUID> BY_BYTES = (a, b) -> {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
    };

    private static final Comparator<DeliveryKey> ORDER =
            Comparator.comparing(DeliveryKey::day).thenComparing(DeliveryKey::id, BY_BYTES);

    public static DeliveryKey of(MessageFacts facts) {
        return new DeliveryKey(
                dayOf(facts.receivedAt()), MessageIds.derived(facts.id().toString(), facts.recipient()));
    }

    public static LocalDate dayOf(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate();
    }

    @Override
    public int compareTo(DeliveryKey other) {
        return ORDER.compare(this, other);
    }
}
