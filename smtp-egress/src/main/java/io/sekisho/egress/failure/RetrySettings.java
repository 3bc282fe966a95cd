package io.sekisho.egress.failure;

import java.time.Duration;

/**
 * How long mail is tried.
 *
 * @param queueLifetime from reception; the last attempt is made at its end
 * @param localRetry until the next attempt where something of our own was missing
 */
public record RetrySettings(Duration queueLifetime, Duration localRetry) {

    public static final RetrySettings STANDARD = new RetrySettings(Duration.ofDays(5), Duration.ofMinutes(1));
}
