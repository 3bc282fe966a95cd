package io.sekisho.smtp.command;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** The encoding of DSN parameters: printable US-ASCII with {@code +XX} for other octets (RFC 3461 §4). */
public final class Xtext {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Xtext() {}

    /** True if the text is well-formed xtext. */
    public static boolean isValid(String text) {
        return decode(text).isPresent();
    }

    /** The octets as Latin-1 characters; empty if the text is not well-formed xtext. */
    public static Optional<String> decode(String text) {
        StringBuilder decoded = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '+') {
                if (at + 2 >= text.length() || !isHex(text.charAt(at + 1)) || !isHex(text.charAt(at + 2))) {
                    return Optional.empty();
                }
                decoded.append((char) HexFormat.fromHexDigits(text, at + 1, at + 3));
                at += 2;
            } else if (c < '!' || c > '~' || c == '=') {
                return Optional.empty();
            } else {
                decoded.append(c);
            }
        }
        return Optional.of(decoded.toString());
    }

    /** Encodes the UTF-8 octets of a text. */
    public static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (octet < '!' || octet > '~' || octet == '=' || octet == '+') {
                encoded.append('+').append(HEX.toHexDigits(octet));
            } else {
                encoded.append((char) octet);
            }
        }
        return encoded.toString();
    }

    // RFC 3461 §4 has upper-case digits only; live clients send either.
    private static boolean isHex(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
    }
}
