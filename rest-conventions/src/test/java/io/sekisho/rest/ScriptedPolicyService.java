package io.sekisho.rest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.sekisho.mail.json.WireJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** What policy-service would answer about keys, as a test says. */
public class ScriptedPolicyService implements QuarkusTestResourceLifecycleManager {
    static final String SERVICE_KEY = "sk_service-of-the-test";

    private HttpServer server;
    private volatile Function<String, Optional<KeyVerification>> answers = hash -> Optional.empty();
    private final AtomicInteger asked = new AtomicInteger();

    /** Answers by hash; the empty value is a 500. */
    void answer(Function<String, Optional<KeyVerification>> script) {
        answers = script;
    }

    int asked() {
        return asked.get();
    }

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/api/v1/api-keys:verify", this::serve);
        server.start();
        return Map.of(
                "sekisho.policy.url",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "sekisho.policy.service-key",
                SERVICE_KEY);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.incrementAndGet();
            String key = exchange.getRequestHeaders().getFirst("Authorization");
            byte[] question = exchange.getRequestBody().readAllBytes();
            Optional<KeyVerification> answer = ("Bearer " + SERVICE_KEY).equals(key)
                    ? answers.apply(WireJson.read(question, KeyVerification.Question.class)
                            .hash())
                    : Optional.empty();
            byte[] body = answer.map(WireJson::bytes).orElse(new byte[0]);
            exchange.sendResponseHeaders(answer.isPresent() ? 200 : 500, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(ScriptedPolicyService.class));
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }
}
