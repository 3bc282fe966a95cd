package io.sekisho.bench.mail;

import io.sekisho.bench.comparison.Better;
import io.sekisho.bench.comparison.Comparison;
import io.sekisho.bench.comparison.Effort;
import io.sekisho.bench.comparison.Side;
import io.sekisho.bench.comparison.Stand;
import io.sekisho.bench.load.ClosedLoop;
import io.sekisho.bench.load.Connections;
import io.sekisho.bench.load.FixedCount;
import io.sekisho.bench.load.LoadMessage;
import io.sekisho.bench.load.SessionKind;
import io.sekisho.bench.postfix.Postfix;
import io.sekisho.bench.postfix.PostfixRole;
import io.sekisho.bench.stage.ManagedDomain;
import io.sekisho.bench.stage.Stage;
import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.localstack.cluster.Service;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Gateway and Postfix, both taking only. */
final class AcceptStand implements Stand {

    static final String DOMAIN = "customer.example";
    private static final int SESSIONS = 20;
    private static final int SIZE = 10 * 1024;
    private static final int WARM_UP_MESSAGES = 4_000;
    /** Until the optimising compiler has little left to do; the standing check has no time for it. */
    private static final int LONG_WARM_UP_MESSAGES = 40_000;

    private static final LoadMessage MESSAGE = LoadMessage.of("somebody@partner.example", "box@" + DOMAIN, SIZE);

    private final Effort effort;
    private final int gatewayPort;
    private final Postfix postfix;
    private final BareProducer bareProducer;
    private final FixedScheduleLatency latency;

    private AcceptStand(Effort effort, int gatewayPort, Postfix postfix, BareProducer bareProducer) {
        this.effort = effort;
        this.gatewayPort = gatewayPort;
        this.postfix = postfix;
        this.bareProducer = bareProducer;
        this.latency = new FixedScheduleLatency(gatewayPort, postfix.port(), SESSIONS, MESSAGE);
    }

    static AcceptStand on(Stage stage, Effort effort) throws Exception {
        Cluster cluster = stage.running(EnumSet.of(Service.POLICY, Service.INGRESS));
        new ManagedDomain(cluster, DOMAIN).register(1, Set.of(Service.INGRESS));
        // By number, not by time: on a busy machine a JVM needs longer to compile what is hot, and the ratio must not
        // depend on that.
        new FixedCount(cluster.smtpPort(), SessionKind.STARTTLS, SESSIONS, MESSAGE)
                .send(effort.extent() == Effort.Extent.WHOLE ? LONG_WARM_UP_MESSAGES : WARM_UP_MESSAGES);
        Postfix postfix = Postfix.start(stage.directory(), stage.certificate(), new PostfixRole.Holding());
        String kafka = stage.infrastructure().configuration().get("kafka.bootstrap.servers");
        return new AcceptStand(effort, cluster.smtpPort(), postfix, BareProducer.on(kafka, SESSIONS, SIZE));
    }

    @Override
    public List<Comparison> comparisons() {
        List<Comparison> all = new ArrayList<>();
        all.add(rate("accept.tls", "kept connections, STARTTLS", SessionKind.STARTTLS, Connections.KEPT));
        all.add(rate(
                "accept.new-connections",
                "a new connection with STARTTLS for each message",
                SessionKind.STARTTLS,
                Connections.NEW_FOR_EACH));
        if (effort.extent() == Effort.Extent.WHOLE) {
            all.add(rate("accept.clear", "kept connections, in clear", SessionKind.PLAIN, Connections.KEPT));
            all.add(ceiling());
            all.addAll(SmtpSource.comparisons(gatewayPort, postfix.port(), SESSIONS, SIZE, DOMAIN));
            all.add(latency.comparison());
        }
        return all;
    }

    /** What no gateway before this broker can pass; the producer takes the processors that SMTP would. */
    private Comparison ceiling() {
        return new Comparison(
                "accept.ceiling",
                "messages taken, kept connections, in clear, against records of 10 KB by a bare producer with as many outstanding",
                "messages/s",
                Better.HIGHER,
                side(gatewayPort, SessionKind.PLAIN, Connections.KEPT),
                "Kafka producer",
                bareProducer::rate);
    }

    private Comparison rate(String name, String what, SessionKind kind, Connections connections) {
        return new Comparison(
                name,
                "messages taken, " + what,
                "messages/s",
                Better.HIGHER,
                side(gatewayPort, kind, connections),
                "Postfix",
                side(postfix.port(), kind, connections));
    }

    private Side side(int port, SessionKind kind, Connections connections) {
        ClosedLoop loop = new ClosedLoop(port, kind, connections, SESSIONS, MESSAGE);
        return span -> latency.heed(loop, loop.rate(span));
    }

    @Override
    public List<String> findings() {
        return latency.findings();
    }

    @Override
    public void close() {
        bareProducer.close();
        postfix.close();
    }
}
