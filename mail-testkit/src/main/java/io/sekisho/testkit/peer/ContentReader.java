package io.sekisho.testkit.peer;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Reads content up to {@code CR LF . CR LF}, removes transparency dots, keeps and digests the octets. Written
 * independently of the gateway's own codec, on purpose.
 */
final class ContentReader {

    /** Content as kept. */
    record Kept(RecordedMessage.Content content, long octets, String sha256) {}

    private final WireInput input;
    private final Optional<Path> directory;

    ContentReader(WireInput input, Optional<Path> directory) {
        this.input = input;
        this.directory = directory;
    }

    /**
     * Reads one message.
     *
     * @param closeAfter octets of content after which to stop
     * @return empty if it stopped there
     */
    Optional<Kept> read(long closeAfter) throws IOException {
        MessageDigest digest = sha256();
        Path file = directory.isPresent() ? Files.createTempFile(directory.get(), "message-", ".eml") : null;
        ByteArrayOutputStream memory = new ByteArrayOutputStream();
        long octets = 0;
        try (OutputStream out = file == null ? memory : new BufferedOutputStream(Files.newOutputStream(file))) {
            // The last octets seen, newest lowest: enough to recognise CR LF before a dot. DATA's own CRLF counts.
            int seen = 0x0d0a;
            while (true) {
                int octet = next();
                if (octet == '.' && seen == 0x0d0a) {
                    int second = next();
                    if (second == '\r') {
                        int third = next();
                        if (third == '\n') {
                            break;
                        }
                        write(out, digest, '\r');
                        write(out, digest, third);
                        octets += 2;
                        seen = 0x0d00 | third;
                        continue;
                    }
                    octet = second;
                    seen = '.';
                }
                write(out, digest, octet);
                octets++;
                seen = (seen << 8 | octet) & 0xffff;
                if (octets >= closeAfter) {
                    return Optional.empty();
                }
            }
        }
        byte[] held = memory.toByteArray();
        RecordedMessage.Content content =
                file == null ? () -> new ByteArrayInputStream(held) : () -> Files.newInputStream(file);
        return Optional.of(new Kept(content, octets, HexFormat.of().formatHex(digest.digest())));
    }

    private int next() throws IOException {
        int octet = input.read();
        if (octet < 0) {
            throw new EOFException("the client closed in the middle of the content");
        }
        return octet;
    }

    private static void write(OutputStream out, MessageDigest digest, int octet) throws IOException {
        out.write(octet);
        digest.update((byte) octet);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
