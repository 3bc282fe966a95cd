package io.sekisho.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.localstack.cluster.Service;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Registers the customer's domain and its TLS peers over the policy API, and waits until the gateway follows them. */
final class Policy {

    private static final String DOMAIN = "/api/v1/domains/" + Partners.CUSTOMER_DOMAIN;

    private final RestClient rest;
    private final Cluster cluster;

    Policy(RestClient rest, Cluster cluster) {
        this.rest = rest;
        this.cluster = cluster;
    }

    /** The domain with its next hop, outbound protection, defaults, and peers of both levels in both directions. */
    void register(int customerPort) {
        rest.put(
                at(DOMAIN),
                Map.of(
                        "description", "the customer of the demo",
                        "nextHops", List.of(Map.of("host", "127.0.0.1", "port", customerPort, "preference", 10)),
                        "outbound", Map.of("enabled", true, "relaySources", List.of("127.0.0.1"))));
        rest.put(at(DOMAIN + "/tls-defaults/inbound"), Map.of("level", "OPPORTUNISTIC"));
        rest.put(at(DOMAIN + "/tls-defaults/outbound"), Map.of("level", "OPPORTUNISTIC"));
        peer("INBOUND", Partners.TLS13_DOMAIN, "MANDATORY", Map.of());
        peer("INBOUND", Partners.PLAIN_DOMAIN, "OPPORTUNISTIC", Map.of());
        peer(
                "OUTBOUND",
                Partners.TLS13_DOMAIN,
                "MANDATORY",
                Map.of("minimumVersion", "TLSv1.3", "tlsGiveUpAfter", "PT0S"));
        peer("OUTBOUND", Partners.TLS12_DOMAIN, "MANDATORY", Map.of("tlsGiveUpAfter", "PT0S"));
        peer("OUTBOUND", Partners.NO_TLS_DOMAIN, "MANDATORY", Map.of("tlsGiveUpAfter", "PT0S"));
        peer("OUTBOUND", Partners.PLAIN_DOMAIN, "OPPORTUNISTIC", Map.of());
        peer("OUTBOUND", Partners.BROKEN_DOMAIN, "OPPORTUNISTIC", Map.of());
    }

    private void peer(String direction, String peer, String level, Map<String, String> more) {
        Map<String, Object> body = new LinkedHashMap<>(more);
        body.put("direction", direction);
        body.put("peer", peer);
        body.put("level", level);
        rest.post(at(DOMAIN + "/tls-peers"), body);
    }

    /** Every level and peer as the policy API lists them. */
    JsonNode peers() {
        return rest.get(at(DOMAIN + "/tls-peers?limit=100")).path("items");
    }

    /** Returns when ingress and egress say that they follow the newest revision. */
    void awaitInForce() {
        String revision = rest.post(
                        at("/api/v1/decisions"),
                        Map.of(
                                "direction",
                                "INBOUND",
                                "managedDomain",
                                Partners.CUSTOMER_DOMAIN,
                                "clientAddress",
                                "127.0.0.1",
                                "sender",
                                "probe@" + Partners.TLS13_DOMAIN,
                                "recipient",
                                "postmaster@" + Partners.CUSTOMER_DOMAIN))
                .path("revision")
                .asText();
        for (Service service : List.of(Service.INGRESS, Service.EGRESS)) {
            URI health = URI.create(cluster.url(service) + "/q/health/ready");
            if (Waiting.until(Duration.ofSeconds(15), () -> follows(rest.get(health), revision))
                    .isEmpty()) {
                throw new StoryFailure(service.id() + " does not follow policy revision " + revision + "; see "
                        + cluster.first(service).log());
            }
        }
    }

    private static Optional<String> follows(JsonNode health, String revision) {
        for (JsonNode check : health.path("checks")) {
            String followed = check.path("data").path("policyRevision").asText();
            if (followed.equals(revision)) {
                return Optional.of(followed);
            }
        }
        return Optional.empty();
    }

    private URI at(String path) {
        return URI.create(cluster.url(Service.POLICY) + path);
    }
}
