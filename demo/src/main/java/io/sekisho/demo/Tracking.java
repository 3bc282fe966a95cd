package io.sekisho.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.localstack.cluster.Service;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Asks the tracking API what became of a message. */
final class Tracking {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Set<String> PASSING = Set.of("QUEUED", "DEFERRED", "");

    private final RestClient rest;
    private final Cluster cluster;

    Tracking(RestClient rest, Cluster cluster) {
        this.rest = rest;
        this.cluster = cluster;
    }

    /** The row of a recipient, once its status is final; the row as it is, or an empty one, where it takes too long. */
    JsonNode row(String sender, String recipient) {
        URI search = URI.create(cluster.url(Service.TRACKING) + "/api/v1/messages?limit=10&recipient="
                + URLEncoder.encode(recipient, StandardCharsets.UTF_8));
        return Waiting.until(
                        PATIENCE,
                        () -> find(search, sender)
                                .filter(row ->
                                        !PASSING.contains(row.path("status").asText())))
                .or(() -> find(search, sender))
                .orElseGet(() -> rest.get(search));
    }

    private Optional<JsonNode> find(URI search, String sender) {
        for (JsonNode row : rest.get(search).path("items")) {
            if (row.path("sender").asText().equals(sender)) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    /** The details of a message: recipients and actions. */
    JsonNode details(String id) {
        return rest.get(URI.create(cluster.url(Service.TRACKING) + "/api/v1/messages/" + id));
    }
}
