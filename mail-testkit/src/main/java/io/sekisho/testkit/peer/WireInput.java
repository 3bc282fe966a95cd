package io.sekisho.testkit.peer;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Buffered octets from the client. Not thread safe. */
final class WireInput {

    private static final int MAX_LINE = 64 * 1024;

    private final InputStream stream;
    private final byte[] buffer = new byte[64 * 1024];
    private int next;
    private int limit;

    WireInput(InputStream stream) {
        this.stream = stream;
    }

    /** The next octet, or -1 at the end of the stream. */
    int read() throws IOException {
        if (next == limit) {
            next = 0;
            limit = Math.max(0, stream.read(buffer));
            if (limit == 0) {
                return -1;
            }
        }
        return buffer[next++] & 0xff;
    }

    /** The next octet of content. */
    int readOrFail() throws IOException {
        int octet = read();
        if (octet < 0) {
            throw new EOFException("the client closed in the middle of the content");
        }
        return octet;
    }

    /** A line without its end (CRLF or LF), or null at the end of the stream. */
    String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int octet = read();
            if (octet < 0) {
                if (line.size() > 0) {
                    throw new EOFException("the client closed in the middle of a line");
                }
                return null;
            }
            if (octet == '\n') {
                String text = line.toString(StandardCharsets.UTF_8);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
            if (line.size() == MAX_LINE) {
                throw new IOException("the client sent a command line over " + MAX_LINE + " octets");
            }
            line.write(octet);
        }
    }

    /** What has been read from the socket and not yet used. */
    byte[] takeBuffered() {
        byte[] rest = java.util.Arrays.copyOfRange(buffer, next, limit);
        next = limit;
        return rest;
    }

    /** Reads and discards until the client closes. */
    void drain() throws IOException {
        while (read() >= 0) {
            next = limit;
        }
    }
}
