package io.sekisho.bench.mail;

import io.sekisho.bench.comparison.Better;
import io.sekisho.bench.comparison.Comparison;
import io.sekisho.bench.comparison.Effort;
import io.sekisho.bench.comparison.Side;
import io.sekisho.bench.comparison.Stand;
import io.sekisho.bench.load.FixedCount;
import io.sekisho.bench.load.LoadMessage;
import io.sekisho.bench.load.SessionKind;
import io.sekisho.bench.load.SmtpSink;
import io.sekisho.bench.postfix.Postfix;
import io.sekisho.bench.postfix.PostfixRole;
import io.sekisho.bench.stage.ManagedDomain;
import io.sekisho.bench.stage.Stage;
import io.sekisho.localstack.Waiting;
import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.localstack.cluster.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Gateway and Postfix before the same sink. */
final class RelayStand implements Stand {

    /* A domain of its own: what another benchmark left in the queue is not delivered here. */
    private static final String DOMAIN = "relayed.example";
    private static final int SESSIONS = 20;
    private static final LoadMessage MESSAGE = LoadMessage.of("somebody@partner.example", "box@" + DOMAIN, 10 * 1024);
    private static final int MESSAGES_PER_SECOND = 2_000;
    private static final int WARM_UP_MESSAGES = 2_000;
    private static final int LONG_WARM_UP_MESSAGES = 40_000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long LOOK_NANOS = 1_000_000;

    private final SmtpSink sink;
    private final Cluster cluster;
    private final Postfix postfix;

    private RelayStand(SmtpSink sink, Cluster cluster, Postfix postfix) {
        this.sink = sink;
        this.cluster = cluster;
        this.postfix = postfix;
    }

    static RelayStand on(Stage stage, Effort effort) throws Exception {
        Set<Service> services = EnumSet.of(Service.POLICY, Service.INGRESS, Service.EGRESS);
        SmtpSink sink = new SmtpSink();
        Cluster cluster = stage.running(services);
        new ManagedDomain(cluster, DOMAIN).register(sink.port(), Set.of(Service.INGRESS, Service.EGRESS));
        // Mail that was only to be taken has no next hop that answers: it would be tried all the time.
        new ManagedDomain(cluster, AcceptStand.DOMAIN).register(sink.port(), Set.of(Service.INGRESS, Service.EGRESS));
        RelayStand stand = new RelayStand(
                sink,
                cluster,
                Postfix.start(stage.directory(), stage.certificate(), new PostfixRole.Relaying(sink.port())));
        stand.awaitQuiet();
        // As in accept: by number, until the optimising compiler has little left to do.
        stand.relay(
                cluster.smtpPort(), effort.extent() == Effort.Extent.WHOLE ? LONG_WARM_UP_MESSAGES : WARM_UP_MESSAGES);
        return stand;
    }

    /** Until nothing has arrived for two seconds: what was taken by an earlier benchmark has been delivered. */
    private void awaitQuiet() {
        long[] last = {-1};
        Waiting.until("the rest of an earlier benchmark's mail", PATIENCE, () -> {}, () -> {
            LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
            long now = sink.taken();
            if (now != last[0]) {
                last[0] = now;
                throw new IOException("it still arrives");
            }
        });
    }

    @Override
    public List<Comparison> comparisons() {
        return List.of(new Comparison(
                "relay",
                "messages received and delivered",
                "messages/s",
                Better.HIGHER,
                side(cluster.smtpPort()),
                "Postfix",
                side(postfix.port())));
    }

    private Side side(int port) {
        return span -> relay(port, (int) Math.max(200, span.toMillis() * MESSAGES_PER_SECOND / 1_000));
    }

    /** Messages a second. */
    private double relay(int port, int messages) throws Exception {
        long before = sink.taken();
        long began = System.nanoTime();
        new FixedCount(port, SessionKind.STARTTLS, SESSIONS, MESSAGE).send(messages);
        awaitArrival(before + messages, began);
        return messages * 1e9 / (System.nanoTime() - began);
    }

    private void awaitArrival(long wanted, long began) throws IOException {
        while (sink.taken() < wanted) {
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new IOException((wanted - sink.taken()) + " messages were not delivered within "
                        + PATIENCE.toSeconds() + " s; see the logs of egress and of Postfix");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    @Override
    public void close() {
        postfix.close();
        try {
            sink.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
