package io.sekisho.bench;

import io.sekisho.bench.comparison.Benchmark;
import io.sekisho.bench.mail.AcceptBenchmark;
import io.sekisho.bench.mail.IdleMemoryBenchmark;
import io.sekisho.bench.mail.MemoryBenchmark;
import io.sekisho.bench.mail.RelayBenchmark;
import io.sekisho.bench.mail.SilentDestinationBenchmark;
import io.sekisho.bench.mail.TlsBenchmark;
import io.sekisho.bench.policy.LookupBenchmark;
import io.sekisho.bench.policy.PolicyApiBenchmark;
import io.sekisho.bench.policy.PropagationBenchmark;
import io.sekisho.bench.service.ProfileBenchmark;
import io.sekisho.bench.service.StartUpBenchmark;
import io.sekisho.bench.stage.Stage;
import io.sekisho.bench.tracking.IntakeBenchmark;
import io.sekisho.bench.tracking.SearchBenchmark;
import io.sekisho.localstack.StackFailure;
import io.sekisho.localstack.cluster.Service;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every benchmark there is, in the order of a whole run, and the gaps by name. Tracking and relaying come before what leaves mail and events
 * behind.
 */
final class Catalogue {

    private static final List<Benchmark<Stage>> ALL = List.of(
            new IntakeBenchmark(),
            new SearchBenchmark(),
            new RelayBenchmark(),
            new AcceptBenchmark(),
            new TlsBenchmark(),
            new LookupBenchmark(),
            new PolicyApiBenchmark(),
            new PropagationBenchmark(),
            new StartUpBenchmark(),
            new IdleMemoryBenchmark(),
            new MemoryBenchmark(),
            new SilentDestinationBenchmark(),
            new ProfileBenchmark());

    private static final List<String> SMOKE = List.of("lookup", "policy-api", "accept");

    /** What the product cannot do yet; the change that builds it adds its benchmark. */
    static final List<String> GAPS = List.of(
            "accepting behind a balancer with PROXY protocol: not measured yet",
            "relay with TLS to the next hop, and to many destinations: not measured yet",
            "submission with AUTH: not measured yet",
            "Kafka of three brokers with replicas instead of a flush for each message: not measured yet",
            "several pods of a service: not measured yet",
            "DANE and MTA-STS look-ups: not built",
            "policy API: peers' import, export, and lists at scale: not built or not measured",
            "tracking: export, live tail and statistics: not built");

    private Catalogue() {}

    static List<Benchmark<Stage>> named(List<String> names) {
        if (names.isEmpty()) {
            return ALL;
        }
        List<Benchmark<Stage>> chosen = new ArrayList<>();
        for (String name : names) {
            chosen.add(ALL.stream()
                    .filter(benchmark -> benchmark.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new StackFailure("There is no benchmark '" + name + "'; there are "
                            + ALL.stream().map(Benchmark::name).collect(Collectors.joining(", ")) + ".")));
        }
        return chosen;
    }

    /** What the standing check needs running: the fewer, the sooner it has begun. */
    static final Set<Service> SMOKE_SERVICES = EnumSet.of(Service.POLICY, Service.INGRESS);

    static List<Benchmark<Stage>> smoke() {
        return named(SMOKE);
    }

    static void print(PrintWriter out) {
        ALL.forEach(benchmark -> out.printf(
                "  %-16s %s%n", benchmark.name(), benchmark.description().split("[:;.] ", 2)[0]));
        printGaps(out);
    }

    static void printGaps(PrintWriter out) {
        out.println();
        out.println("Gaps: what is not measured, mostly since the product does not have it yet:");
        GAPS.forEach(gap -> out.println("  " + gap));
    }
}
