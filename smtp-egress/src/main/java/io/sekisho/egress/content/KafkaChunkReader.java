package io.sekisho.egress.content;

import io.sekisho.egress.delivery.ContentUnavailable;
import io.sekisho.mail.envelope.ContentChunk;
import io.sekisho.mail.topic.Topics;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads parts through a few consumers that are assigned by hand.
 *
 * <p>Thread safety: {@link #read} may be called from any thread; each consumer is used by one thread at a time, and at most
 * 1,000 parts wait.
 */
public final class KafkaChunkReader implements ChunkReader, AutoCloseable {

    private static final int CONSUMERS = 4;
    private static final int WAITING = 1_000;
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration POLL = Duration.ofMillis(500);

    private final ContentTopic topic;
    private final List<Consumer<byte[], byte[]>> all = new ArrayList<>();
    private final BlockingQueue<Consumer<byte[], byte[]>> idle = new ArrayBlockingQueue<>(CONSUMERS);
    private final ExecutorService readers;

    public KafkaChunkReader(String bootstrapServers, ContentTopic topic) {
        this.topic = topic;
        for (int i = 0; i < CONSUMERS; i++) {
            all.add(new KafkaConsumer<>(configuration(bootstrapServers, i)));
        }
        idle.addAll(all);
        AtomicInteger number = new AtomicInteger();
        readers = new ThreadPoolExecutor(
                CONSUMERS,
                CONSUMERS,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                task -> new Thread(task, "content-reader-" + number.incrementAndGet()),
                new ThreadPoolExecutor.AbortPolicy());
    }

    private static Map<String, Object> configuration(String bootstrapServers, int index) {
        Map<String, Object> configuration = new HashMap<>();
        configuration.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        configuration.put(ConsumerConfig.CLIENT_ID_CONFIG, "smtp-egress-content-" + index);
        configuration.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        configuration.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        configuration.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // Another part in the place of one that is gone would be another message.
        configuration.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        // One part and no more: the broker always sends a first batch, however small the limits are.
        configuration.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        configuration.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1);
        configuration.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 1);
        configuration.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        configuration.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        return configuration;
    }

    @Override
    public Uni<byte[]> read(ContentChunk chunk) {
        return topic.id()
                .chain(id -> id.equals(chunk.topicId())
                        ? onReaderThread(chunk)
                        : Uni.createFrom()
                                .failure(new ContentUnavailable("the content topic was made anew: its id is " + id
                                        + ", the part stands in " + chunk.topicId())));
    }

    private Uni<byte[]> onReaderThread(ContentChunk chunk) {
        return Uni.createFrom().emitter(emitter -> {
            try {
                readers.execute(() -> {
                    try {
                        emitter.complete(readNow(chunk));
                    } catch (Exception e) {
                        emitter.fail(e);
                    }
                });
            } catch (RejectedExecutionException full) {
                emitter.fail(full);
            }
        });
    }

    private byte[] readNow(ContentChunk chunk) throws Exception {
        Consumer<byte[], byte[]> consumer = idle.take();
        try {
            return readWith(consumer, chunk);
        } catch (OffsetOutOfRangeException gone) {
            throw new ContentUnavailable("nothing stands at " + place(chunk));
        } finally {
            idle.add(consumer);
        }
    }

    private static byte[] readWith(Consumer<byte[], byte[]> consumer, ContentChunk chunk) throws Exception {
        TopicPartition partition = new TopicPartition(Topics.CONTENT, chunk.partition());
        if (!consumer.assignment().contains(partition)) {
            consumer.assign(List.of(partition));
        }
        consumer.seek(partition, chunk.offset());
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() != chunk.offset() || record.value() == null) {
                    throw new ContentUnavailable("nothing stands at " + place(chunk));
                }
                return record.value();
            }
        }
        throw new TimeoutException(place(chunk) + " could not be read within " + LIMIT.toSeconds() + " s");
    }

    private static String place(ContentChunk chunk) {
        return Topics.CONTENT + " " + chunk.partition() + "@" + chunk.offset();
    }

    /** Ends the readers; blocks until they have ended. */
    @Override
    public void close() {
        readers.shutdownNow();
        try {
            if (readers.awaitTermination(5, TimeUnit.SECONDS)) {
                all.forEach(Consumer::close);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
