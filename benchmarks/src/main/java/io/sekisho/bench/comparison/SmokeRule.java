package io.sekisho.bench.comparison;

import java.util.Locale;
import java.util.Optional;

/** When the standing check fails: on a ratio below half of the recorded one. A machine's mood moves ratios less than that. */
public final class SmokeRule {

    private static final double LEAST_SHARE = 0.5;

    private SmokeRule() {}

    /** A sentence that names both ratios, where the result is absurdly worse than what was recorded. */
    public static Optional<String> violation(Result result, RecordedRatios recorded) {
        double ratio = result.ratio().median();
        return recorded.of(result.comparison().name())
                .filter(before -> ratio < before * LEAST_SHARE)
                .map(before -> String.format(
                        Locale.ROOT,
                        "%s: the ratio to %s is %.3g, below half of the recorded %.3g",
                        result.comparison().name(),
                        result.comparison().peer(),
                        ratio,
                        before));
    }
}
