package io.sekisho.bench.policy;

import java.time.Duration;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * One run of JMH, in a JVM of its own.
 *
 * @param p50Nanos half of the look-ups took no longer; the clock's own time, some 20 ns, is in it
 * @param p99Nanos 99 % took no longer
 * @param bytesPerLookup allocated
 */
record LookupRun(double p50Nanos, double p99Nanos, double bytesPerLookup) {

    private static final String HEAP = "-Xmx3g";

    /** Of a method of {@link LookupJmh} over so many domains. */
    static LookupRun of(String method, int domains, Duration span) throws RunnerException {
        Options options = new OptionsBuilder()
                .include(LookupJmh.class.getName().replace(".", "\\.") + "\\." + method + "$")
                .param("domains", Integer.toString(domains))
                .forks(1)
                .jvmArgs(HEAP, "-XX:+UseSerialGC")
                .warmupIterations(2)
                .warmupTime(TimeValue.milliseconds(span.toMillis()))
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(span.toMillis()))
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build();
        RunResult result = new Runner(options).run().iterator().next();
        Result<?> time = result.getPrimaryResult();
        return new LookupRun(
                time.getStatistics().getPercentile(50), time.getStatistics().getPercentile(99), allocated(result));
    }

    // JMH's own signature has the raw type.
    @SuppressWarnings("rawtypes")
    private static double allocated(RunResult result) {
        return result.getSecondaryResults().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("gc.alloc.rate.norm"))
                .mapToDouble(entry -> entry.getValue().getScore())
                .findFirst()
                .orElse(Double.NaN);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "p50 %.0f ns, p99 %.0f ns, %.0f bytes allocated", p50Nanos, p99Nanos, bytesPerLookup);
    }
}
