package io.sekisho.testkit.peer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Keeps and digests the octets of one message, in memory or in a file. Octet by octet, but without a lock for each. */
final class ContentKeeper implements AutoCloseable {

    /** Content as kept. */
    record Kept(RecordedMessage.Content content, long octets, String sha256) {}

    private final byte[] piece = new byte[64 * 1024];
    private final MessageDigest digest = sha256();
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private final Path file;
    private final OutputStream sink;
    private int filled;
    private long octets;

    ContentKeeper(Optional<Path> directory) throws IOException {
        file = directory.isPresent() ? Files.createTempFile(directory.get(), "message-", ".eml") : null;
        sink = file == null ? memory : Files.newOutputStream(file);
    }

    void add(int octet) throws IOException {
        if (filled == piece.length) {
            store();
        }
        piece[filled++] = (byte) octet;
        octets++;
    }

    long octets() {
        return octets;
    }

    /** Ends the message. */
    Kept keep() throws IOException {
        store();
        sink.close();
        return new Kept(content(), octets, HexFormat.of().formatHex(digest.digest()));
    }

    private RecordedMessage.Content content() {
        if (file != null) {
            return () -> Files.newInputStream(file);
        }
        byte[] held = memory.toByteArray();
        return () -> new ByteArrayInputStream(held);
    }

    private void store() throws IOException {
        sink.write(piece, 0, filled);
        digest.update(piece, 0, filled);
        filled = 0;
    }

    @Override
    public void close() throws IOException {
        sink.close();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
