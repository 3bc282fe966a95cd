package io.sekisho.ingress.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekisho.ingress.queue.IncomingMessage.Appended;
import io.sekisho.ingress.queue.IncomingMessage.Outcome;
import io.sekisho.ingress.queue.KafkaMailQueue.TopicState;
import io.sekisho.mail.envelope.ContentChunk;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.envelope.Upstream;
import io.sekisho.mail.json.WireJson;
import io.sekisho.mail.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a message becomes records, with a producer that acknowledges when the test says so. */
class KafkaMailQueueTest {

    private static final UUID ID = UUID.fromString("01936f4e-0000-7000-8000-000000000001");
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final MockProducer<byte[], byte[]> queueProducer = producer();
    private final MockProducer<byte[], byte[]> contentProducer = producer();
    private final ContentMemory memory = new ContentMemory(4 * 1024 * 1024);
    private final AtomicReference<TopicState> topics = new AtomicReference<>(new TopicState.Fit("topic-id"));
    private final AtomicInteger relieved = new AtomicInteger();
    private final AtomicReference<String> failed = new AtomicReference<>();

    private final KafkaMailQueue queue = new KafkaMailQueue(
            new KafkaWriter(queueProducer, PATIENCE, "queue"),
            new KafkaWriter(contentProducer, PATIENCE, "content"),
            topics::get,
            memory);

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void writesASmallMessageAsOneRecordWithItsEnvelope() {
        byte[] octets = random(Topics.INLINE_LIMIT_BYTES);

        CompletableFuture<Outcome> outcome = store(begin(), octets);

        ProducerRecord<byte[], byte[]> record = onlyQueueRecord();
        assertThat(outcome).isNotDone();
        acknowledge(queueProducer);
        assertThat(outcome.join()).isEqualTo(new Outcome.Stored());
        assertThat(record.topic()).isEqualTo(Topics.QUEUE);
        assertThat(record.key()).isNull();
        assertThat(record.value()).isEqualTo(octets);
        assertThat(envelope(record).isInline()).isTrue();
        assertThat(contentProducer.history()).isEmpty();
        assertThat(memory.used()).isZero();
    }

