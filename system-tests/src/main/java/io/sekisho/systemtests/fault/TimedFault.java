package io.sekisho.systemtests.fault;

import java.time.Duration;

/**
 * A fault with its length.
 *
 * @param lasting from its beginning to its end; what has no end of its own ({@link Fault.FlushRedis}) only waits so long
 */
public record TimedFault(Fault fault, Duration lasting) {

    public static TimedFault lasting(Duration time, Fault fault) {
        return new TimedFault(fault, time);
    }

    public String sentence() {
        return fault.sentence() + " for " + lasting.toMillis() / 1000.0 + " s";
    }
}
