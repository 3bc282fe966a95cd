package io.sekisho.bench.policy;

import io.sekisho.bench.comparison.Benchmark;
import io.sekisho.bench.comparison.Better;
import io.sekisho.bench.comparison.Comparison;
import io.sekisho.bench.comparison.Effort;
import io.sekisho.bench.comparison.Findings;
import io.sekisho.bench.comparison.Stand;
import io.sekisho.bench.stage.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The look-up in process, by JMH. */
public final class LookupBenchmark implements Benchmark<Stage> {

    private static final int SMALL = 5_000;
    private static final Duration SHORT_ITERATION = Duration.ofMillis(500);
    private static final Duration LONGEST_ITERATION = Duration.ofSeconds(3);

    @Override
    public String name() {
        return "lookup";
    }

    @Override
    public String description() {
        return """
                The decision that smtp-ingress takes at RCPT, by JMH (sample time, a JVM for each run): 1,000,000 peers over 100,000 managed domains, \
                one of which has 100,000. The peer is one probe of a bare `HashMap` that holds the same rules, with the complete key at hand: the \
                least that any index could cost, without prefixes, wildcards, joins or a value to explain itself. Times hold the clock's own, some \
                20 ns.""";
    }

    @Override
    public Stand set(Stage stage, Effort effort) {
        // The standing check has no time to build the large one again and again.
        int domains = effort.extent() == Effort.Extent.WHOLE ? LargePolicy.WHOLE.domains() : SMALL;
        Findings findings = new Findings();
        Comparison comparison = new Comparison(
                "lookup.p99",
                "99 % of look-ups take no longer than",
                "ns",
                Better.LOWER,
                span -> note("gateway", LookupRun.of("gateway", domains, shorter(span, effort)), findings),
                "HashMap",
                span -> note("HashMap", LookupRun.of("hashMap", domains, shorter(span, effort)), findings));
        return new Stand() {
            @Override
            public List<Comparison> comparisons() {
                return List.of(comparison);
            }

            @Override
            public List<String> findings() {
                List<String> all = new ArrayList<>(findings.lines());
                if (effort.extent() == Effort.Extent.WHOLE) {
                    all.add(Subprocess.said(PolicyWeight.class, "-Xmx3g", "-XX:+UseSerialGC"));
                }
                return all;
            }

            @Override
            public void close() {
                // Nothing stays.
            }
        };
    }

    /** JMH warms up in each run; longer iterations say nothing new. */
    private static Duration shorter(Duration span, Effort effort) {
        Duration most = effort.extent() == Effort.Extent.WHOLE ? LONGEST_ITERATION : SHORT_ITERATION;
        return span.compareTo(most) < 0 ? span : most;
    }

    private static double note(String who, LookupRun run, Findings findings) {
        findings.note(who, run.toString());
        return run.p99Nanos();
    }
}
