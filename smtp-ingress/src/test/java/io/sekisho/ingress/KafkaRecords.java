package io.sekisho.ingress;

import static org.awaitility.Awaitility.await;

import io.sekisho.mail.envelope.ContentChunk;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.event.CloudEventRecord;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.json.WireJson;
import io.sekisho.mail.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what stands in Kafka, as egress and tracking would. */
final class KafkaRecords {

    private final String bootstrapServers;

    KafkaRecords(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** The record of the message whose envelope matches; waits for it. */
    ConsumerRecord<byte[], byte[]> queued(Predicate<Envelope> which) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> all(Topics.QUEUE).stream()
                                .filter(record -> which.test(envelope(record)))
                                .toList(),
                        found -> !found.isEmpty())
                .getFirst();
    }

    /** The events that match; waits for so many. */
    List<ConsumerRecord<byte[], byte[]>> events(int count, Predicate<MailEvent> which) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> all(Topics.EVENTS).stream()
                                .filter(record -> which.test(event(record)))
                                .toList(),
                        found -> found.size() >= count);
    }

    static Envelope envelope(ConsumerRecord<byte[], byte[]> record) {
        return WireJson.read(record.headers().lastHeader(Envelope.HEADER).value(), Envelope.class);
    }

    static MailEvent event(ConsumerRecord<byte[], byte[]> record) {
        return CloudEventRecord.read(record.value());
    }

    /** The message of a queue record, wherever its octets are. */
    byte[] content(ConsumerRecord<byte[], byte[]> record) {
        Envelope envelope = envelope(record);
        if (envelope.isInline()) {
            return record.value();
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        List<ConsumerRecord<byte[], byte[]>> parts = all(Topics.CONTENT);
        for (ContentChunk chunk : envelope.chunks()) {
            parts.stream()
                    .filter(part -> part.partition() == chunk.partition() && part.offset() == chunk.offset())
                    .forEach(part -> content.writeBytes(part.value()));
        }
        return content.toByteArray();
    }

    private List<ConsumerRecord<byte[], byte[]>> all(String topic) {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "enable.auto.commit", "false");
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }
}
