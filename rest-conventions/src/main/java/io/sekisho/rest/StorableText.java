package io.sekisho.rest;

import java.util.Optional;

/** Whether a text can be kept: PostgreSQL takes no U+0000, and half of a surrogate pair is no character that UTF-8 could carry. */
public final class StorableText {
    private StorableText() {}

    /** What is wrong with a text; empty where nothing is. */
    public static Optional<String> fault(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\0') {
                return Optional.of("must not hold the character U+0000");
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return Optional.of("must not hold half of a surrogate pair (U+"
                        + Integer.toHexString(c).toUpperCase(java.util.Locale.ROOT) + ")");
            }
        }
        return Optional.empty();
    }
}
