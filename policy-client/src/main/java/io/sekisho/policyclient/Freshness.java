package io.sekisho.policyclient;

import io.sekisho.mail.event.PolicySource;
import io.sekisho.policyclient.match.PolicyTable;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Which table there is and when it was last known to be the newest.
 *
 * <p>Thread safety: written by the follower, read by anyone.
 */
final class Freshness {

    private record Seen(PolicyTable table, PolicySource source, long atNanos) {}

    private final Duration maxStale;
    private final LongSupplier nanoTime;
    private volatile Seen seen;

    Freshness(Duration maxStale, LongSupplier nanoTime) {
        this.maxStale = maxStale;
        this.nanoTime = nanoTime;
    }

    /** The table is complete and as new as its source, at this moment. */
    void confirm(PolicyTable table, PolicySource source) {
        seen = new Seen(table, source, nanoTime.getAsLong());
    }

    PolicyState state() {
        Seen last = seen;
        if (last == null) {
            return new PolicyState.Unusable("no complete policy was received yet");
        }
        Duration age = age(last);
        if (age.compareTo(PolicyClientSettings.FRESH_FOR) <= 0) {
            return new PolicyState.Usable(last.table, last.source);
        }
        if (age.compareTo(maxStale) <= 0) {
            return new PolicyState.Usable(last.table, PolicySource.STALE);
        }
        return new PolicyState.Unusable("the policy was last confirmed " + age.toSeconds()
                + " s ago, longer than policy.max-stale (" + maxStale + ") allows");
    }

    private Duration age(Seen last) {
        return Duration.ofNanos(nanoTime.getAsLong() - last.atNanos);
    }
}
