package io.sekisho.egress.attempt;

import io.sekisho.egress.content.ChunkReader;
import io.sekisho.egress.content.ChunkedContent;
import io.sekisho.egress.content.ContentWriter;
import io.sekisho.egress.content.InlineContent;
import io.sekisho.egress.delivery.MessageContent;
import io.sekisho.mail.envelope.Envelope;
import io.smallrye.mutiny.Uni;

/**
 * The bytes of a message in hand. An inline one is written to the content topic when the first of its recipients must
 * wait, once, and is then no longer held in memory.
 *
 * <p>Thread safety: all methods.
 */
final class Body {

    private final Uni<Envelope> stored;
    private volatile MessageContent content;

    private Body(MessageContent content, Uni<Envelope> stored) {
        this.content = content;
        this.stored = stored;
    }

    /** A message that is in the content topic already. */
    static Body stored(Envelope envelope, ChunkReader reader) {
        return new Body(
                new ChunkedContent(envelope.chunks(), reader), Uni.createFrom().item(envelope));
    }

    /**
     * A message that came with its queue record.
     *
     * @param whenGone run when the bytes are no longer in memory
     */
    static Body inline(Envelope envelope, byte[] bytes, ContentWriter writer, ChunkReader reader, Runnable whenGone) {
        return new Body(envelope, bytes, writer, reader, whenGone);
    }

    private Body(Envelope envelope, byte[] bytes, ContentWriter writer, ChunkReader reader, Runnable whenGone) {
        content = new InlineContent(bytes);
        stored = Patience.until("content", () -> writer.write(envelope.id(), inline()))
                .map(envelope::withChunks)
                .invoke(now -> {
                    content = new ChunkedContent(now.chunks(), reader);
                    whenGone.run();
                })
                .memoize()
                .indefinitely();
    }

    private byte[] inline() {
        return content instanceof InlineContent bytes ? bytes.bytes() : new byte[0];
    }

    MessageContent content() {
        return content;
    }

    /** The envelope with the places of the content, which is there when the result arrives. */
    Uni<Envelope> stored() {
        return stored;
    }
}
