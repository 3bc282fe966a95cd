package io.sekisho.bench.load;

import java.util.Locale;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Times in microseconds, to three digits, up to a minute. Thread safety: all methods. */
public final class Latencies {

    private static final long LONGEST_MICROS = 60_000_000;
    private static final int DIGITS = 3;

    private final Histogram histogram = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);

    public void add(long nanos) {
        histogram.recordValue(Math.clamp(nanos / 1_000, 0, LONGEST_MICROS));
    }

    /** In milliseconds. */
    public double millisAt(double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1_000.0;
    }

    public long count() {
        return histogram.getTotalCount();
    }

    /** {@code p50 1.20 ms, p99 4.00 ms, p99.9 9.10 ms, most 12.0 ms}. */
    public String summary() {
        return String.format(
                Locale.ROOT,
                "p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, most %.2f ms",
                millisAt(50),
                millisAt(99),
                millisAt(99.9),
                histogram.getMaxValue() / 1_000.0);
    }
}
