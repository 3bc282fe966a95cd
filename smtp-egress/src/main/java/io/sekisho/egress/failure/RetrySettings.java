package io.sekisho.egress.failure;

import java.time.Duration;
import java.util.List;

/**
 * How long and how often mail is tried.
 *
 * @param queueLifetime from reception; the last attempt is made at its end
 * @param localRetry until the next attempt where something of our own was missing
 * @param delays until the second attempt, the third and so on, each ± 10 %; the last one repeats
 */
public record RetrySettings(Duration queueLifetime, Duration localRetry, List<Duration> delays) {

    /** RFC 5321 §4.5.4.1 asks for 30 min or more in general and lets the first retries come sooner. */
    public static final RetrySettings STANDARD = new RetrySettings(
            Duration.ofDays(5),
            Duration.ofMinutes(1),
            List.of(
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(15),
                    Duration.ofMinutes(30),
                    Duration.ofHours(1),
                    Duration.ofHours(2),
                    Duration.ofHours(4)));

    public RetrySettings {
        delays = List.copyOf(delays);
    }

    /**
     * The delay after so many failed attempts.
     *
     * @param attempts 1 or more
     */
    Duration delayAfter(int attempts) {
        return delays.get(Math.min(attempts, delays.size()) - 1);
    }
}
