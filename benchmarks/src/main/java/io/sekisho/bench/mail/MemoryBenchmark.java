package io.sekisho.bench.mail;

import io.sekisho.bench.comparison.Benchmark;
import io.sekisho.bench.comparison.Better;
import io.sekisho.bench.comparison.Comparison;
import io.sekisho.bench.comparison.Effort;
import io.sekisho.bench.comparison.Findings;
import io.sekisho.bench.comparison.SimpleStand;
import io.sekisho.bench.comparison.Stand;
import io.sekisho.bench.load.IdleConnections;
import io.sekisho.bench.load.LargeMessage;
import io.sekisho.bench.load.SessionKind;
import io.sekisho.bench.postfix.Postfix;
import io.sekisho.bench.postfix.PostfixRole;
import io.sekisho.bench.stage.ManagedDomain;
import io.sekisho.bench.stage.Stage;
import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.localstack.cluster.Service;
import io.sekisho.localstack.cluster.ServiceProcess;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whether many idle sessions and many large messages at once fit into the memory that smtp-ingress is given. */
public final class MemoryBenchmark implements Benchmark<Stage> {

    private static final String DOMAIN = "large.example";
    private static final int IDLE = 10_000;
    private static final int SENDERS = 50;
    private static final int POSTFIX_CONNECTIONS = 100;
    private static final long LIMIT_MEBIBYTES = 512;
    private static final LargeMessage MESSAGE =
            LargeMessage.of("somebody@partner.example", "box@" + DOMAIN, 50_000_000);

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String description() {
        return """
                The most resident memory of a freshly started smtp-ingress, with the options it always has, while 10,000 sessions that have said \
                EHLO do nothing and 50 others send a message of 50 MB each at once; all in clear, then all with STARTTLS. It is to be within \
                512 MiB. Postfix: the proportional share (PSS) of its smtpd processes at 100 such idle sessions, by session, for as many sessions; \
                its large messages are on disk and count nothing. 10,050 connections take as many open files on both sides (ulimit -n).""";
    }

    @Override
    public Optional<String> obstacle() {
        return Postfix.obstacle();
    }

    @Override
    public Stand set(Stage stage, Effort effort) throws Exception {
        Cluster cluster = stage.running(EnumSet.of(Service.POLICY, Service.INGRESS));
        new ManagedDomain(cluster, DOMAIN).register(1, Set.of(Service.INGRESS));
        Postfix postfix = Postfix.start(stage.directory(), stage.certificate(), new PostfixRole.Holding());
        Findings findings = new Findings();
        return new SimpleStand(
                List.of(
                        comparison(stage, postfix, findings, "memory.clear", "in clear", SessionKind.PLAIN),
                        comparison(stage, postfix, findings, "memory.tls", "with STARTTLS", SessionKind.STARTTLS)),
                findings::lines,
                postfix::close);
    }

    private static Comparison comparison(
            Stage stage, Postfix postfix, Findings findings, String name, String how, SessionKind kind) {
        return new Comparison(
                name,
                "most memory with 10,000 idle sessions and 50 messages of 50 MB, " + how,
                "MiB",
                Better.LOWER,
                span -> gateway(stage, findings, how, kind),
                "Postfix",
                span -> postfix(postfix, kind));
    }

    private static double gateway(Stage stage, Findings findings, String how, SessionKind kind) throws Exception {
        ServiceProcess ingress = stage.running(EnumSet.of(Service.POLICY)).first(Service.INGRESS);
        ingress.startAndAwait();
        long began = ProcessMemory.residentKibibytes(ingress.pid());
        try (IdleConnections idle = IdleConnections.openSessions(ingress.smtpPort(), IDLE, kind)) {
            long waiting = ProcessMemory.residentKibibytes(ingress.pid());
            long start = System.nanoTime();
            MESSAGE.send(ingress.smtpPort(), kind, SENDERS);
            double seconds = (System.nanoTime() - start) / 1e9;
            double most = ProcessMemory.mostResidentKibibytes(ingress.pid()) / 1024.0;
            findings.note(
                    "smtp-ingress " + how,
                    String.format(
                            Locale.ROOT,
                            "%d MiB at start, %d MiB with %,d idle sessions, at most %.0f MiB while %d messages came in %.1f s: %s %d MiB",
                            began / 1024,
                            waiting / 1024,
                            idle.number(),
                            most,
                            SENDERS,
                            seconds,
                            most <= LIMIT_MEBIBYTES ? "within" : "MORE THAN",
                            LIMIT_MEBIBYTES));
            return most;
        }
    }

    private static double postfix(Postfix postfix, SessionKind kind) throws Exception {
        try (IdleConnections idle = IdleConnections.openSessions(postfix.port(), POSTFIX_CONNECTIONS, kind)) {
            long kibibytes = 0;
            for (long pid : postfix.daemons("smtpd")) {
                kibibytes += ProcessMemory.proportionalKibibytes(pid);
            }
            return kibibytes / 1024.0 / idle.number() * (IDLE + SENDERS);
        }
    }
}
