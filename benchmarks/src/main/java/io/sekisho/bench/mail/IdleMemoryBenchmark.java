package io.sekisho.bench.mail;

import io.sekisho.bench.comparison.Benchmark;
import io.sekisho.bench.comparison.Better;
import io.sekisho.bench.comparison.Comparison;
import io.sekisho.bench.comparison.Effort;
import io.sekisho.bench.comparison.Findings;
import io.sekisho.bench.comparison.SimpleStand;
import io.sekisho.bench.comparison.Stand;
import io.sekisho.bench.load.IdleConnections;
import io.sekisho.bench.postfix.Postfix;
import io.sekisho.bench.postfix.PostfixRole;
import io.sekisho.bench.stage.Stage;
import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.localstack.cluster.Service;
import io.sekisho.localstack.cluster.ServiceProcess;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Memory for connections that do nothing. */
public final class IdleMemoryBenchmark implements Benchmark<Stage> {

    private static final int GATEWAY_CONNECTIONS = 10_000;
    private static final int POSTFIX_CONNECTIONS = 100;

    @Override
    public String name() {
        return "idle-memory";
    }

    @Override
    public String description() {
        return """
                Memory of a connection that has been greeted and does nothing, in clear. The gateway: resident memory of a freshly started \
                smtp-ingress with 10,000 such connections less that with none, by connection. Postfix: the proportional share (PSS) of its smtpd \
                processes at 100 connections, by connection; it has a process for each.""";
    }

    @Override
    public Optional<String> obstacle() {
        return Postfix.obstacle();
    }

    @Override
    public Stand set(Stage stage, Effort effort) throws Exception {
        Postfix postfix = Postfix.start(stage.directory(), stage.certificate(), new PostfixRole.Holding());
        Findings findings = new Findings();
        Comparison comparison = new Comparison(
                "idle-memory.per-connection",
                "memory of an idle connection",
                "KiB",
                Better.LOWER,
                span -> gateway(stage, findings),
                "Postfix",
                span -> postfix(postfix));
        return new SimpleStand(List.of(comparison), findings::lines, postfix::close);
    }

    private static double gateway(Stage stage, Findings findings) throws Exception {
        Cluster cluster = stage.running(EnumSet.of(Service.POLICY));
        ServiceProcess ingress = cluster.first(Service.INGRESS);
        ingress.startAndAwait();
        long before = ProcessMemory.residentKibibytes(ingress.pid());
        try (IdleConnections idle = IdleConnections.open(ingress.smtpPort(), GATEWAY_CONNECTIONS)) {
            long after = ProcessMemory.residentKibibytes(ingress.pid());
            findings.note(
                    "smtp-ingress",
                    String.format(
                            Locale.ROOT,
                            "%d MiB resident with no connection, %d MiB with %,d idle ones",
                            before / 1024,
                            after / 1024,
                            idle.number()));
            return (after - before) / (double) idle.number();
        }
    }

    private static double postfix(Postfix postfix) throws Exception {
        try (IdleConnections idle = IdleConnections.open(postfix.port(), POSTFIX_CONNECTIONS)) {
            long kibibytes = 0;
            for (long pid : postfix.daemons("smtpd")) {
                kibibytes += ProcessMemory.proportionalKibibytes(pid);
            }
            return kibibytes / (double) idle.number();
        }
    }
}
