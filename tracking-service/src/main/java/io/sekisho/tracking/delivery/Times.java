package io.sekisho.tracking.delivery;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as the contract writes them, so that a row read back equals the row written. */
final class Times {
    private Times() {}

    static Instant millis(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }
}
