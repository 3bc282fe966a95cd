package io.sekisho.egress;

import io.sekisho.mail.envelope.ContentChunk;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.event.CloudEventRecord;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.json.WireJson;
import io.sekisho.mail.topic.Topics;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What ingress writes and tracking reads, for the test of the whole service. */
final class KafkaSide implements AutoCloseable {

    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<MailEvent> events = new CopyOnWriteArrayList<>();
    private final Thread reader = new Thread(this::read, "events-of-the-test");
    private volatile boolean closed;

    KafkaSide(String bootstrapServers) {
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        4 << 20),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.EVENTS).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        reader.start();
    }

    private void read() {
        while (!closed) {
            consumer.poll(Duration.ofMillis(100)).forEach(record -> events.add(CloudEventRecord.read(record.value())));
        }
        consumer.close();
    }

    List<MailEvent> events(UUID message) {
        return events.stream()
                .filter(event -> event.message().orElseThrow().id().equals(message))
                .toList();
    }

    RecordMetadata queue(Envelope envelope, byte[] value) throws Exception {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(Topics.QUEUE, value);
        record.headers().add(Envelope.HEADER, WireJson.bytes(envelope));
        return producer.send(record).get(20, TimeUnit.SECONDS);
    }

    RecordMetadata queueUnreadable() throws Exception {
        return producer.send(new ProducerRecord<>(Topics.QUEUE, new byte[] {1, 2, 3}))
                .get(20, TimeUnit.SECONDS);
    }

    /** Writes a message in parts, as ingress does. */
    List<ContentChunk> content(byte[] message) throws Exception {
        String topic = admin.describeTopics(List.of(Topics.CONTENT))
                .allTopicNames()
                .get(20, TimeUnit.SECONDS)
                .get(Topics.CONTENT)
                .topicId()
                .toString();
        List<ContentChunk> chunks = new ArrayList<>();
        for (int start = 0; start < message.length; start += Topics.CHUNK_BYTES) {
            byte[] part =
                    java.util.Arrays.copyOfRange(message, start, Math.min(start + Topics.CHUNK_BYTES, message.length));
            RecordMetadata at =
                    producer.send(new ProducerRecord<>(Topics.CONTENT, part)).get(20, TimeUnit.SECONDS);
            chunks.add(new ContentChunk(
                    topic,
                    at.partition(),
                    at.offset(),
                    part.length,
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(part))));
        }
        return chunks;
    }

    /** Whether egress has committed the offset behind a record. */
    boolean isCommitted(RecordMetadata record) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets("smtp-egress")
                .partitionsToOffsetAndMetadata()
                .get(20, TimeUnit.SECONDS);
        OffsetAndMetadata offset = offsets.get(new TopicPartition(record.topic(), record.partition()));
        return offset != null && offset.offset() > record.offset();
    }

    @Override
    public void close() {
        closed = true;
        try {
            reader.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close();
        admin.close();
    }
}
