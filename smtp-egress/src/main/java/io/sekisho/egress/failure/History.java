package io.sekisho.egress.failure;

import java.time.Instant;
import java.util.Optional;

/**
 * What went before for one recipient.
 *
 * @param attempts that were made and counted
 * @param firstFailure of any kind
 * @param firstTlsFailure from which {@code tlsGiveUpAfter} counts; failures of another kind do not reset it
 */
public record History(int attempts, Optional<Instant> firstFailure, Optional<Instant> firstTlsFailure) {

    /** Before the first attempt. */
    public static final History NONE = new History(0, Optional.empty(), Optional.empty());

    /** The number of the next attempt, 1 for the first. */
    public int nextAttempt() {
        return attempts + 1;
    }

    History failed(Instant at) {
        return new History(attempts + 1, firstFailure.or(() -> Optional.of(at)), firstTlsFailure);
    }

    History failedForTls(Instant at) {
        return new History(
                attempts + 1, firstFailure.or(() -> Optional.of(at)), firstTlsFailure.or(() -> Optional.of(at)));
    }
}
