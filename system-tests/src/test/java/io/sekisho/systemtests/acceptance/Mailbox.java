package io.sekisho.systemtests.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Maildir into which Postfix puts all mail, one file for each recipient of a message, with LF line ends. */
record Mailbox(Path maildir) {

    /** What Postfix puts in front, and the gateway's one field. */
    private static final List<String> ADDED =
            List.of("return-path:", "x-original-to:", "delivered-to:", "received:", "received:");

    /**
     * One file of it.
     *
     * @param recipient of Delivered-To
     * @param whole with CRLF line ends, as it came over the wire
     * @param begin of what the sender wrote, in {@code whole}
     */
    // Never compared.
    @SuppressWarnings("ArrayRecordComponent")
    record Arrived(String recipient, byte[] whole, int begin) {}

    /** How many messages are there. */
    long count() throws IOException {
        Path arrived = maildir.resolve("new");
        if (!Files.isDirectory(arrived)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(arrived)) {
            return files.count();
        }
    }

    List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(maildir.resolve("new"))) {
            return files.toList();
        }
    }

    /**
     * Reads a file.
     *
     * @throws IllegalStateException if other fields stand in front than Postfix and the gateway add
     */
    static Arrived read(Path file) throws IOException {
        byte[] whole = withCrlf(Files.readAllBytes(file));
        String head = new String(whole, 0, Math.min(whole.length, 4_000), StandardCharsets.ISO_8859_1);
        String recipient = "";
        int at = 0;
        for (String name : ADDED) {
            if (!head.regionMatches(true, at, name, 0, name.length())) {
                throw new IllegalStateException("instead of " + name + " there stands: "
                        + head.substring(at, Math.min(head.length(), at + 80)));
            }
            int end = endOfField(head, at);
            if (name.equals("delivered-to:")) {
                recipient = head.substring(at + name.length(), end).strip();
            }
            at = end;
        }
        return new Arrived(recipient, whole, at);
    }

    private static int endOfField(String head, int from) {
        int end = head.indexOf("\r\n", from) + 2;
        while (head.charAt(end) == ' ' || head.charAt(end) == '\t') {
            end = head.indexOf("\r\n", end) + 2;
        }
        return end;
    }

    private static byte[] withCrlf(byte[] lines) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream(lines.length + lines.length / 50 + 100);
        for (byte octet : lines) {
            if (octet == '\n') {
                whole.write('\r');
            }
            whole.write(octet);
        }
        return whole.toByteArray();
    }
}
