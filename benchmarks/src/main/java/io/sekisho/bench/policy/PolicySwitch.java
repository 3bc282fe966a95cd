package io.sekisho.bench.policy;

import io.sekisho.bench.load.Latencies;
import io.sekisho.bench.load.SessionKind;
import io.sekisho.bench.load.SmtpConnection;
import io.sekisho.bench.stage.ManagedDomain;
import io.sekisho.bench.stage.RestClient;
import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.localstack.cluster.Service;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/** Turns TLS of a domain from optional to mandatory and back, and asks by RCPT in clear which of them holds. Not thread-safe. */
final class PolicySwitch {

    private static final String DOMAIN = "switched.example";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Cluster cluster;
    private final RestClient rest;
    private boolean mandatory;

    PolicySwitch(Cluster cluster) throws IOException, InterruptedException {
        this.cluster = cluster;
        this.rest = new RestClient(cluster.adminKey());
        new ManagedDomain(cluster, DOMAIN).register(1, Set.of(Service.INGRESS));
    }

    /** Changes until the time is over: from each change's request to the first answer by it. */
    Latencies run(Duration span) throws IOException, InterruptedException {
        Latencies latencies = new Latencies();
        long end = System.nanoTime() + span.toNanos();
        do {
            // A connection for each change: the listener closes one on which too much was refused.
            try (SmtpConnection session = SmtpConnection.open(cluster.smtpPort(), SessionKind.PLAIN)) {
                mandatory = !mandatory;
                long began = System.nanoTime();
                rest.text(
                        "PUT",
                        URI.create(cluster.url(Service.POLICY) + "/api/v1/domains/" + DOMAIN + "/tls-defaults/inbound"),
                        "{\"level\": \"" + (mandatory ? "MANDATORY" : "OPPORTUNISTIC") + "\"}");
                awaitInForce(session, began);
                latencies.add(System.nanoTime() - began);
            }
        } while (System.nanoTime() < end);
        return latencies;
    }

    private void awaitInForce(SmtpConnection session, long began) throws IOException {
        int wanted = mandatory ? 550 : 250;
        while (true) {
            session.ask("MAIL FROM:<somebody@partner.example>");
            int answer = session.ask("RCPT TO:<box@" + DOMAIN + ">");
            session.ask("RSET");
            if (answer == wanted) {
                return;
            }
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new IOException(
                        "RCPT still answers " + answer + " " + PATIENCE.toSeconds() + " s after the change");
            }
        }
    }
}
