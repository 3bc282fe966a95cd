package io.sekisho.systemtests;

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

/** The REST interfaces of a cluster, as its administrator calls them. */
final class Rest {

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final Cluster cluster;

    Rest(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * An answer.
     *
     * @param body empty object where there was none
     */
    record Answer(int status, String type, JsonNode body) {}

    Answer call(Service service, String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(cluster.url(service) + path))
                .timeout(Duration.ofSeconds(20))
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
            throw new AssertionError(method + " " + path + " of " + service.id(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** As {@link #call}, where anything but success is a failure of the test. */
    JsonNode must(Service service, String method, String path, String body) {
        Answer answer = call(service, method, path, body);
        if (answer.status() / 100 != 2) {
            throw new AssertionError(method + " " + path + " answered " + answer.status() + " " + answer.body());
        }
        return answer.body();
    }
}
