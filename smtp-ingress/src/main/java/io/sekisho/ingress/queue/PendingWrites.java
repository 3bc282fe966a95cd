package io.sekisho.ingress.queue;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * The writes of a writer that Kafka has not answered, in the order in which they began. All have the same patience, so one look at the
 * oldest, a few times a second, does for thousands what would else take a timer each.
 *
 * <p><b>Thread safety:</b> any thread. <b>Lifecycle:</b> after {@link #close} nothing is given up any more.
 */
final class PendingWrites implements AutoCloseable {

    private static final long LOOK_MILLIS = 250;

    private final Duration patience;
    private final Queue<Write> oldestFirst = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService clock;

    PendingWrites(Duration patience, String name) {
        this.patience = patience;
        this.clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name + "-clock").factory());
        var unused = clock.scheduleWithFixedDelay(this::giveUp, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    Write begin() {
        Write write = new Write();
        oldestFirst.add(write);
        return write;
    }

    private void giveUp() {
        for (Write oldest = oldestFirst.peek();
                oldest != null && (oldest.isAnswered() || oldest.age() > patience.toNanos());
                oldest = oldestFirst.peek()) {
            oldest.fail(new KafkaWriteException("Kafka did not answer within " + patience, null));
            oldestFirst.remove();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    /** A write; the first answer counts. It does not hold what is written. */
    static final class Write {

        private final long begun = System.nanoTime();
        private final CompletableFuture<RecordMetadata> answer = new CompletableFuture<>();

        private Write() {}

        /** Nanoseconds since it began. */
        long age() {
            return System.nanoTime() - begun;
        }

        void answered(RecordMetadata metadata, Exception failure) {
            if (failure == null) {
                answer.complete(metadata);
            } else {
                answer.completeExceptionally(failure);
            }
        }

        void fail(RuntimeException reason) {
            answer.completeExceptionally(reason);
        }

        private boolean isAnswered() {
            return answer.isDone();
        }

        Uni<RecordMetadata> answer() {
            return Uni.createFrom().completionStage(answer);
        }
    }
}
