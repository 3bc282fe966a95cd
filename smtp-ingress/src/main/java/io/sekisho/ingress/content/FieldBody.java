package io.sekisho.ingress.content;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The unfolded body of one header field, kept up to 998 octets. */
final class FieldBody {

    /** The longest line that RFC 5322 §2.1.1 permits. */
    static final int LONGEST = 998;

    private final ByteArrayOutputStream octets = new ByteArrayOutputStream(128);

    void append(byte octet) {
        boolean leading = octets.size() == 0 && (octet == ' ' || octet == '\t');
        if (!leading && octets.size() < LONGEST) {
            octets.write(octet);
        }
    }

    /** The body as text: what is no UTF-8, and control characters, which no database or log should meet, replaced. */
    String text() {
        byte[] all = octets.toByteArray();
        String text = new String(all, 0, wholeCharacters(all), StandardCharsets.UTF_8);
        StringBuilder cleaned = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            cleaned.append(c == '\t' ? ' ' : Character.isISOControl(c) ? '\ufffd' : c);
        }
        return cleaned.toString().stripTrailing();
    }

    // The cut may fall into a UTF-8 sequence: its beginning is left out then.
    private static int wholeCharacters(byte[] octets) {
        int end = octets.length;
        if (end < LONGEST) {
            return end;
        }
        int lead = end - 1;
        while (lead > end - 4 && (octets[lead] & 0xc0) == 0x80) {
            lead--;
        }
        int first = octets[lead] & 0xff;
        int needed = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
        return lead + needed > end ? lead : end;
    }
}
