package io.sekisho.egress.dsn;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Text of a field that is more than ASCII (RFC 2047). */
final class EncodedWords {

    /** RFC 2047 §2: a word has at most 75 characters; 45 octets are 60 of base64. */
    private static final int OCTETS = 45;

    private EncodedWords() {}

    /** The text as it is where it is ASCII, else encoded words with a space between, each of whole characters. */
    static String of(String text) {
        if (SafeText.isAscii(text)) {
            return text;
        }
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        int octets = 0;
        for (int c : text.codePoints().toArray()) {
            int more = Character.toString(c).getBytes(StandardCharsets.UTF_8).length;
            if (octets + more > OCTETS) {
                words.add(word(word));
                word.setLength(0);
                octets = 0;
            }
            word.appendCodePoint(c);
            octets += more;
        }
        words.add(word(word));
        return String.join(" ", words);
    }

    private static String word(CharSequence text) {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(bytes) + "?=";
    }
}
