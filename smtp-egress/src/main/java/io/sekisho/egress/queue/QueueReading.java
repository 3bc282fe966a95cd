package io.sekisho.egress.queue;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The reading of the intake queue by this pod.
 *
 * <p>Lifecycle: reads from {@link #start} on; {@link #stopIntake} and later {@link #close} end it in an orderly way.
 */
public final class QueueReading implements AutoCloseable {

    private static final Duration END_LIMIT = Duration.ofSeconds(15);
    private static final int FETCHED_BYTES = 8 * 1024 * 1024;

    private final QueueLoop loop;
    private final Thread thread;

    private QueueReading(QueueLoop loop) {
        this.loop = loop;
        thread = new Thread(loop, "queue-loop");
    }

    /** Joins the group and reads. */
    public static QueueReading start(
            String bootstrapServers, Admin admin, QueueIntake intake, QueueSettings settings, Clock clock) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(configuration(bootstrapServers));
        QueueReading reading =
                new QueueReading(new QueueLoop(consumer, intake, new AdminTrimmer(admin), settings, clock));
        reading.thread.start();
        return reading;
    }

    private static Map<String, Object> configuration(String bootstrapServers) {
        Map<String, Object> configuration = new HashMap<>();
        configuration.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        configuration.put(ConsumerConfig.GROUP_ID_CONFIG, QueueSettings.GROUP);
        configuration.put(ConsumerConfig.CLIENT_ID_CONFIG, "smtp-egress-queue");
        configuration.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        configuration.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        // Mail that was queued before the group first read is mail all the same.
        configuration.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        configuration.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // A pod that comes or goes must not stop the reading of the partitions that stay.
        configuration.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        configuration.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, QueueSettings.POLLED_AT_ONCE);
        configuration.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCHED_BYTES);
        configuration.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCHED_BYTES / 4);
        configuration.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        configuration.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        configuration.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        configuration.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000);
        return configuration;
    }

    public QueueStatus status() {
        return loop.status();
    }

    /** Whether the loop's thread runs. */
    public boolean isRunning() {
        return thread.isAlive();
    }

    /** Takes no more records; acknowledgements are still committed. */
    public void stopIntake() {
        loop.stopIntake();
    }

    /** Commits what is done, leaves the group. Blocks, up to 15 s. */
    @Override
    public void close() {
        loop.stop();
        try {
            thread.join(END_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
