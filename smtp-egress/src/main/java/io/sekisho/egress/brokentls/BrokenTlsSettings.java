package io.sekisho.egress.brokentls;

import java.time.Duration;

/**
 * How much is remembered.
 *
 * @param remember how long, PT0S (nothing) to P1D; then TLS is tried again
 * @param entries at most, 1 or more; beyond, the oldest go
 */
public record BrokenTlsSettings(Duration remember, int entries) {

    public static final BrokenTlsSettings STANDARD = new BrokenTlsSettings(Duration.ofHours(1), 10_000);

    /** Refuses what would remember for ever, or too much. */
    public BrokenTlsSettings {
        if (remember.isNegative() || remember.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "sekisho.delivery.broken-tls.remember must be PT0S to P1D, not " + remember);
        }
        if (entries < 1 || entries > 1_000_000) {
            throw new IllegalArgumentException(
                    "sekisho.delivery.broken-tls.entries must be 1 to 1000000, not " + entries);
        }
    }
}
