package io.sekisho.systemtests;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.localstack.cluster.Service;
import io.sekisho.testkit.peer.ScriptedSmtpServer;
import java.time.Duration;
import java.util.List;

/** Registers managed domains for a scenario and waits until the gateway follows. */
final class ManagedDomains {

    private final Rest rest;

    ManagedDomains(Cluster cluster) {
        this.rest = new Rest(cluster);
    }

    /** A domain whose mail goes to {@code nextHop} on loopback; in force when this returns. */
    void register(String domain, ScriptedSmtpServer nextHop) {
        register(domain, nextHop.port());
    }

    void register(String domain, int nextHopPort) {
        rest.must(Service.POLICY, "PUT", "/api/v1/domains/" + domain, """
                {"nextHops": [{"host": "127.0.0.1", "port": %d, "preference": 10}]}""".formatted(nextHopPort));
        awaitInForce(domain);
    }

    void awaitInForce(String domain) {
        String revision = rest.must(Service.POLICY, "POST", "/api/v1/decisions", """
                        {"direction": "INBOUND", "managedDomain": "%s", "clientAddress": "127.0.0.1",
                         "sender": "probe@partner.example", "recipient": "postmaster@%s"}""".formatted(domain, domain))
                .path("revision")
                .asText();
        for (Service service : List.of(Service.INGRESS, Service.EGRESS)) {
            await().atMost(Duration.ofSeconds(20)).until(() -> follows(service, revision));
        }
    }

    private boolean follows(Service service, String revision) {
        for (JsonNode check :
                rest.call(service, "GET", "/q/health/ready", null).body().path("checks")) {
            if (check.path("data").path("policyRevision").asText().equals(revision)) {
                return true;
            }
        }
        return false;
    }
}
