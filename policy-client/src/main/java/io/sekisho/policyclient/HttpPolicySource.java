package io.sekisho.policyclient;

import io.sekisho.mail.json.WireJson;
import io.sekisho.mail.policy.CompiledDomain;
import io.sekisho.mail.policy.CompiledLine;
import io.sekisho.mail.policy.PolicyRevision;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.parsetools.RecordParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The compiled policy over HTTP, for when Redis does not answer: {@code GET /api/v1/compiled}. */
final class HttpPolicySource {

    /** One domain with 100,000 peers is about 20 MB. */
    private static final int LONGEST_LINE = 64 * 1024 * 1024;

    private static final int ANSWER_SECONDS = 30;

    private final Vertx vertx;
    private final HttpClient client;
    private final PolicyClientSettings settings;

    HttpPolicySource(Vertx vertx, PolicyClientSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        this.client =
                vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(1).setConnectTimeout(2_000));
    }

    /**
     * A whole answer.
     *
     * @param snapshot whether {@code domains} is everything, or what changed
     */
    record Answer(PolicyRevision revision, boolean snapshot, List<CompiledDomain> domains, long total) {}

    void close() {
        client.close();
    }

    /** What changed since {@code known}; fails where the answer is not whole. */
    Future<Answer> since(PolicyRevision known) {
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(settings.policyServiceUrl() + "/api/v1/compiled?after=" + known)
                .putHeader("Authorization", "Bearer " + settings.serviceKey())
                .putHeader("Accept", "application/x-ndjson")
                .setTimeout(TimeUnit.SECONDS.toMillis(3));
        return client.request(request)
                .compose(sent -> sent.send())
                .compose(this::read)
                .timeout(ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    private Future<Answer> read(HttpClientResponse response) {
        if (response.statusCode() != 200) {
            return Future.failedFuture(new IllegalStateException(
                    "policy-service answered " + response.statusCode() + " to GET /api/v1/compiled"));
        }
        Promise<Answer> promise = Promise.promise();
        Lines lines = new Lines();
        RecordParser parser = RecordParser.newDelimited("\n", response).maxRecordSize(LONGEST_LINE);
        parser.handler(line -> {
            // Lines are parsed in order away from the event loop; the response waits for each.
            parser.pause();
            vertx.executeBlocking(() -> {
                        lines.add(line.getBytes());
                        return null;
                    })
                    .onSuccess(done -> parser.resume())
                    .onFailure(promise::tryFail);
        });
        parser.exceptionHandler(promise::tryFail);
        response.exceptionHandler(promise::tryFail);
        parser.endHandler(end -> lines.answer()
                .ifPresentOrElse(
                        promise::tryComplete,
                        () -> promise.tryFail("the answer of policy-service ended before its last line")));
        return promise.future();
    }

    /** Collects the lines of one answer. */
    private static final class Lines {
        private final List<CompiledDomain> domains = new ArrayList<>();
        private Optional<CompiledLine.Start> start = Optional.empty();
        private Optional<CompiledLine.End> end = Optional.empty();

        void add(byte[] json) {
            CompiledLine line = WireJson.read(json, CompiledLine.class);
            start = start.or(line::start);
            line.domain().ifPresent(domains::add);
            end = line.end();
        }

        Optional<Answer> answer() {
            return start.isPresent()
                            && end.filter(e -> e.lines() == domains.size()).isPresent()
                    ? Optional.of(new Answer(
                            start.get().revision(),
                            start.get().snapshot(),
                            domains,
                            end.get().domains()))
                    : Optional.empty();
        }
    }
}
