package io.sekisho.egress.content;

import io.sekisho.mail.envelope.ContentChunk;
import io.smallrye.mutiny.Uni;

/** Reads a part of a message by where it stands. */
@FunctionalInterface
public interface ChunkReader {

    /**
     * Reads it when subscribed to; the bytes are not checked.
     *
     * <p>Fails with {@link io.sekisho.egress.delivery.ContentUnavailable} where nothing stands there (any more), with
     * anything else where it could not be read now.
     */
    Uni<byte[]> read(ContentChunk chunk);
}
