package io.sekisho.ingress.queue;

import io.sekisho.mail.topic.Topics;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A Kafka producer behind a thread of its own: {@code send} may block for {@code max.block.ms}, so no event loop ever
 * calls it. What waits is bounded, and a write that has waited too long is not begun.
 *
 * <p><b>Thread safety:</b> any thread. <b>Lifecycle:</b> {@link #close} lets what was begun end.
 */
final class KafkaWriter implements AutoCloseable {

    private static final int WAITING = 4_096;
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Producer<byte[], byte[]> producer;
    private final Duration patience;
    private final PendingWrites pending;
    private final ThreadPoolExecutor thread;
    private volatile boolean warm;

    KafkaWriter(Producer<byte[], byte[]> producer, Duration patience, String name) {
        this.producer = producer;
        this.patience = patience;
        // The producer's own time-out does not run while it waits for its producer id, which takes two of three nodes.
        this.pending = new PendingWrites(patience.plus(GRACE), name);
        // One thread: a second would wait for the same lock of the producer.
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(WAITING),
                Thread.ofPlatform().daemon().name(name).factory());
    }

    /**
     * A producer of mail: acknowledged by all, without doubles of its own making, and short of patience, because a client
     * waits for its answer.
     *
     * @param kafka where Kafka is and how to speak to it
     * @param bufferBytes the memory for what is on its way
     * @param batchBytes the most that goes to a partition at once, but for a larger record
     */
    static Producer<byte[], byte[]> producer(
            Map<String, Object> kafka, String clientId, Duration patience, long bufferBytes, int batchBytes) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // One request at a time to each broker: what comes meanwhile is the next batch. So a batch, and with it the
        // sync of a
        // single broker's disk, is as large as the load makes it, and a lone message waits for nobody.
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, batchBytes);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, bufferBytes);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_RECORD_BYTES);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 1_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(patience.toMillis()));
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(patience.toMillis() / 2));
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        // The content is the customer's and mostly compressed already.
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Makes the producer ask where the topic is, again until it knows: a first write would lose its patience over it.
     */
    void warmUp(String topic) {
        thread.execute(() -> {
            try {
                producer.partitionsFor(topic);
                warm = true;
            } catch (KafkaException notYet) {
                if (!thread.isShutdown()) {
                    warmUp(topic);
                }
            }
        });
    }

    /** Whether the producer knows its topic. */
    boolean isWarm() {
        return warm;
    }

    /**
     * Writes a record.
     *
     * @param record made on the thread of this writer
     * @return fails where the record was not acknowledged within the patience and little more than a second; it may be stored all the
     *     same. Comes on a thread of the producer, or of this writer
     */
    Uni<RecordMetadata> write(Supplier<ProducerRecord<byte[], byte[]>> record) {
        return write(record, () -> {});
    }

    /**
     * Writes a record as {@link #write(Supplier)} does.
     *
     * @param copied run once the producer has copied what the record holds, or will never look at it
     */
    Uni<RecordMetadata> write(Supplier<ProducerRecord<byte[], byte[]>> record, Runnable copied) {
        PendingWrites.Write write = pending.begin();
        try {
            thread.execute(() -> {
                send(record, write);
                copied.run();
            });
        } catch (RejectedExecutionException full) {
            write.fail(new KafkaWriteException(WAITING + " writes wait for Kafka already", full));
        }
        return write.answer();
    }

    // The future that the producer returns knows nothing that its callback does not tell.
    @SuppressWarnings("FutureReturnValueIgnored")
    private void send(Supplier<ProducerRecord<byte[], byte[]>> record, PendingWrites.Write write) {
        try {
            if (write.age() > patience.toNanos()) {
                throw new KafkaWriteException("the write waited longer than " + patience + " for its turn", null);
            }
            producer.send(record.get(), write::answered);
        } catch (RuntimeException failure) {
            write.fail(failure);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        producer.close(patience);
        pending.close();
    }
}
