package io.sekisho.bench.mail;

import io.sekisho.mail.topic.TopicSettings;
import io.sekisho.mail.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What the queue's broker takes when nothing is in front of it: records of a message's size into a topic set as the queue is, by a producer
 * set as the gateway's, so many unacknowledged at a time as there are sessions. No SMTP, no envelope, no events.
 */
final class BareProducer implements AutoCloseable {

    private static final String TOPIC = "sekisho.bench.bare";
    private static final int PARTITIONS = 4;
    private static final int BATCH_BYTES = 256 * 1024;

    private final Producer<byte[], byte[]> producer;
    private final int outstanding;
    private final byte[] value;

    private BareProducer(Producer<byte[], byte[]> producer, int outstanding, int size) {
        this.producer = producer;
        this.outstanding = outstanding;
        this.value = new byte[size];
    }

    /**
     * A producer of records of one size.
     *
     * @param outstanding how many may be unacknowledged
     */
    static BareProducer on(String bootstrapServers, int outstanding, int size)
            throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            if (!admin.listTopics().names().get().contains(TOPIC)) {
                NewTopic topic = new NewTopic(TOPIC, PARTITIONS, (short) 1)
                        .configs(TopicSettings.singleBroker(Topics.QUEUE).config());
                admin.createTopics(List.of(topic)).all().get();
            }
        }
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                1,
                ProducerConfig.BATCH_SIZE_CONFIG,
                BATCH_BYTES);
        return new BareProducer(
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()), outstanding, size);
    }

    /** Acknowledged records per second. */
    // The future that the producer returns knows nothing that its callback does not tell.
    @SuppressWarnings("FutureReturnValueIgnored")
    double rate(Duration span) throws Exception {
        Semaphore places = new Semaphore(outstanding);
        AtomicInteger acknowledged = new AtomicInteger();
        AtomicReference<Exception> lost = new AtomicReference<>();
        long began = System.nanoTime();
        while (System.nanoTime() - began < span.toNanos() && lost.get() == null) {
            places.acquire();
            producer.send(new ProducerRecord<>(TOPIC, value), (metadata, failure) -> {
                if (failure == null) {
                    acknowledged.incrementAndGet();
                } else {
                    lost.set(failure);
                }
                places.release();
            });
        }
        places.acquire(outstanding);
        if (lost.get() != null) {
            throw lost.get();
        }
        return acknowledged.get() * 1e9 / (System.nanoTime() - began);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
