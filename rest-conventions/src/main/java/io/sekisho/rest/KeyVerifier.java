package io.sekisho.rest;

import io.sekisho.mail.access.ApiKeyGrant;
import io.sekisho.mail.json.WireJson;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Asks policy-service about a key: {@code POST /api/v1/api-keys:verify}. Its configuration are single properties, not a mapping: a mapping would
 * refuse the other keys that a service has under {@code sekisho.policy}.
 *
 * <p><b>Fails when</b> policy-service is not configured, does not answer in time or refuses the service key: {@link ApiKeysUnreachable}.
 */
@ApplicationScoped
public class KeyVerifier {
    private static final int CONNECT_MILLIS = 1_000;
    private static final int ANSWER_MILLIS = 2_000;
    private static final int CONNECTIONS = 8;
    private static final int WAITING = 256;

    private final Optional<String> url;
    private final Optional<String> serviceKey;
    private final WebClient client;

    KeyVerifier(
            Vertx vertx,
            @ConfigProperty(name = "sekisho.policy.url") Optional<String> url,
            @ConfigProperty(name = "sekisho.policy.service-key") Optional<String> serviceKey) {
        this.url = url;
        this.serviceKey = serviceKey;
        this.client = WebClient.create(
                vertx,
                new WebClientOptions()
                        .setConnectTimeout(CONNECT_MILLIS)
                        .setMaxPoolSize(CONNECTIONS)
                        .setMaxWaitQueueSize(WAITING));
    }

    Uni<Optional<ApiKeyGrant>> verify(String hash) {
        if (url.isEmpty() || serviceKey.isEmpty()) {
            return Uni.createFrom()
                    .failure(new ApiKeysUnreachable(
                            "Redis does not tell, and sekisho.policy.url and sekisho.policy.service-key are not set",
                            null));
        }
        String verify = url.get() + "/api/v1/api-keys:verify";
        return Uni.createFrom()
                .completionStage(() -> client.postAbs(verify)
                        .timeout(ANSWER_MILLIS)
                        .putHeader("Authorization", "Bearer " + serviceKey.get())
                        .putHeader("Content-Type", "application/json")
                        .sendBuffer(Buffer.buffer(WireJson.bytes(new KeyVerification.Question(hash))))
                        .toCompletionStage())
                .map(KeyVerifier::grant)
                .onFailure(failure -> !(failure instanceof ApiKeysUnreachable))
                .transform(failure -> new ApiKeysUnreachable(verify + ": " + failure, failure));
    }

    private static Optional<ApiKeyGrant> grant(HttpResponse<Buffer> answer) {
        if (answer.statusCode() != 200) {
            throw new ApiKeysUnreachable(
                    "policy-service answered " + answer.statusCode() + " to api-keys:verify", null);
        }
        return WireJson.read(answer.bodyAsString(), KeyVerification.class).grant();
    }

    @PreDestroy
    void close() {
        client.close();
    }
}
