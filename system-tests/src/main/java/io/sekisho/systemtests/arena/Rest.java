package io.sekisho.systemtests.arena;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.localstack.cluster.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The REST interfaces of a cluster, as its administrator calls them. Thread safe. */
public final class Rest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final Cluster cluster;

    public Rest(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * An answer.
     *
     * @param body empty object where there was none
     */
    public record Answer(int status, String type, JsonNode body) {}

    /** Asks the first copy of a service. */
    public Answer call(Service service, String method, String path, String body) {
        return call(cluster.url(service), method, path, body);
    }

    /**
     * Asks.
     *
     * @param base {@code http://127.0.0.1:port} of a copy of a service
     * @param body null for none
     * @throws AssertionError if nobody answers
     */
    public Answer call(URI base, String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + cluster.adminKey())
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode read = response.body().isEmpty() ? json.createObjectNode() : json.readTree(response.body());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    read);
        } catch (IOException e) {
            throw new AssertionError(method + " " + base + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** As {@link #call(Service, String, String, String)}, where anything but success is a failure. */
    public JsonNode must(Service service, String method, String path, String body) {
        Answer answer = call(service, method, path, body);
        if (answer.status() / 100 != 2) {
            throw new AssertionError(method + " " + path + " answered " + answer.status() + " " + answer.body());
        }
        return answer.body();
    }
}
