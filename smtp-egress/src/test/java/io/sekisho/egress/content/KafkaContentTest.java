package io.sekisho.egress.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekisho.egress.delivery.ContentUnavailable;
import io.sekisho.egress.queue.DurableProducer;
import io.sekisho.localstack.Infrastructure;
import io.sekisho.localstack.LocalStack;
import io.sekisho.localstack.Piece;
import io.sekisho.mail.envelope.ContentChunk;
import io.sekisho.mail.envelope.MessageIds;
import io.sekisho.mail.topic.Topics;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KafkaContentTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static Infrastructure stack;
    private static Admin admin;
    private static DurableProducer producer;
    private static KafkaChunkReader reader;
    private static ContentWriter writer;

    @BeforeAll
    static void start() {
        stack = LocalStack.start(EnumSet.of(Piece.KAFKA));
        admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()));
        ContentTopic topic = new ContentTopic(admin);
        producer = DurableProducer.ofMail(stack.bootstrapServers());
        reader = new KafkaChunkReader(stack.bootstrapServers(), topic);
        writer = ContentWriter.through(producer, topic);
    }

    @AfterAll
    static void stop() {
        reader.close();
        producer.close();
        admin.close();
        stack.close();
    }

    @Test
    void readsWhatItWroteInAnyOrder() {
        List<byte[]> messages = new ArrayList<>();
        List<Uni<List<ContentChunk>>> writes = new ArrayList<>();
        Random random = new Random(3);
        for (int i = 0; i < 60; i++) {
            byte[] message = new byte[random.nextInt(Topics.INLINE_LIMIT_BYTES)];
            random.nextBytes(message);
            messages.add(message);
            writes.add(writer.write(id(), message));
        }
        List<List<ContentChunk>> places = get(Uni.join().all(writes).andFailFast());
        List<Uni<byte[]>> reads = new ArrayList<>();
        for (int i = places.size() - 1; i >= 0; i--) {
            reads.add(new ChunkedContent(places.get(i), reader).part(0).map(buffer -> buffer.getBytes()));
        }
        List<byte[]> read = get(Uni.join().all(reads).andFailFast());
        for (int i = 0; i < messages.size(); i++) {
            assertThat(read.get(messages.size() - 1 - i)).isEqualTo(messages.get(i));
        }
    }

    @Test
    void keepsTheEmptyMessageAMessage() {
        List<ContentChunk> place = get(writer.write(id(), new byte[0]));
        assertThat(get(new ChunkedContent(place, reader).part(0)).length()).isZero();
    }

    @Test
    void refusesAPartThatDiffers() {
        ContentChunk there = get(writer.write(id(), new byte[] {1, 2, 3})).get(0);
        assertLost(new ContentChunk(there.topicId(), there.partition(), there.offset(), 3, "00"), "differs");
        assertLost(
                new ContentChunk(there.topicId(), there.partition(), there.offset(), 4, there.sha256()),
                "has 3 octets, not 4");
    }

    @Test
    void refusesAPartOfATopicThatWasMadeAnew() {
        ContentChunk there = get(writer.write(id(), new byte[] {1})).get(0);
        assertLost(
                new ContentChunk("AAAAAAAAAAAAAAAAAAAAAA", there.partition(), there.offset(), 1, there.sha256()),
                "made anew");
    }

    @Test
    void refusesAPartThatIsGone() throws Exception {
        ContentChunk there = get(writer.write(id(), new byte[] {1})).get(0);
        admin.deleteRecords(Map.of(
                        new TopicPartition(Topics.CONTENT, there.partition()),
                        RecordsToDelete.beforeOffset(there.offset() + 1)))
                .all()
                .get(20, TimeUnit.SECONDS);
        assertLost(there, "nothing stands at");
        assertLost(
                new ContentChunk(there.topicId(), there.partition(), there.offset() + 1_000_000, 1, there.sha256()),
                "nothing stands at");
        // The reader is of use afterwards.
        List<ContentChunk> next = get(writer.write(id(), new byte[] {7}));
        assertThat(get(new ChunkedContent(next, reader).part(0)).getBytes()).containsExactly(7);
    }

    private static void assertLost(ContentChunk chunk, String how) {
        // As the courier gets it, not wrapped.
        Throwable failure = get(new ChunkedContent(List.of(chunk), reader)
                .part(0)
                .map(any -> (Throwable) null)
                .onFailure()
                .recoverWithItem(lost -> lost));
        assertThat(failure).isInstanceOf(ContentUnavailable.class).hasMessageContaining(how);
        assertThatThrownBy(() -> get(new ChunkedContent(List.of(chunk), reader).part(0)))
                .isInstanceOf(CompletionException.class);
    }

    private static UUID id() {
        return MessageIds.at(Instant.now());
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(LIMIT);
    }
}
