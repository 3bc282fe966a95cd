package io.sekisho.ingress.queue;

import io.sekisho.mail.envelope.ContentChunk;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.json.WireJson;
import io.sekisho.mail.topic.Topics;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The intake queue in Kafka. */
public final class KafkaMailQueue implements MailQueue, AutoCloseable {

    // One producer each, so that the chunks of large messages do not stand before the records of small ones.
    private static final long QUEUE_BUFFER = 32L * 1024 * 1024;
    private static final long CONTENT_BUFFER = 16L * 1024 * 1024;

    /** How much of small messages goes to one partition before the next has its turn. */
    private static final int QUEUE_BATCH = 256 * 1024;

    /** Each full chunk with its key: then the producer uses the same memory again instead of making new. */
    private static final int CONTENT_BATCH = Topics.CHUNK_BYTES + 1024;

    private final KafkaWriter queue;
    private final KafkaWriter content;
    private final Supplier<TopicState> topics;
    private final ContentMemory memory;
    private final ChunkBuffers buffers = new ChunkBuffers();

    /** What is known of the topics. */
    public sealed interface TopicState {

        /**
         * They are as they must be.
         *
         * @param contentTopicId of {@code sekisho.mail.content}
         */
        record Fit(String contentTopicId) implements TopicState {}

        /** They are not. */
        record Unfit(String reason) implements TopicState {}

        /** Kafka did not tell. */
        record Unknown(String reason) implements TopicState {}
    }

    /**
     * A queue on a Kafka cluster.
     *
     * @param kafka where it is and how to speak to it
     * @param patience how long a write may take
     */
    public KafkaMailQueue(
            Map<String, Object> kafka, Supplier<TopicState> topics, ContentMemory memory, Duration patience) {
        this(
                new KafkaWriter(
                        KafkaWriter.producer(kafka, "smtp-ingress-queue", patience, QUEUE_BUFFER, QUEUE_BATCH),
                        patience,
                        "queue-writer"),
                new KafkaWriter(
                        KafkaWriter.producer(kafka, "smtp-ingress-content", patience, CONTENT_BUFFER, CONTENT_BATCH),
                        patience,
                        "content-writer"),
                topics,
                memory);
    }

    KafkaMailQueue(KafkaWriter queue, KafkaWriter content, Supplier<TopicState> topics, ContentMemory memory) {
        this.queue = queue;
        this.content = content;
        this.topics = topics;
        this.memory = memory;
        queue.warmUp(Topics.QUEUE);
        content.warmUp(Topics.CONTENT);
    }

    @Override
    public Optional<String> closedBecause() {
        return switch (topics.get()) {
            case TopicState.Fit fit ->
                queue.isWarm() && content.isWarm()
                        ? Optional.empty()
                        : Optional.of("the producers have not found their topics yet");
            case TopicState.Unfit(String reason) -> Optional.of(reason);
            case TopicState.Unknown(String reason) -> Optional.of(reason);
        };
    }

    @Override
    public Optional<IncomingMessage> begin(UUID id, Executor owner, Flow flow) {
        return KafkaIncomingMessage.begin(this, memory, id, owner, flow).map(message -> message);
    }

    /** Where chunks are gathered. */
    ChunkBuffers buffers() {
        return buffers;
    }

    /**
     * Writes a part of a large message.
     *
     * @param octets which belong to the queue from now on
     */
    Uni<ContentChunk> writeChunk(UUID id, int index, byte[] octets) {
        if (!(topics.get() instanceof TopicState.Fit(String topicId))) {
            return Uni.createFrom().failure(new KafkaWriteException("the topics are not fit", null));
        }
        byte[] key = (id + "/" + index).getBytes(StandardCharsets.US_ASCII);
        String[] digest = new String[1];
        // Only this of the octets: what is returned lives as long as the whole message, and would hold all of it.
        int length = octets.length;
        return content.write(
                        () -> {
                            digest[0] = sha256(octets);
                            return new ProducerRecord<>(Topics.CONTENT, key, octets);
                        },
                        () -> buffers.give(octets))
                .map(metadata -> new ContentChunk(topicId, metadata.partition(), metadata.offset(), length, digest[0]));
    }

    /**
     * Writes the record that makes a message.
     *
     * @param octets the message, empty where its chunks are in the envelope
     */
    Uni<Void> writeMessage(Envelope envelope, Supplier<byte[]> octets) {
        return queue.write(() -> {
                    // Without a key: the producer fills one partition's batch after the other.
                    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(Topics.QUEUE, octets.get());
                    record.headers().add(Envelope.HEADER, WireJson.bytes(envelope));
                    return record;
                })
                .replaceWithVoid();
    }

    @Override
    public void close() {
        content.close();
        queue.close();
    }

    private static String sha256(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has SHA-256", impossible);
        }
    }
}
