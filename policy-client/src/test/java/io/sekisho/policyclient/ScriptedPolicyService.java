package io.sekisho.policyclient;

import io.sekisho.mail.json.WireJson;
import io.sekisho.mail.policy.CompiledLine;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** What {@code GET /compiled} answers, as the test says. Ends with its Vert.x. */
final class ScriptedPolicyService {
    static final String KEY = "sk_service";

    /** Empty: it is down. */
    private final AtomicReference<List<CompiledLine>> answer = new AtomicReference<>(List.of());

    private final HttpServer server;

    private ScriptedPolicyService(Vertx vertx) {
        server = vertx.createHttpServer().requestHandler(this::answer);
    }

    static ScriptedPolicyService start(Vertx vertx) throws Exception {
        ScriptedPolicyService service = new ScriptedPolicyService(vertx);
        service.server
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        return service;
    }

    String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    void answer(List<CompiledLine> lines) {
        answer.set(List.copyOf(lines));
    }

    void goDown() {
        answer.set(List.of());
    }

    private void answer(HttpServerRequest request) {
        List<CompiledLine> lines = answer.get();
        if (lines.isEmpty() || !("Bearer " + KEY).equals(request.getHeader("Authorization"))) {
            request.response().setStatusCode(503).end();
            return;
        }
        StringBuilder body = new StringBuilder();
        lines.forEach(line -> body.append(WireJson.string(line)).append('\n'));
        request.response().end(body.toString());
    }
}
