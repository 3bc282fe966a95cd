package io.sekisho.egress.destination;

import java.time.Duration;

/**
 * How a destination is treated ({@code sekisho.delivery.destinations.*}).
 *
 * @param initial attempts at once, of all pods together, at a destination that nothing is known of; 1 to {@code most}
 * @param most attempts at once that it may grow to
 * @param failures in a row, without an answer between them, after which it is suspended
 * @param suspension how long, the first time; each further one in a row takes twice as long
 * @param longestSuspension up to which it doubles
 * @param probeLease how long a pod has the right to the one attempt that ends a suspension, unless it renews it
 */
public record DestinationLimits(
        int initial, int most, int failures, Duration suspension, Duration longestSuspension, Duration probeLease) {

    /** What a server takes that nobody spoke to, and what a large one has use for. */
    public static final DestinationLimits STANDARD =
            new DestinationLimits(20, 100, 5, Duration.ofMinutes(1), Duration.ofMinutes(15), Duration.ofSeconds(60));

    /** Refuses limits that let nothing happen, or never end. */
    public DestinationLimits {
        if (initial < 1 || most < initial || failures < 1) {
            throw new IllegalArgumentException("sekisho.delivery.destinations: 1 <= initial-concurrency <="
                    + " most-concurrency, and failures of 1 or more are needed");
        }
        if (suspension.toMillis() < 1 || longestSuspension.compareTo(suspension) < 0) {
            throw new IllegalArgumentException(
                    "sekisho.delivery.destinations: PT0S < suspension <= longest-suspension is needed");
        }
    }

    /** How long a suspension takes after so many before it in a row. */
    Duration suspensionAfter(int before) {
        Duration length = suspension;
        for (int i = 0; i < before && length.compareTo(longestSuspension) < 0; i++) {
            length = length.multipliedBy(2);
        }
        return length.compareTo(longestSuspension) < 0 ? length : longestSuspension;
    }
}
