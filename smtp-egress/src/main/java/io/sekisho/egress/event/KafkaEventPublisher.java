package io.sekisho.egress.event;

import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import io.sekisho.egress.queue.DurableProducer;
import io.sekisho.mail.event.CloudEventRecord;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.topic.Topics;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jboss.logging.Logger;

/**
 * Publishes to the event topic, again and again until Kafka has it. Everyone waits for its own events, which bounds them.
 *
 * <p>Thread safety: may be called from any thread.
 */
public final class KafkaEventPublisher implements EventPublisher {

    private static final Logger LOG = Logger.getLogger(KafkaEventPublisher.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final DurableProducer producer;
    private final String source;

    /** @param source {@code ce_source}: the service and the pod, as a URI reference */
    public KafkaEventPublisher(DurableProducer producer, String source) {
        this.producer = producer;
        this.source = source;
    }

    @Override
    public Uni<Void> publish(List<MailEvent> events) {
        if (events.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        // All of them at once: those of one message have one key, and so the order in which they are handed over.
        return Uni.join()
                .all(events.stream().map(this::publish).toList())
                .andFailFast()
                .replaceWithVoid();
    }

    private Uni<RecordMetadata> publish(MailEvent event) {
        return Uni.createFrom()
                .deferred(() -> producer.send(record(event)))
                .onFailure()
                .invoke(failure -> LOG.warn(LogLine.of("event not published, trying again")
                        .with(LogKey.STATUS, event.kind())
                        .with(LogKey.CAUSE, failure)))
                .onFailure()
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .withJitter(0.2)
                .indefinitely();
    }

    private ProducerRecord<byte[], byte[]> record(MailEvent event) {
        CloudEventRecord cloudEvent = CloudEventRecord.of(event, source);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                Topics.EVENTS, cloudEvent.key().getBytes(StandardCharsets.US_ASCII), cloudEvent.data());
        cloudEvent.headerBytes().forEach(record.headers()::add);
        return record;
    }
}
