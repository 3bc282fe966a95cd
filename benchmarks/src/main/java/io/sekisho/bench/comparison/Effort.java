package io.sekisho.bench.comparison;

import java.time.Duration;

/**
 * How much is done.
 *
 * @param rounds of each comparison, alternating
 * @param span of one measurement over time
 * @param warmUp of each side before the first round
 * @param rows in the tables of the search
 */
public record Effort(int rounds, Duration span, Duration warmUp, long rows, Extent extent) {

    /** Whether everything is measured, or what the standing check needs. */
    public enum Extent {
        WHOLE,
        SMOKE
    }

    /** A short run: its ratios are coarse. */
    public static Effort smoke() {
        return new Effort(3, Duration.ofSeconds(1), Duration.ofSeconds(2), 0, Extent.SMOKE);
    }
}
