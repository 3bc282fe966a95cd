package io.sekisho.tracking.intake;

import io.sekisho.localstack.Infrastructure;
import io.sekisho.mail.event.CloudEventRecord;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Tells events as ingress and egress do, and looks at what Kafka knows of their reader. */
final class EventsTopic implements AutoCloseable {
    private static final String GROUP = "tracking-service";
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> kafka;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Admin admin;

    EventsTopic(Infrastructure infrastructure) {
        kafka = Map.of("bootstrap.servers", infrastructure.bootstrapServers());
        producer = new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
        admin = Admin.create(kafka);
    }

    void tell(List<MailEvent> events) {
        send(events.stream()
                .map(event -> {
                    CloudEventRecord told = CloudEventRecord.of(event, "/test");
                    ProducerRecord<byte[], byte[]> record =
                            new ProducerRecord<>(Topics.EVENTS, bytes(told.key()), told.data());
                    told.headerBytes().forEach(record.headers()::add);
                    return record;
                })
                .toList());
    }

    void tell(byte[] value) {
        send(List.of(new ProducerRecord<>(Topics.EVENTS, bytes("key"), value)));
    }

    private void send(List<ProducerRecord<byte[], byte[]>> records) {
        List<Future<RecordMetadata>> sent = records.stream().map(producer::send).toList();
        sent.forEach(EventsTopic::get);
    }

    private static <T> T get(Future<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** How many records the reader has not acknowledged. */
    long unacknowledged() {
        Map<TopicPartition, OffsetAndMetadata> committed =
                get(admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata());
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        partitions(Topics.EVENTS).forEach(partition -> ends.put(partition, OffsetSpec.latest()));
        return get(admin.listOffsets(ends).all()).entrySet().stream()
                .mapToLong(end -> end.getValue().offset()
                        - (committed.get(end.getKey()) == null
                                ? 0
                                : committed.get(end.getKey()).offset()))
                .sum();
    }

    /** Changes a setting of a topic. */
    void set(String topicName, String setting, String value) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topicName);
        AlterConfigOp change = new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET);
        get(admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all());
    }

    /** All dead letters so far. */
    List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = partitions(Topics.DEAD_LETTER);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(POLL).forEach(found::add);
            }
        }
        return found;
    }

    private List<TopicPartition> partitions(String topic) {
        return producer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
