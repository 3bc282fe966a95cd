package io.sekisho.bench.mail;

import io.sekisho.bench.comparison.Better;
import io.sekisho.bench.comparison.Comparison;
import io.sekisho.bench.comparison.Findings;
import io.sekisho.bench.comparison.Stand;
import io.sekisho.bench.load.LoadMessage;
import io.sekisho.bench.load.OpenLoop;
import io.sekisho.bench.load.SessionKind;
import io.sekisho.bench.load.SmtpSink;
import io.sekisho.bench.stage.ManagedDomain;
import io.sekisho.bench.stage.Stage;
import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.localstack.cluster.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

/** The gateway before two sinks, one of which may be silent. */
final class SilentDestinationStand implements Stand {

    private static final String LIVELY = "lively.example";
    private static final String SILENT = "silent.example";
    private static final int SESSIONS = 10;
    private static final double PER_SECOND = 100;
    private static final int OCTETS = 10 * 1024;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long LOOK_NANOS = 1_000_000;

    private final SmtpSink lively = new SmtpSink();
    private final SmtpSink silent = new SmtpSink();
    private final Findings findings = new Findings();
    private final OpenLoop toLively;
    private final OpenLoop toSilent;

    private SilentDestinationStand(Cluster cluster) {
        toLively = loop(cluster, LIVELY);
        toSilent = loop(cluster, SILENT);
    }

    private static OpenLoop loop(Cluster cluster, String domain) {
        LoadMessage message = LoadMessage.of("somebody@partner.example", "box@" + domain, OCTETS);
        return new OpenLoop(cluster.smtpPort(), SessionKind.STARTTLS, SESSIONS, message);
    }

    static SilentDestinationStand on(Stage stage) throws Exception {
        Set<Service> followers = EnumSet.of(Service.INGRESS, Service.EGRESS);
        Cluster cluster = stage.running(EnumSet.of(Service.POLICY, Service.INGRESS, Service.EGRESS));
        SilentDestinationStand stand = new SilentDestinationStand(cluster);
        new ManagedDomain(cluster, LIVELY).register(stand.lively.port(), followers);
        new ManagedDomain(cluster, SILENT).register(stand.silent.port(), followers);
        return stand;
    }

    @Override
    public List<Comparison> comparisons() {
        return List.of(new Comparison(
                "silent-destination",
                "messages delivered to one destination, at a fixed load, while another takes connections and never answers",
                "messages/s",
                Better.HIGHER,
                this::besideTheSilentOne,
                "the gateway without that other",
                this::alone));
    }

    private double alone(Duration span) throws Exception {
        long before = lively.taken();
        long began = System.nanoTime();
        long sent = toLively.run(PER_SECOND, span).count();
        await(lively, before + sent);
        return sent * 1e9 / (System.nanoTime() - began);
    }

    private double besideTheSilentOne(Duration span) throws Exception {
        silent.fallSilent();
        long before = silent.taken();
        CompletableFuture<Long> offered = CompletableFuture.supplyAsync(() -> offer(span));
        double rate = alone(span);
        long sent = offered.get();
        findings.note(
                "the silent destination meanwhile",
                sent + " messages offered, " + silent.connections() + " connections held open");
        silent.speak();
        await(silent, before + sent);
        return rate;
    }

    private long offer(Duration span) {
        try {
            return toSilent.run(PER_SECOND, span).count();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private static void await(SmtpSink sink, long wanted) throws IOException {
        long began = System.nanoTime();
        while (sink.taken() < wanted) {
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new IOException((wanted - sink.taken()) + " messages were not delivered within "
                        + PATIENCE.toSeconds() + " s; see the log of egress");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    @Override
    public List<String> findings() {
        return findings.lines();
    }

    @Override
    public void close() {
        try (lively;
                silent) {
            silent.speak();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
