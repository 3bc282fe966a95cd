package io.sekisho.egress.content;

import io.sekisho.egress.queue.DurableProducer;
import io.sekisho.mail.envelope.ContentChunk;
import io.sekisho.mail.topic.Topics;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Puts the bytes of a message that must wait where they outlive its queue record.
 *
 * <p>Thread safety: may be called from any thread.
 */
@FunctionalInterface
public interface ContentWriter {

    /**
     * Writes when subscribed to; when the result arrives, the bytes are on all in-sync replicas.
     *
     * @param bytes at most the inline limit
     * @return where they stand
     */
    Uni<List<ContentChunk>> write(UUID message, byte[] bytes);

    /** Writes through a producer. */
    static ContentWriter through(DurableProducer producer, ContentTopic topic) {
        return (message, bytes) -> {
            byte[] key = (message + ":0").getBytes(StandardCharsets.US_ASCII);
            return topic.id()
                    .chain(id -> producer.send(new ProducerRecord<>(Topics.CONTENT, key, bytes))
                            .map(written -> List.of(new ContentChunk(
                                    id,
                                    written.partition(),
                                    written.offset(),
                                    bytes.length,
                                    ChunkedContent.sha256(bytes)))));
        };
    }
}
