package io.sekisho.smtp.path;

import java.nio.charset.StandardCharsets;

/** The syntax of local parts (RFC 5321 §4.1.2, widened by RFC 6531 §3.3). */
final class LocalPart {

    /** RFC 5321 §4.5.3.1.1. */
    private static final int MAX_OCTETS = 64;

    private static final String ATEXT_SYMBOLS = "!#$%&'*+-/=?^_`{|}~";

    private LocalPart() {}

    /** What is wrong with a local part; null if nothing is. */
    static PathFault fault(String text) {
        if (text.isEmpty()) {
            return PathFault.LOCAL_PART_MISSING;
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_OCTETS) {
            return PathFault.LOCAL_PART_TOO_LONG;
        }
        boolean wellFormed = text.startsWith("\"")
                ? text.length() > 1 && endOfQuoted(text, 0) == text.length()
                // Stricter than live addresses would be Dot-string itself: mobile operators in Japan gave out
                // "a..b@" and "a.@" for years, and other servers take them.
                : text.chars().allMatch(LocalPart::isDotStringCharacter);
        return wellFormed ? null : PathFault.LOCAL_PART_MALFORMED;
    }

    /** The index behind a quoted string's closing quote; -1 if there is none. */
    static int endOfQuoted(String text, int from) {
        for (int at = from + 1; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                return at + 1;
            }
            if (c == '\\') {
                at++;
                // quoted-pairSMTP: a backslash and any printable US-ASCII character.
                if (at == text.length() || text.charAt(at) < ' ' || text.charAt(at) > '~') {
                    return -1;
                }
            } else if (!(c >= ' ' && c <= '~') && !isBeyondAscii(c)) {
                return -1;
            }
        }
        return -1;
    }

    static boolean isDotStringCharacter(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || ATEXT_SYMBOLS.indexOf(c) >= 0
                || isBeyondAscii(c);
    }

    private static boolean isBeyondAscii(int c) {
        return c >= 0xa0 && c != 0x2028 && c != 0x2029;
    }
}
