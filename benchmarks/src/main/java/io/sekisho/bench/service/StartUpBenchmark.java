package io.sekisho.bench.service;

import io.sekisho.bench.comparison.Benchmark;
import io.sekisho.bench.comparison.Better;
import io.sekisho.bench.comparison.Comparison;
import io.sekisho.bench.comparison.Effort;
import io.sekisho.bench.comparison.SimpleStand;
import io.sekisho.bench.comparison.Stand;
import io.sekisho.bench.stage.PlainEndpoint;
import io.sekisho.bench.stage.Readiness;
import io.sekisho.bench.stage.Stage;
import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.localstack.cluster.Service;
import io.sekisho.localstack.cluster.ServiceProcess;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;

/** From the start of a process to its first ready answer. */
public final class StartUpBenchmark implements Benchmark<Stage> {

    @Override
    public String name() {
        return "start-up";
    }

    @Override
    public String description() {
        return """
                From the start of the process to the first 200 of `/q/health/ready`, asked for every 10 ms, each service alone beside a running \
                infrastructure and policy-service; against a Quarkus application with one endpoint and nothing to connect to, with the same JVM \
                options. Without an archive of classes: images may have one. Ready means for the gateway that topics are checked, the database is \
                migrated and the policy is complete.""";
    }

    @Override
    public Stand set(Stage stage, Effort effort) {
        List<Comparison> comparisons = Arrays.stream(Service.values())
                .map(service -> comparison(stage, service))
                .toList();
        return new SimpleStand(comparisons, List::of, () -> {});
    }

    private static Comparison comparison(Stage stage, Service service) {
        return new Comparison(
                "start-up." + service.id(),
                "start to first ready answer",
                "s",
                Better.LOWER,
                span -> gatewaySeconds(stage, service),
                "plain Quarkus application",
                span -> plainSeconds(stage));
    }

    private static double gatewaySeconds(Stage stage, Service service) {
        Cluster cluster = stage.running(EnumSet.of(Service.POLICY));
        ServiceProcess process = cluster.first(service);
        if (process.isAlive()) {
            process.stop();
        }
        long began = System.nanoTime();
        process.start();
        Readiness.await(service.id(), process.url().getPort(), process::requireAlive);
        double seconds = (System.nanoTime() - began) / 1e9;
        // The next start is to be alone on the machine again.
        stage.running(EnumSet.of(Service.POLICY));
        return seconds;
    }

    private static double plainSeconds(Stage stage) {
        long began = System.nanoTime();
        try (PlainEndpoint plain = PlainEndpoint.start(stage.directory())) {
            plain.awaitReady();
            return (System.nanoTime() - began) / 1e9;
        }
    }
}
