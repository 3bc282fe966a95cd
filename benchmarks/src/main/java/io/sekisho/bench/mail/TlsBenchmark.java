package io.sekisho.bench.mail;

import io.sekisho.bench.comparison.Benchmark;
import io.sekisho.bench.comparison.Better;
import io.sekisho.bench.comparison.Comparison;
import io.sekisho.bench.comparison.Effort;
import io.sekisho.bench.comparison.Stand;
import io.sekisho.bench.load.HandshakeLoop;
import io.sekisho.bench.postfix.Postfix;
import io.sekisho.bench.postfix.PostfixRole;
import io.sekisho.bench.stage.Stage;
import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.localstack.cluster.Service;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** New TLS connections per second. */
public final class TlsBenchmark implements Benchmark<Stage> {

    private static final int CLIENTS = 20;

    @Override
    public String name() {
        return "tls";
    }

    @Override
    public String description() {
        return """
                20 clients that connect, say EHLO, STARTTLS, shake hands, say EHLO again and QUIT, over and over: full handshakes of TLSv1.3 with \
                X25519 and the same certificate (ECDSA P-256) on both sides, no tickets, nothing resumed. Half of the processor time of a handshake \
                on one machine is the client's, so the ratio here is nearer to 1 than that of the servers alone.""";
    }

    @Override
    public Optional<String> obstacle() {
        return Postfix.obstacle();
    }

    @Override
    public Stand set(Stage stage, Effort effort) throws Exception {
        Cluster cluster = stage.running(EnumSet.of(Service.POLICY, Service.INGRESS));
        Postfix postfix = Postfix.start(stage.directory(), stage.certificate(), new PostfixRole.Holding());
        Comparison comparison = new Comparison(
                "tls.new-connections",
                "new TLS connections",
                "connections/s",
                Better.HIGHER,
                new HandshakeLoop(cluster.smtpPort(), CLIENTS)::rate,
                "Postfix",
                new HandshakeLoop(postfix.port(), CLIENTS)::rate);
        return new Stand() {
            @Override
            public List<Comparison> comparisons() {
                return List.of(comparison);
            }

            @Override
            public void close() {
                postfix.close();
            }
        };
    }
}
