package io.sekisho.tracking.delivery;

import java.nio.charset.StandardCharsets;

/** Text of strangers in the form in which PostgreSQL can hold it and an index stays small. */
final class StoredText {

    /** RFC 5322 §2.1.1: no line is longer; semantics.md §6 cuts the subject there. In octets of UTF-8. */
    static final int LONGEST_LINE = 998;

    private static final char REPLACEMENT = '\uFFFD';

    private StoredText() {}

    /** The text without NUL, which PostgreSQL's {@code text} cannot hold, and without halves of surrogate pairs. */
    static String of(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? REPLACEMENT : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    /** As {@link #of}, with at most {@link #LONGEST_LINE} octets, never half a character. */
    static String line(String text) {
        String clean = of(text);
        if (clean.length() <= LONGEST_LINE / 3) {
            return clean;
        }
        byte[] octets = clean.getBytes(StandardCharsets.UTF_8);
        if (octets.length <= LONGEST_LINE) {
            return clean;
        }
        int end = LONGEST_LINE;
        while ((octets[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(octets, 0, end, StandardCharsets.UTF_8);
    }
}
