package io.sekisho.mail.address;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.ibm.icu.text.IDNA;
import java.util.Locale;
import java.util.Optional;

/**
 * A domain name as it is stored and compared: lower-case A-labels without a trailing dot (RFC 5890, UTS #46).
 *
 * @param ascii at most 253 octets, labels of 1 to 63 letters, digits, hyphens or underscores
 */
public record DomainName(@JsonValue String ascii) implements Comparable<DomainName> {

    private static final IDNA UTS46 = IDNA.getUTS46Instance(
            IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.NONTRANSITIONAL_TO_UNICODE | IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ);

    /** Refuses what {@link #parse} would not have returned. */
    public DomainName {
        String fault = fault(ascii);
        if (fault != null) {
            throw new IllegalArgumentException("'" + ascii + "' is not a domain name: " + fault);
        }
    }

    /**
     * Reads a domain in any spelling: upper or lower case, U-labels or A-labels, with or without the trailing dot.
     *
     * @throws IllegalArgumentException with the reason, where the text is no domain name
     */
    @JsonCreator
    public static DomainName parse(String text) {
        String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        return new DomainName(isAscii(name) ? name.toLowerCase(Locale.ROOT) : toAscii(name));
    }

    /** As {@link #parse}, with a text that is no domain name as the empty value. */
    public static Optional<DomainName> tryParse(String text) {
        try {
            return Optional.of(parse(text));
        } catch (IllegalArgumentException noDomain) {
            return Optional.empty();
        }
    }

    /** The domain one label up, empty for a top-level domain. */
    public Optional<DomainName> parent() {
        int dot = ascii.indexOf('.');
        return dot < 0 ? Optional.empty() : Optional.of(new DomainName(ascii.substring(dot + 1)));
    }

    /** Whether this is a subdomain of {@code apex}, at any depth; a domain is no subdomain of itself. */
    public boolean isBelow(DomainName apex) {
        int start = ascii.length() - apex.ascii.length();
        return start > 1 && ascii.charAt(start - 1) == '.' && ascii.endsWith(apex.ascii);
    }

    /** The name in U-labels, for people. */
    public String unicode() {
        return UTS46.nameToUnicode(ascii, new StringBuilder(), new IDNA.Info()).toString();
    }

    @Override
    public int compareTo(DomainName other) {
        return ascii.compareTo(other.ascii);
    }

    @Override
    public String toString() {
        return ascii;
    }

    private static String toAscii(String name) {
        IDNA.Info info = new IDNA.Info();
        StringBuilder result = new StringBuilder();
        UTS46.nameToASCII(name, result, info);
        if (info.hasErrors()) {
            throw new IllegalArgumentException("'" + name + "' is not a domain name: " + info.getErrors());
        }
        return result.toString().toLowerCase(Locale.ROOT);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static String fault(String name) {
        if (name.isEmpty() || name.length() > 253) {
            return "it must have 1 to 253 octets";
        }
        String[] labels = name.split("\\.", -1);
        for (String label : labels) {
            if (label.isEmpty() || label.length() > 63) {
                return "each label must have 1 to 63 octets";
            }
            if (label.startsWith("-") || label.endsWith("-")) {
                return "label '" + label + "' begins or ends with a hyphen";
            }
            if (!label.chars().allMatch(DomainName::isLabelCharacter)) {
                return "label '" + label + "' has a character other than letter, digit, hyphen";
            }
        }
        String top = labels[labels.length - 1];
        return top.chars().allMatch(c -> c >= '0' && c <= '9') ? "a top-level label is never a number" : null;
    }

    private static boolean isLabelCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }
}
