package io.sekisho.egress.queue;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes into Kafka: what it reports as written is on all in-sync replicas. What comes while a request is on its way is the
 * next request; how much is handed to the client is bounded, and what waits for that loses none of its time.
 *
 * <p>Thread safety: {@link #send} may be called from any thread, an event loop too: the client's call, which may block for
 * a second without a broker, is made on a thread of its own.
 */
public final class DurableProducer implements AutoCloseable {

    private static final int WAITING = 20_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration END_LIMIT = Duration.ofSeconds(5);
    private static final int FOUR_MIB = 4 * 1024 * 1024;
    private static final int BATCH_BYTES = 256 * 1024;

    /** Less than the client's 32 MiB: it never has to refuse for want of room. */
    private static final int HANDED_OVER_BYTES = 16 * 1024 * 1024;

    private final Producer<byte[], byte[]> producer;
    private final Duration limit;
    private final ExecutorService sender;
    private final Semaphore room = new Semaphore(HANDED_OVER_BYTES);

    DurableProducer(Producer<byte[], byte[]> producer, Duration limit, String name) {
        this.producer = producer;
        this.limit = limit;
        sender = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                task -> new Thread(task, name),
                new ThreadPoolExecutor.AbortPolicy());
    }

    /** A producer of mail: nothing waits for company. */
    public static DurableProducer ofMail(String bootstrapServers) {
        return connect(bootstrapServers, "mail", Duration.ZERO);
    }

    /** A producer of events, which are many and small. */
    public static DurableProducer ofEvents(String bootstrapServers) {
        return connect(bootstrapServers, "events", Duration.ofMillis(5));
    }

    private static DurableProducer connect(String bootstrapServers, String what, Duration linger) {
        Map<String, Object> configuration = new HashMap<>();
        configuration.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        configuration.put(ProducerConfig.CLIENT_ID_CONFIG, "smtp-egress-" + what);
        configuration.put(ProducerConfig.ACKS_CONFIG, "all");
        configuration.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        configuration.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, FOUR_MIB);
        configuration.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        configuration.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        configuration.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 1_000);
        configuration.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
        configuration.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        configuration.put(ProducerConfig.LINGER_MS_CONFIG, linger.toMillis());
        configuration.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        return new DurableProducer(
                new KafkaProducer<>(configuration, new ByteArraySerializer(), new ByteArraySerializer()),
                PATIENCE.plusSeconds(1),
                what + "-producer");
    }

    /**
     * Writes a record when subscribed to.
     *
     * <p>Fails when the broker does not take it within 11 s of its turn (it may have it all the same), or when 20,000 records wait
     * for theirs.
     */
    public Uni<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        return Uni.createFrom().completionStage(() -> {
            CompletableFuture<RecordMetadata> written = new CompletableFuture<>();
            try {
                sender.execute(() -> handOver(record, written));
            } catch (RejectedExecutionException full) {
                written.completeExceptionally(full);
            }
            return written;
        });
    }

    private void handOver(ProducerRecord<byte[], byte[]> record, CompletableFuture<RecordMetadata> written) {
        int bytes = Math.min(HANDED_OVER_BYTES, record.value() == null ? 1 : Math.max(1, record.value().length));
        try {
            room.acquire(bytes);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            written.completeExceptionally(ending);
            return;
        }
        AtomicBoolean holds = new AtomicBoolean(true);
        Runnable giveBack = () -> {
            if (holds.getAndSet(false)) {
                room.release(bytes);
            }
        };
        // The producer's own time-out does not run while it waits for its producer id, which takes two of three nodes.
        written.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
        try {
            // The callback tells all that the future would.
            var unused = producer.send(record, (metadata, failure) -> {
                giveBack.run();
                if (failure == null) {
                    written.complete(metadata);
                } else {
                    written.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException e) {
            giveBack.run();
            written.completeExceptionally(e);
        }
    }

    /** Sends what waits; blocks, up to 10 s. */
    @Override
    public void close() {
        sender.shutdown();
        try {
            if (!sender.awaitTermination(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                sender.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(END_LIMIT);
    }
}
