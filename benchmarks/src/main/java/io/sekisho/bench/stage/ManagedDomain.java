package io.sekisho.bench.stage;

import com.fasterxml.jackson.databind.JsonNode;
import io.sekisho.localstack.Waiting;
import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.localstack.cluster.Service;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/** A managed domain of the gateway under test, whose mail goes to a next hop on loopback. */
public final class ManagedDomain {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Cluster cluster;
    private final RestClient rest;
    private final String name;

    public ManagedDomain(Cluster cluster, String name) {
        this.cluster = cluster;
        this.rest = new RestClient(cluster.adminKey());
        this.name = name;
    }

    /** Registers it, or changes its next hop; in force in these services when this returns. */
    public void register(int nextHopPort, Set<Service> followers) throws IOException, InterruptedException {
        rest.text(
                "PUT", URI.create(cluster.url(Service.POLICY) + "/api/v1/domains/" + name), """
                {"nextHops": [{"host": "127.0.0.1", "port": %d, "preference": 10}]}""".formatted(nextHopPort));
        String revision = rest.json("POST", URI.create(cluster.url(Service.POLICY) + "/api/v1/decisions"), question())
                .path("revision")
                .asText();
        for (Service service : followers) {
            Waiting.until(service.id(), PATIENCE, cluster.first(service)::requireAlive, () -> {
                if (!follows(service, revision)) {
                    throw new IOException("it does not follow policy revision " + revision);
                }
            });
        }
    }

    /** A question of {@code POST /decisions} about it. */
    public String question() {
        return """
                {"direction": "INBOUND", "managedDomain": "%s", "clientAddress": "192.0.2.25",
                 "sender": "somebody@partner.example", "recipient": "box@%s"}""".formatted(name, name);
    }

    private boolean follows(Service service, String revision) throws IOException, InterruptedException {
        JsonNode health = rest.json("GET", URI.create(cluster.url(service) + "/q/health/ready"), "");
        for (JsonNode check : health.path("checks")) {
            if (check.path("data").path("policyRevision").asText().equals(revision)) {
                return true;
            }
        }
        return false;
    }
}
