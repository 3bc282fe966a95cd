package io.sekisho.smtp.reply;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An enhanced mail system status code such as {@code 5.7.10} (RFC 3463 §2).
 *
 * @param statusClass 2 success, 4 persistent transient failure, 5 permanent failure
 * @param subject 0 to 999
 * @param detail 0 to 999
 */
public record EnhancedStatus(int statusClass, int subject, int detail) {

    // RFC 3463 §2: leading zeros are not allowed.
    private static final Pattern SYNTAX = Pattern.compile("([245])\\.(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,2})");

    public EnhancedStatus {
        if (statusClass != 2 && statusClass != 4 && statusClass != 5) {
            throw new IllegalArgumentException(
                    "class of an enhanced status is 2, 4 or 5 (RFC 3463 §2), not " + statusClass);
        }
        if (subject < 0 || subject > 999 || detail < 0 || detail > 999) {
            throw new IllegalArgumentException(
                    "subject and detail of an enhanced status are 0 to 999 (RFC 3463 §2), not " + subject + " and "
                            + detail);
        }
    }

    /** Reads exactly {@code class.subject.detail}; empty for anything else. */
    public static Optional<EnhancedStatus> parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new EnhancedStatus(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3))));
    }

    /**
     * Reads a status that the program itself wrote down.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public static EnhancedStatus of(String text) {
        return parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "not an enhanced status (class.subject.detail, RFC 3463 §2): " + text));
    }

    @Override
    public String toString() {
        return statusClass + "." + subject + "." + detail;
    }
}
