package io.sekisho.tracking.delivery;

import com.google.common.collect.ImmutableSortedSet;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.event.MessageFacts;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.UUID;

/**
 * A message for one of its recipients: what mail tracking shows in one row.
 *
 * <p>{@code of(e1).join(of(e2))…} is the same for every order and repetition of the events, and every event alone makes a whole row.
 *
 * @param domains managed domains under which it is tracked; empty where no domain knew the client
 * @param attempts number of the latest attempt that is known, 0 before the first
 */
public record Delivery(
        DeliveryKey key,
        UUID messageId,
        String recipient,
        Instant receivedAt,
        SortedSet<DomainName> domains,
        Reception reception,
        Outcome outcome,
        Optional<Transfer> transfer,
        int attempts) {

    public Delivery {
        domains = ImmutableSortedSet.copyOf(domains);
    }

    /**
     * The row as far as one event tells it.
     *
     * @param facts of that event
     */
    public static Delivery of(MailEvent event, MessageFacts facts) {
        Instant receivedAt = Times.millis(facts.receivedAt());
        return new Delivery(
                DeliveryKey.of(facts),
                facts.id(),
                StoredText.of(facts.recipient()),
                receivedAt,
                ImmutableSortedSet.copyOf(facts.managedDomains()),
                Reception.of(facts),
                Outcome.of(event, receivedAt),
                Transfer.of(event),
                event.attempt());
    }

    /** The row that knows what both know. */
    public Delivery join(Delivery other) {
        if (!key.equals(other.key)) {
            throw new IllegalArgumentException("rows of two deliveries cannot be joined: " + key + ", " + other.key);
        }
        return new Delivery(
                key,
                messageId,
                recipient,
                receivedAt.isBefore(other.receivedAt) ? receivedAt : other.receivedAt,
                ImmutableSortedSet.<DomainName>naturalOrder()
                        .addAll(domains)
                        .addAll(other.domains)
                        .build(),
                greater(reception, other.reception),
                greater(outcome, other.outcome),
                transfer.isEmpty()
                        ? other.transfer
                        : other.transfer
                                .map(theirs -> greater(transfer.get(), theirs))
                                .or(() -> transfer),
                Math.max(attempts, other.attempts));
    }

    private static <T extends Comparable<T>> T greater(T one, T other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
