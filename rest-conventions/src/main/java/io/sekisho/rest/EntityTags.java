package io.sekisho.rest;

import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The value of {@code If-Match} or {@code If-None-Match} (RFC 9110 §13.1.1, §13.1.2).
 *
 * @param any {@code *}: whatever there is
 * @param opaque the opaque parts of the strong tags
 * @param weak those of the weak ones
 */
record EntityTags(boolean any, Set<String> opaque, Set<String> weak) {
    // RFC 9110 §8.8.3: etagc = %x21 / %x23-7E / obs-text
    private static final Pattern TAG = Pattern.compile("(W/)?\"([\\x21\\x23-\\x7e\\x80-\\xff]*)\"");
    private static final Pattern LIST = Pattern.compile("\\s*" + TAG + "(\\s*,\\s*" + TAG + ")*\\s*");

    /**
     * Reads the value of a header.
     *
     * @throws Refusal 400, naming the header
     */
    static Optional<EntityTags> parse(String header, String value) {
        if (value == null) {
            return Optional.empty();
        }
        if (value.strip().equals("*")) {
            return Optional.of(new EntityTags(true, Set.of(), Set.of()));
        }
        if (!LIST.matcher(value).matches()) {
            throw Refusal.badRequest(header, "must be * or the value of an ETag header, with its quotation marks");
        }
        return Optional.of(new EntityTags(false, tags(value, Strength.STRONG), tags(value, Strength.WEAK)));
    }

    private enum Strength {
        STRONG,
        WEAK
    }

    private static Set<String> tags(String value, Strength strength) {
        return TAG.matcher(value)
                .results()
                .filter(tag -> (tag.group(1) == null) == (strength == Strength.STRONG))
                .map((MatchResult tag) -> tag.group(2))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** RFC 9110 §13.1.1: If-Match compares strongly, so a weak tag never matches. */
    boolean matchesStrongly(String current) {
        return any || opaque.contains(current);
    }

    /** RFC 9110 §13.1.2: If-None-Match compares weakly. */
    boolean matchesWeakly(String current) {
        return any || opaque.contains(current) || weak.contains(current);
    }
}
