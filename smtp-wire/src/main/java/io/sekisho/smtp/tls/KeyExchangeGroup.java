package io.sekisho.smtp.tls;

/** Names of key-exchange groups by their TLS code point (IANA registry "TLS Supported Groups"). */
final class KeyExchangeGroup {

    private KeyExchangeGroup() {}

    /** The usual name; for a code point not known here its number in hexadecimal. */
    static String name(int codePoint) {
        return switch (codePoint) {
            case 0x0017 -> "P-256";
            case 0x0018 -> "P-384";
            case 0x0019 -> "P-521";
            case 0x001d -> "X25519";
            case 0x001e -> "X448";
            case 0x0100 -> "ffdhe2048";
            case 0x0101 -> "ffdhe3072";
            case 0x0102 -> "ffdhe4096";
            case 0x11eb -> "SecP256r1MLKEM768";
            case 0x11ec -> "X25519MLKEM768";
            case 0x11ed -> "SecP384r1MLKEM1024";
            default -> String.format("0x%04x", codePoint);
        };
    }
}
