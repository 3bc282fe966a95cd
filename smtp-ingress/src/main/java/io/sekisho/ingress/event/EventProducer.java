package io.sekisho.ingress.event;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** How events are produced: nobody but a refusal waits for them, so they go in few and large requests. */
public final class EventProducer {

    private static final int LINGER_MILLIS = 5;
    private static final int BATCH_BYTES = 64 * 1024;
    private static final long BUFFER_BYTES = 16L * 1024 * 1024;

    private EventProducer() {}

    /**
     * A producer of events.
     *
     * @param kafka where Kafka is and how to speak to it
     */
    public static Producer<byte[], byte[]> on(Map<String, Object> kafka, int maxRequestBytes) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "smtp-ingress-events");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxRequestBytes);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 1_000);
        // Kafka's own patience: until it ends the producer repeats by itself, then the event log does.
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 60_000);
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
