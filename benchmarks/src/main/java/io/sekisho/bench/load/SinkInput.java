package io.sekisho.bench.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What a client of {@link SmtpSink} sends, read in large pieces: the sink must not be what is measured. Not thread safe. */
final class SinkInput {

    private static final byte[] END = LoadMessage.ascii("\r\n.\r\n");

    private final InputStream stream;
    private final byte[] buffer = new byte[64 * 1024];
    private int next;
    private int limit;

    SinkInput(InputStream stream) {
        this.stream = stream;
    }

    /** Whether nothing more has come yet. */
    boolean isEmpty() throws IOException {
        return next == limit && stream.available() == 0;
    }

    /** A command without its LF; empty at the end of the connection. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (fill()) {
            int from = next;
            while (next < limit && buffer[next] != '\n') {
                next++;
            }
            line.append(new String(buffer, from, next - from, StandardCharsets.ISO_8859_1));
            if (next < limit) {
                next++;
                return line.toString();
            }
        }
        return "";
    }

    /** Up to and with the final dot. */
    void skipContent() throws IOException {
        // DATA's own CRLF counts.
        int matched = 2;
        while (matched < END.length) {
            if (!fill()) {
                throw new IOException("the content has no end");
            }
            while (next < limit && matched < END.length) {
                byte octet = buffer[next++];
                matched = octet == END[matched] ? matched + 1 : octet == '\r' ? 1 : 0;
            }
        }
    }

    private boolean fill() throws IOException {
        if (next == limit) {
            next = 0;
            limit = Math.max(0, stream.read(buffer));
        }
        return limit > 0;
    }
}
