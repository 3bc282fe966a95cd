package io.sekisho.smtp.command;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The values of the parameters about delivery reports (RFC 3461 §4). */
final class DsnSyntax {

    /** RFC 3461 §4.4. */
    static final int LONGEST_ENVID = 100;

    /** RFC 3461 §4.2. */
    static final int LONGEST_ORCPT = 500;

    private static final Set<String> EVENTS = Set.of("SUCCESS", "FAILURE", "DELAY");
    private static final Pattern ADDRESS_TYPE = Pattern.compile("[A-Za-z0-9-]+");

    private DsnSyntax() {}

    /** RFC 3461 §4.1: NEVER alone, or a list of events, here each once; in upper case. */
    static boolean isNotify(String value) {
        List<String> keywords = Arrays.asList(value.split(",", -1));
        boolean events = EVENTS.containsAll(keywords) && new HashSet<>(keywords).size() == keywords.size();
        return events || value.equals("NEVER");
    }

    /** RFC 3461 §4.4: xtext of printable characters. */
    static boolean isEnvelopeId(String value) {
        return value.length() <= LONGEST_ENVID && isPrintable(Xtext.decode(value));
    }

    /** RFC 3461 §4.2: type, semicolon, xtext. The type utf-8 may have characters beyond ASCII too (RFC 6533 §3). */
    static boolean isOriginalRecipient(String value) {
        int semicolon = value.indexOf(';');
        if (semicolon < 0 || semicolon == value.length() - 1 || value.length() > LONGEST_ORCPT) {
            return false;
        }
        String type = value.substring(0, semicolon);
        String address = value.substring(semicolon + 1);
        String encoded = type.equalsIgnoreCase("utf-8") ? withoutCharactersBeyondAscii(address) : address;
        return ADDRESS_TYPE.matcher(type).matches() && isPrintable(Xtext.decode(encoded));
    }

    private static String withoutCharactersBeyondAscii(String text) {
        StringBuilder ascii = new StringBuilder(text.length());
        text.chars().filter(c -> !isBeyondAscii(c)).forEach(c -> ascii.append((char) c));
        return ascii.toString();
    }

    private static boolean isBeyondAscii(int c) {
        return c >= 0xa0 && c != 0x2028 && c != 0x2029;
    }

    // A report shows these values in header fields, which no value may end.
    private static boolean isPrintable(Optional<String> decoded) {
        return decoded.isPresent() && decoded.get().chars().noneMatch(Character::isISOControl);
    }
}
