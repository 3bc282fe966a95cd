package io.sekisho.egress.failure;

import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Spreads retries, so that what failed together does not come back together. All recipients of a message get the same
 * spread, so that those that share a route share the next transaction too.
 */
@FunctionalInterface
public interface Jitter {

    /** No spread, for tests. */
    Jitter NONE = (message, attempt) -> 1.0;

    /** ± 10 %, derived from the message and the attempt. */
    Jitter TEN_PER_CENT = (message, attempt) -> {
        long seed = message.getMostSignificantBits() ^ message.getLeastSignificantBits() ^ attempt;
        return new SplittableRandom(seed).nextDouble(0.9, 1.1);
    };

    /** By what the delay after this attempt is multiplied. */
    double factor(UUID message, int attempt);
}
