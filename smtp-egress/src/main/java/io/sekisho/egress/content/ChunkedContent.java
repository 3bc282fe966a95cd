package io.sekisho.egress.content;

import io.sekisho.egress.delivery.ContentUnavailable;
import io.sekisho.egress.delivery.MessageContent;
import io.sekisho.mail.envelope.ContentChunk;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A message in parts in Kafka; each part is checked against its length and SHA-256 whenever it is read. */
public final class ChunkedContent implements MessageContent {

    private final List<ContentChunk> chunks;
    private final ChunkReader reader;

    public ChunkedContent(List<ContentChunk> chunks, ChunkReader reader) {
        this.chunks = List.copyOf(chunks);
        this.reader = reader;
    }

    @Override
    public long size() {
        return chunks.stream().mapToLong(ContentChunk::length).sum();
    }

    @Override
    public int parts() {
        return chunks.size();
    }

    @Override
    public Uni<Buffer> part(int index) {
        ContentChunk chunk = chunks.get(index);
        return reader.read(chunk).flatMap(bytes -> checked(index, chunk, bytes));
    }

    private Uni<Buffer> checked(int index, ContentChunk chunk, byte[] bytes) {
        if (bytes.length != chunk.length()) {
            return lost(index, "has " + bytes.length + " octets, not " + chunk.length());
        }
        if (!sha256(bytes).equals(chunk.sha256())) {
            return lost(index, "differs from what was received");
        }
        return Uni.createFrom().item(Buffer.buffer(bytes));
    }

    private Uni<Buffer> lost(int index, String how) {
        return Uni.createFrom()
                .failure(new ContentUnavailable("part " + (index + 1) + " of " + chunks.size() + " " + how));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has SHA-256", impossible);
        }
    }
}
