package io.sekisho.systemtests.arena;

import com.fasterxml.jackson.databind.JsonNode;
import io.sekisho.localstack.Waiting;
import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.localstack.cluster.Service;
import io.sekisho.localstack.cluster.ServiceProcess;
import java.time.Duration;
import java.util.List;

/** Registers managed domains for a scenario and waits until every copy of ingress and egress follows. */
public final class ManagedDomains {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Rest rest;
    private final Cluster cluster;

    public ManagedDomains(Cluster cluster) {
        this.rest = new Rest(cluster);
        this.cluster = cluster;
    }

    /** A domain whose mail goes to a server on loopback; in force when this returns. */
    public void register(String domain, int nextHopPort) {
        put(domain, """
                {"nextHops": [{"host": "127.0.0.1", "port": %d, "preference": 10}]}""".formatted(nextHopPort));
        awaitInForce(domain);
    }

    /** A domain whose own servers, on loopback, send mail out through the gateway. */
    void registerSender(String domain) {
        put(domain, """
                {"outbound": {"enabled": true, "relaySources": ["127.0.0.1"]}}""");
    }

    /** Requires TLS of an outbound peer of the domain. */
    void requireTls(String domain, String peer, String minimumVersion) {
        rest.must(Service.POLICY, "POST", "/api/v1/domains/" + domain + "/tls-peers", """
                {"direction": "OUTBOUND", "peer": "%s", "level": "MANDATORY", "minimumVersion": "%s"}""".formatted(
                        peer, minimumVersion));
    }

    private void put(String domain, String body) {
        rest.must(Service.POLICY, "PUT", "/api/v1/domains/" + domain, body);
    }

    /** Returns when the newest revision is in force everywhere. */
    public void awaitInForce(String domain) {
        String revision = rest.must(Service.POLICY, "POST", "/api/v1/decisions", """
                        {"direction": "INBOUND", "managedDomain": "%s", "clientAddress": "127.0.0.1",
                         "sender": "probe@partner.example", "recipient": "postmaster@%s"}""".formatted(domain, domain))
                .path("revision")
                .asText();
        for (Service service : List.of(Service.INGRESS, Service.EGRESS)) {
            for (ServiceProcess copy : cluster.copies(service)) {
                Waiting.until(copy.name() + " with policy revision " + revision, LIMIT, copy::requireAlive, () -> {
                    if (!follows(copy, revision)) {
                        throw new IllegalStateException("it has another revision");
                    }
                });
            }
        }
    }

    private boolean follows(ServiceProcess copy, String revision) {
        for (JsonNode check :
                rest.call(copy.url(), "GET", "/q/health/ready", null).body().path("checks")) {
            if (check.path("data").path("policyRevision").asText().equals(revision)) {
                return true;
            }
        }
        return false;
    }
}
