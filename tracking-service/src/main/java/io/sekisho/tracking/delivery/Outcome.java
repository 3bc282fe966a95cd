package io.sekisho.tracking.delivery;

import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.DeliveryStatus;
import io.sekisho.mail.event.MailEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * Where a delivery stands, by the greatest event that says so: a delivery that succeeded once has succeeded; else the latest attempt
 * counts, and within one attempt the status that comes later in its life, whatever clocks and arrival say.
 *
 * @param attempt of the event; {@link #ASSUMED} where no event has told a status yet
 * @param at when the status was reached
 * @param reason why policy stopped, deferred or refused it
 * @param due when the next attempt is due
 */
public record Outcome(
        DeliveryStatus status, int attempt, Instant at, Optional<BlockReason> reason, Optional<Instant> due)
        implements Comparable<Outcome> {

    /** Lower than any attempt, so that every told status replaces the assumption. */
    public static final int ASSUMED = -1;

    private static final Comparator<Outcome> ORDER = Comparator.comparing(
                    (Outcome outcome) -> outcome.status == DeliveryStatus.DELIVERED)
            .thenComparingInt(Outcome::attempt)
            .thenComparingInt(Outcome::stage)
            .thenComparing(Outcome::at)
            .thenComparing(outcome -> outcome.reason.map(BlockReason::name).orElse(""))
            .thenComparing(outcome -> outcome.due.orElse(Instant.MIN));

    /** What the event says; an event that changes no status speaks of mail that the gateway has. */
    static Outcome of(MailEvent event, Instant receivedAt) {
        return event.kind()
                .status()
                .map(status -> new Outcome(
                        status,
                        event.attempt(),
                        Times.millis(event.at()),
                        event.blockReason(),
                        event.due().map(Times::millis)))
                .orElseGet(() ->
                        new Outcome(DeliveryStatus.QUEUED, ASSUMED, receivedAt, Optional.empty(), Optional.empty()));
    }

    /** How late in one attempt a status is reached. A recipient refused first and accepted when repeated is in the queue. */
    private int stage() {
        return switch (status) {
            case REJECTED -> 0;
            case QUEUED -> 1;
            case DEFERRED -> 2;
            case QUARANTINED -> 3;
            case CANCELLED -> 4;
            case EXPIRED -> 5;
            case BOUNCED -> 6;
            case DELIVERED -> 7;
        };
    }

    public Traffic traffic() {
        return Traffic.of(status, reason);
    }

    /** Why the delivery is blocked traffic; empty for accepted traffic, also where policy deferred it. */
    public Optional<BlockReason> blockReason() {
        return traffic() == Traffic.BLOCKED ? reason : Optional.empty();
    }

    @Override
    public int compareTo(Outcome other) {
        return ORDER.compare(this, other);
    }
}
