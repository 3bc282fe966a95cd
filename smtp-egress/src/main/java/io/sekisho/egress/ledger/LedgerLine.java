package io.sekisho.egress.ledger;

import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * One script for the keys of many messages: what comes while Redis works on some keys is its next batch, as a commit of a
 * group. Each batch has at most {@value #MOST_KEYS} keys, since Redis does nothing else meanwhile.
 *
 * <p>What waits is bounded by the messages in hand, each of which waits for its own keys. Thread safety: all methods.
 */
final class LedgerLine {

    static final int MOST_KEYS = 100;

    private record Step(String key, List<String> arguments, CompletableFuture<List<Response>> answer) {}

    private final LedgerConnection redis;
    private final String script;
    private final List<String> common;
    private final int answersPerKey;
    private final Queue<Step> waiting = new ArrayDeque<>();
    private boolean underWay;

    /**
     * A line before Redis.
     *
     * @param common the script's first arguments, the same for all keys; those of the first key follow, then those of the
     *     second, and so on
     * @param answersPerKey how many values the script answers for each key, in their order; 0: nothing that matters
     */
    LedgerLine(LedgerConnection redis, String script, List<String> common, int answersPerKey) {
        this.redis = redis;
        this.script = script;
        this.common = common;
        this.answersPerKey = answersPerKey;
    }

    /** Runs the script for a key when subscribed to; fails where Redis is out of reach or refuses it. */
    Uni<List<Response>> run(String key, String... arguments) {
        return Uni.createFrom().completionStage(() -> {
            Step step = new Step(key, List.of(arguments), new CompletableFuture<>());
            if (!redis.isPresent()) {
                // One step asks whether it is back; nobody else waits for that.
                send(List.of(step), () -> {});
                return step.answer();
            }
            boolean begins;
            synchronized (this) {
                waiting.add(step);
                begins = !underWay;
                underWay = true;
            }
            if (begins) {
                next();
            }
            return step.answer();
        });
    }

    private void next() {
        List<Step> batch = new ArrayList<>();
        synchronized (this) {
            while (batch.size() < MOST_KEYS && !waiting.isEmpty()) {
                batch.add(waiting.remove());
            }
            if (batch.isEmpty()) {
                underWay = false;
                return;
            }
        }
        send(batch, this::next);
    }

    private void send(List<Step> batch, Runnable whenAnswered) {
        List<String> keys = new ArrayList<>(batch.size());
        List<String> arguments = new ArrayList<>(common);
        for (Step step : batch) {
            keys.add(step.key());
            arguments.addAll(step.arguments());
        }
        redis.run(script, keys, arguments)
                .subscribe()
                .with(
                        response -> {
                            whenAnswered.run();
                            answer(batch, response);
                        },
                        failure -> {
                            whenAnswered.run();
                            batch.forEach(step -> step.answer().completeExceptionally(failure));
                        });
    }

    private void answer(List<Step> batch, Response response) {
        for (int i = 0; i < batch.size(); i++) {
            List<Response> own = new ArrayList<>(answersPerKey);
            for (int j = 0; j < answersPerKey; j++) {
                own.add(response.get(i * answersPerKey + j));
            }
            batch.get(i).answer().complete(own);
        }
    }
}