    @Test
    void writesALargeMessageInChunksThatTheEnvelopeNames() throws Exception {
        byte[] octets = random(2 * Topics.CHUNK_BYTES + 17);
        IncomingMessage message = begin();

        CompletableFuture<Outcome> outcome = store(message, octets);
        await().until(() -> contentProducer.history().size() == 3);
        assertThat(queueProducer.history()).isEmpty();
        acknowledge(contentProducer);

        ProducerRecord<byte[], byte[]> record = onlyQueueRecord();
        acknowledge(queueProducer);
        assertThat(outcome.join()).isEqualTo(new Outcome.Stored());
        assertThat(record.value()).isEmpty();
        List<ContentChunk> chunks = envelope(record).chunks();
        assertThat(chunks).extracting(ContentChunk::length).containsExactly(Topics.CHUNK_BYTES, Topics.CHUNK_BYTES, 17);
        assertThat(chunks).extracting(ContentChunk::topicId).containsOnly("topic-id");
        ByteArrayOutputStream together = new ByteArrayOutputStream();
        for (ContentChunk chunk : chunks) {
            ProducerRecord<byte[], byte[]> part = at(chunk);
            assertThat(new String(part.key(), StandardCharsets.US_ASCII)).startsWith(ID + "/");
            assertThat(chunk.sha256())
                    .isEqualTo(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(part.value())));
            together.writeBytes(part.value());
        }
        assertThat(together.toByteArray()).isEqualTo(octets);
        assertThat(memory.used()).isZero();
    }

    @Test
    void writesOneOctetAboveTheLimitAsAChunk() {
        CompletableFuture<Outcome> outcome = store(begin(), random(Topics.INLINE_LIMIT_BYTES + 1));
        await().until(() -> contentProducer.history().size() == 1);
        acknowledge(contentProducer);
        onlyQueueRecord();
        acknowledge(queueProducer);

        assertThat(outcome.join()).isEqualTo(new Outcome.Stored());
    }

    @Test
    void isCongestedByAChunkOnItsWay() {
        IncomingMessage message = begin();
        append(message, random(Topics.CHUNK_BYTES - 1));
        assertThat(message.isCongested()).isFalse();
        append(message, random(1));
        assertThat(message.isCongested()).isTrue();

        await().until(() -> contentProducer.history().size() == 1);
        contentProducer.completeNext();

        await().until(() -> relieved.get() == 1);
        assertThat(message.isCongested()).isFalse();
    }

    @Test
    void tellsAtOnceThatAChunkFailed() {
        IncomingMessage message = begin();
        append(message, random(Topics.CHUNK_BYTES));
        await().until(() -> contentProducer.history().size() == 1);

        contentProducer.errorNext(new TimeoutException("no acknowledgement"));

        await().until(() -> failed.get() != null);
        assertThat(failed.get()).contains("no acknowledgement");
        message.drop();
        assertThat(memory.used()).isZero();
    }

    @Test
    void doesNotStoreAMessageOfWhichAChunkFailed() {
        CompletableFuture<Outcome> outcome = store(begin(), random(Topics.CHUNK_BYTES + 1));
        await().until(() -> contentProducer.history().size() == 2);

        contentProducer.errorNext(new TimeoutException("no acknowledgement"));

        assertThat(outcome.join()).isInstanceOf(Outcome.NotStored.class);
        assertThat(queueProducer.history()).isEmpty();
    }

    @Test
    void saysThatARecordWasNotAcknowledged() {
        CompletableFuture<Outcome> outcome = store(begin(), random(10));
        onlyQueueRecord();

        queueProducer.errorNext(new TimeoutException("no acknowledgement"));

        assertThat(outcome.join()).isInstanceOf(Outcome.NotStored.class);
        assertThat(memory.used()).isZero();
    }

    @Test
    void doesNotWaitForEver() {
        CompletableFuture<Outcome> outcome = store(begin(), random(10));

        assertThat(outcome).succeedsWithin(PATIENCE.multipliedBy(3)).isInstanceOf(Outcome.NotStored.class);
    }

    @Test
    void takesNoMoreThanItsMemory() {
        IncomingMessage first = begin();
        IncomingMessage second = begin();

        // Nothing is acknowledged, so each chunk keeps its memory.
        Appended appended = Appended.TAKEN;
        int times = 0;
        while (appended == Appended.TAKEN && times++ < 100) {
            appended = first.append(ByteBuffer.wrap(new byte[Topics.CHUNK_BYTES]));
        }

        assertThat(times).isLessThanOrEqualTo(8);
        assertThat(memory.used()).isLessThanOrEqualTo(4 * 1024 * 1024);
        first.drop();
        second.drop();
        await().until(() -> {
            acknowledge(contentProducer);
            return memory.used() == 0;
        });
    }

    @Test
    void beginsNoMessageWithoutMemory() {
        assertThat(new KafkaMailQueue(
                                new KafkaWriter(producer(), PATIENCE, "queue"),
                                new KafkaWriter(producer(), PATIENCE, "content"),
                                topics::get,
                                new ContentMemory(100))
                        .begin(ID, Runnable::run, flow()))
                .isEmpty();
    }

    @Test
    void isClosedWhileTheTopicsAreNotFit() {
        await().until(() -> queue.closedBecause().isEmpty());
        topics.set(new TopicState.Unfit("topic sekisho.mail.queue has retention.ms=1"));
        assertThat(queue.closedBecause()).contains("topic sekisho.mail.queue has retention.ms=1");
        topics.set(new TopicState.Unknown("not asked"));
        assertThat(queue.closedBecause()).contains("not asked");
    }

    private IncomingMessage begin() {
        return queue.begin(ID, Runnable::run, flow()).orElseThrow();
    }

    private MailQueue.Flow flow() {
        return new MailQueue.Flow() {
            @Override
            public void relieved() {
                relieved.incrementAndGet();
            }

            @Override
            public void failed(String reason) {
                failed.set(reason);
            }
        };
    }

    private static void append(IncomingMessage message, byte[] octets) {
        assertThat(message.append(ByteBuffer.wrap(octets))).isEqualTo(Appended.TAKEN);
    }

    private CompletableFuture<Outcome> store(IncomingMessage message, byte[] octets) {
        // In uneven pieces, as a network brings them.
        for (int at = 0; at < octets.length; at += 7_777) {
            append(message, java.util.Arrays.copyOfRange(octets, at, Math.min(octets.length, at + 7_777)));
        }
        return message.store(envelope()).subscribeAsCompletionStage();
    }

    private ProducerRecord<byte[], byte[]> onlyQueueRecord() {
        await().until(() -> queueProducer.history().size() == 1);
        return queueProducer.history().getFirst();
    }

    /** The mock counts offsets in the order of its history; all records go to its one partition. */
    private ProducerRecord<byte[], byte[]> at(ContentChunk chunk) {
        return contentProducer.history().get(Math.toIntExact(chunk.offset()));
    }

    private static void acknowledge(MockProducer<byte[], byte[]> producer) {
        while (producer.completeNext()) {
            // All that wait.
        }
    }

    private static Envelope envelope(ProducerRecord<byte[], byte[]> record) {
        return WireJson.read(record.headers().lastHeader(Envelope.HEADER).value(), Envelope.class);
    }

    private static Envelope envelope() {
        return new Envelope(
                Envelope.VERSION,
                ID,
                Instant.EPOCH,
                "a@partner.example",
                List.of(),
                null,
                false,
                null,
                0,
                Optional.empty(),
                Optional.empty(),
                Upstream.GATEWAY,
                List.of(),
                List.of());
    }

    private static byte[] random(int length) {
        byte[] octets = new byte[length];
        new Random(length).nextBytes(octets);
        return octets;
    }

    /** Copies what it is given, as a producer does: the queue uses its arrays again. */
    private static MockProducer<byte[], byte[]> producer() {
        return new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer()) {
            @Override
            public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
                return super.send(
                        new ProducerRecord<>(
                                record.topic(),
                                record.partition(),
                                record.timestamp(),
                                record.key(),
                                record.value().clone(),
                                record.headers()),
                        callback);
            }
        };
    }
}
