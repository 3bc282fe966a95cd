package io.sekisho.egress.ledger;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One script for the keys of many messages: what comes while Redis works on some keys, or within a moment after they were
 * sent, is its next batch. Whoever comes after a pause is sent at once. Each batch has at most {@value #MOST_KEYS} keys,
 * since Redis does nothing else meanwhile.
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
    private final Duration gathering;
    private final Queue<Step> waiting = new ArrayDeque<>();
    private boolean underWay;
    private long sent;

    /**
     * A line before Redis.
     *
     * @param common the script's first arguments, the same for all keys; those of the first key follow, then those of the
     *     second, and so on
     * @param answersPerKey how many values the script answers for each key, in their order; 0: nothing that matters
     * @param gathering between two batches, at least
     */
    LedgerLine(LedgerConnection redis, String script, List<String> common, int answersPerKey, Duration gathering) {
        this.redis = redis;
        this.script = script;
        this.common = common;
        this.answersPerKey = answersPerKey;
        this.gathering = gathering;
        sent = System.nanoTime() - gathering.toNanos();
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
                nextInTime();
            }
            return step.answer();
        });
    }

    private void nextInTime() {
        long left;
        synchronized (this) {
            left = sent + gathering.toNanos() - System.nanoTime();
        }
        if (left <= 0) {
            next();
        } else {
            // Whole milliseconds: the scheduler may be one of Vert.x' timers, which know nothing shorter.
            long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(left));
            try {
                var unused = Infrastructure.getDefaultWorkerPool().schedule(this::next, millis, TimeUnit.MILLISECONDS);
            } catch (RuntimeException refused) {
                // At the end of the process, say. Whoever waits must not wait for ever.
                next();
            }
        }
    }

    private void next() {
        List<Step> batch = new ArrayList<>();
        synchronized (this) {
            while (batch.size() < MOST_KEYS && !waiting.isEmpty()) {
                batch.add(waiting.remove());
            }
            sent = System.nanoTime();
        }
        send(batch, this::answered);
    }

    private void answered() {
        synchronized (this) {
            underWay = !waiting.isEmpty();
            if (!underWay) {
                return;
            }
        }
        nextInTime();
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
