package io.sekisho.testkit.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * One transaction that reached its final dot.
 *
 * @param mail the whole argument of MAIL, parameters included
 * @param reversePath without angle brackets; empty for the null path
 * @param forwardPaths those that were accepted, without angle brackets
 * @param octets length of the content
 * @param sha256 of the content, lower-case hexadecimal
 * @param reply the first line of the answer to the final dot; empty if the peer gave none
 */
public record RecordedMessage(
        String mail,
        String reversePath,
        List<String> forwardPaths,
        long octets,
        String sha256,
        Optional<RecordedTls> tls,
        String reply,
        Content content) {

    /** Where the octets are. */
    @FunctionalInterface
    public interface Content {
        InputStream open() throws IOException;
    }

    /** True if the peer took responsibility: it answered 2yz. */
    public boolean isAccepted() {
        return reply.startsWith("2");
    }

    /** The content exactly as sent, transparency dots removed. */
    public InputStream open() {
        try {
            return content.open();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The whole content in memory. */
    public byte[] bytes() {
        try (InputStream stream = open()) {
            return stream.readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The content as ISO 8859-1 text: one character per octet. */
    public String text() {
        return new String(bytes(), StandardCharsets.ISO_8859_1);
    }

    /** The first value of a header field, unfolded; empty if there is none. */
    public Optional<String> header(String name) {
        String prefix = "\r\n" + name.toLowerCase(java.util.Locale.ROOT) + ":";
        String text = "\r\n" + text();
        int end = text.indexOf("\r\n\r\n");
        String headers = end < 0 ? text : text.substring(0, end + 2);
        int at = headers.toLowerCase(java.util.Locale.ROOT).indexOf(prefix);
        if (at < 0) {
            return Optional.empty();
        }
        String value = (headers.substring(at + prefix.length()) + "\r\n").split("\r\n(?![ \t])", 2)[0];
        return Optional.of(value.replace("\r\n", "").strip());
    }
}
