package io.sekisho.egress.queue;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes mail into Kafka: what it reports as written is on all in-sync replicas.
 *
 * <p>Thread safety: {@link #send} may be called from any thread, an event loop too: the client's call, which may block for
 * a second without a broker, is made on a thread of its own.
 */
public final class DurableProducer implements AutoCloseable {

    private static final int WAITING = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int FOUR_MIB = 4 * 1024 * 1024;

    private final Producer<byte[], byte[]> producer;
    private final Duration limit;
    private final ExecutorService sender;

    DurableProducer(Producer<byte[], byte[]> producer, Duration limit) {
        this.producer = producer;
        this.limit = limit;
        sender = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                task -> new Thread(task, "mail-producer"),
                new ThreadPoolExecutor.AbortPolicy());
    }

    public static DurableProducer connect(String bootstrapServers) {
        Map<String, Object> configuration = new HashMap<>();
        configuration.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        configuration.put(ProducerConfig.CLIENT_ID_CONFIG, "smtp-egress-mail");
        configuration.put(ProducerConfig.ACKS_CONFIG, "all");
        configuration.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        configuration.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, FOUR_MIB);
        configuration.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 1_000);
        configuration.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
        configuration.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        configuration.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return new DurableProducer(
                new KafkaProducer<>(configuration, new ByteArraySerializer(), new ByteArraySerializer()),
                PATIENCE.plusSeconds(1));
    }

    /**
     * Writes a record when subscribed to.
     *
     * <p>Fails when the broker does not take it within 11 s (it may have it all the same), or when 1,000 records wait
     * already.
     */
    public Uni<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        Uni<RecordMetadata> acknowledged = Uni.createFrom().emitter(emitter -> {
            try {
                sender.execute(() -> {
                    try {
                        // The callback tells all that the future would.
                        Future<RecordMetadata> unused = producer.send(record, (metadata, failure) -> {
                            if (failure == null) {
                                emitter.complete(metadata);
                            } else {
                                emitter.fail(failure);
                            }
                        });
                    } catch (RuntimeException e) {
                        emitter.fail(e);
                    }
                });
            } catch (RejectedExecutionException full) {
                emitter.fail(full);
            }
        });
        // The producer's own time-out does not run while it waits for its producer id, which takes two of three nodes.
        return acknowledged
                .ifNoItem()
                .after(limit)
                .failWith(() -> new TimeoutException("Kafka did not answer within " + limit));
    }

    /** Sends what waits; blocks. */
    @Override
    public void close() {
        sender.shutdown();
        producer.close(Duration.ofSeconds(5));
    }
}
