package io.sekisho.egress.alert;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Why the postmaster is written to. */
public enum AlertCause {
    /** A partner's certificate, by which it was authenticated, expires soon. */
    CERTIFICATE_EXPIRES(Duration.ofDays(2), Optional.of(Duration.ofDays(1))),
    /** Mail waits for longer than it should. */
    QUEUE_AGE(Duration.ofMinutes(10), Optional.of(Duration.ofDays(1))),
    /** Mail was put into quarantine. */
    QUARANTINE(Duration.ofDays(1), Optional.empty()),
    /** A partition of the queue is not read: a later version wrote into it. */
    PARTITION_PAUSED(Duration.ofMinutes(10), Optional.of(Duration.ofDays(1)));

    private final Duration current;
    private final Optional<Duration> reminder;

    AlertCause(Duration current, Optional<Duration> reminder) {
        this.current = current;
        this.reminder = reminder;
    }

    /** For how long something counts as so after it was seen. */
    Duration current() {
        return current;
    }

    /** After which it is told again, if it is still so; empty: never. */
    Optional<Duration> reminder() {
        return reminder;
    }

    /** As a metric's tag: {@code queue-age}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
