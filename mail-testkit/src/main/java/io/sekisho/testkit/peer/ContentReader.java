package io.sekisho.testkit.peer;

import io.sekisho.testkit.peer.ContentKeeper.Kept;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads content up to {@code CR LF . CR LF} and removes transparency dots (RFC 5321 §4.5.2). Written independently of
 * the gateway's own codec, on purpose.
 */
final class ContentReader {

    private static final int CRLF = 0x0d0a;

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
        try (ContentKeeper keeper = new ContentKeeper(directory)) {
            // The last two octets seen: enough to recognise a dot that begins a line. DATA's own CRLF counts.
            int seen = CRLF;
            while (keeper.octets() < closeAfter) {
                int octet = input.readOrFail();
                if (octet == '.' && seen == CRLF) {
                    octet = input.readOrFail();
                    seen = '.';
                    if (octet == '\r') {
                        octet = input.readOrFail();
                        if (octet == '\n') {
                            return Optional.of(keeper.keep());
                        }
                        keeper.add('\r');
                        seen = '\r';
                    }
                }
                keeper.add(octet);
                seen = ((seen << 8) | octet) & 0xffff;
            }
            return Optional.empty();
        }
    }
}
