package io.sekisho.bench.policy;

import io.sekisho.bench.comparison.Benchmark;
import io.sekisho.bench.comparison.Better;
import io.sekisho.bench.comparison.Comparison;
import io.sekisho.bench.comparison.Effort;
import io.sekisho.bench.comparison.Findings;
import io.sekisho.bench.comparison.SimpleStand;
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
        Findings findings = new Findings();
        return new SimpleStand(
                List.of(effort.extent() == Effort.Extent.WHOLE ? whole(findings) : smoke(findings)),
                () -> lines(findings, effort),
                () -> {});
    }

    private static Comparison whole(Findings findings) {
        int domains = LargePolicy.WHOLE.domains();
        return new Comparison(
                "lookup.p99",
                "99 % of look-ups take no longer than",
                "ns",
                Better.LOWER,
                span -> run("gateway", domains, shorter(span, LONGEST_ITERATION), findings)
                        .p99Nanos(),
                "HashMap",
                span -> run("hashMap", domains, shorter(span, LONGEST_ITERATION), findings)
                        .p99Nanos());
    }

    /** The standing check has no time to build the large policy again and again, and the middle is steadier than the end. */
    private static Comparison smoke(Findings findings) {
        return new Comparison(
                "lookup.p50-small",
                "half of look-ups in a small policy take no longer than",
                "ns",
                Better.LOWER,
                span -> run("gateway", SMALL, shorter(span, SHORT_ITERATION), findings)
                        .p50Nanos(),
                "HashMap",
                span -> run("hashMap", SMALL, shorter(span, SHORT_ITERATION), findings)
                        .p50Nanos());
    }

    private static LookupRun run(String method, int domains, Duration iteration, Findings findings) throws Exception {
        LookupRun run = LookupRun.of(method, domains, iteration);
        findings.note(method, run.toString());
        return run;
    }

    private static List<String> lines(Findings findings, Effort effort) {
        List<String> all = new ArrayList<>(findings.lines());
        if (effort.extent() == Effort.Extent.WHOLE) {
            all.add(Subprocess.said(PolicyWeight.class, "-Xmx3g", "-XX:+UseSerialGC"));
        }
        return all;
    }

    /** JMH warms up in each run; longer iterations say nothing new. */
    private static Duration shorter(Duration span, Duration most) {
        return span.compareTo(most) < 0 ? span : most;
    }
}
