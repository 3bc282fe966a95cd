package io.sekisho.bench.policy;

import io.sekisho.bench.comparison.Benchmark;
import io.sekisho.bench.comparison.Better;
import io.sekisho.bench.comparison.Comparison;
import io.sekisho.bench.comparison.Effort;
import io.sekisho.bench.comparison.Findings;
import io.sekisho.bench.comparison.SimpleStand;
import io.sekisho.bench.comparison.Stand;
import io.sekisho.bench.load.Latencies;
import io.sekisho.bench.stage.Stage;
import io.sekisho.localstack.Piece;
import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.localstack.cluster.Service;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;

/** How long a change takes to the gateway. */
public final class PropagationBenchmark implements Benchmark<Stage> {

    private static final int CHANGES_PER_SECOND = 100;

    @Override
    public String name() {
        return "propagation";
    }

    @Override
    public String description() {
        return """
                From the moment at which a change of a domain's inbound default is sent to the policy API until smtp-ingress answers RCPT by it; one \
                change after the other, alone and beside 100 changes of other domains per second. The peer is the bare transport: one XADD to the \
                same Redis until a blocked XREAD has it, without a database, an API or a table. RCPT is asked over and over, and a refusal waits for \
                its event, so some milliseconds of the gateway's figure are the measurement's.""";
    }

    @Override
    public Stand set(Stage stage, Effort effort) throws Exception {
        Cluster cluster = stage.running(EnumSet.of(Service.POLICY, Service.INGRESS));
        PolicySwitch probe = new PolicySwitch(cluster);
        RedisRoundTrip redis = new RedisRoundTrip(stage.infrastructure().port(Piece.REDIS));
        Findings findings = new Findings();
        List<Comparison> comparisons = List.of(
                new Comparison(
                        "propagation.alone",
                        "half of the changes are in force within, alone",
                        "ms",
                        Better.LOWER,
                        span -> note("gateway, alone", probe.run(span), findings)
                                .millisAt(50),
                        "XADD → XREAD",
                        span -> redis.run(span).millisAt(50)),
                new Comparison(
                        "propagation.busy",
                        "99 % of the changes are in force within, beside 100 changes/s",
                        "ms",
                        Better.LOWER,
                        span -> busy(cluster, probe, span, findings),
                        "XADD → XREAD",
                        span -> note("Redis", redis.run(span), findings).millisAt(99)));
        return new SimpleStand(comparisons, findings::lines, () -> {});
    }

    private static double busy(Cluster cluster, PolicySwitch probe, Duration span, Findings findings) throws Exception {
        try (OtherChanges others = OtherChanges.begin(cluster, CHANGES_PER_SECOND)) {
            Latencies latencies = probe.run(span);
            note("gateway, beside other changes", latencies, findings);
            findings.note("other changes reached per second", Long.toString(others.perSecond()));
            return latencies.millisAt(99);
        }
    }

    private static Latencies note(String what, Latencies latencies, Findings findings) {
        findings.note(what, latencies.summary() + " (" + latencies.count() + " changes)");
        return latencies;
    }
}
