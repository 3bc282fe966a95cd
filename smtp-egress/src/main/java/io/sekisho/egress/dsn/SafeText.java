package io.sekisho.egress.dsn;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Keeps text of strangers on its line: nothing that a host or a sender said can begin a field or a part of its own. */
final class SafeText {

    /** RFC 5322 §2.1.1: a line should have 78 characters, and must not have more than 998. */
    private static final int LINE = 76;

    private static final int LONGEST = 900;

    private SafeText() {}

    /** One line of printable ASCII, at most 900 characters; what is not ASCII becomes {@code ?}. */
    static String oneLine(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints()
                .limit(LONGEST)
                .forEach(c -> safe.append(c >= ' ' && c < 0x7f ? (char) c : c < ' ' || c == 0x7f ? ' ' : '?'));
        return safe.toString().strip();
    }

    /** One line as {@link #oneLine}, with what is not ASCII in the {@code \x{…}} form of RFC 6533 §3. */
    static String addressLine(String address) {
        StringBuilder safe = new StringBuilder();
        address.codePoints().limit(LONGEST / 2).forEach(c -> {
            if (c > ' ' && c < 0x7f) {
                safe.append((char) c);
            } else if (c > 0x7f) {
                safe.append("\\x{")
                        .append(Integer.toHexString(c).toUpperCase(Locale.ROOT))
                        .append('}');
            } else {
                safe.append(' ');
            }
        });
        return safe.toString();
    }

    /** A field in lines of about 76 characters, broken at spaces only. */
    static String field(String name, String value) {
        StringBuilder folded = new StringBuilder();
        int column = name.length() + 1;
        folded.append(name).append(':');
        for (String word : words(value)) {
            if (column + word.length() + 1 > LINE && column > name.length() + 1) {
                folded.append("\r\n");
                column = 0;
            }
            folded.append(' ').append(word);
            column += word.length() + 1;
        }
        return folded.append("\r\n").toString();
    }

    /** For people: letters and digits of every script as they are, what could steer a screen in the form of RFC 6533 §3. */
    static String readableAddress(String address) {
        StringBuilder safe = new StringBuilder();
        address.codePoints()
                .limit(LONGEST / 2)
                .forEach(c -> safe.append(
                        Character.isLetterOrDigit(c) ? Character.toString(c) : addressLine(Character.toString(c))));
        return safe.toString();
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Decodes xtext (RFC 3461 §4); what is no xtext stays as it is. */
    static String decodeXtext(String xtext) {
        byte[] decoded = new byte[xtext.length()];
        int length = 0;
        for (int i = 0; i < xtext.length(); i++) {
            char c = xtext.charAt(i);
            if (c > 0x7e) {
                return xtext;
            }
            if (c == '+') {
                if (!xtext.substring(i + 1).matches("(?s)[0-9A-F]{2}.*")) {
                    return xtext;
                }
                decoded[length++] = (byte) Integer.parseInt(xtext.substring(i + 1, i + 3), 16);
                i += 2;
            } else {
                decoded[length++] = (byte) c;
            }
        }
        return new String(decoded, 0, length, StandardCharsets.UTF_8);
    }

    static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
