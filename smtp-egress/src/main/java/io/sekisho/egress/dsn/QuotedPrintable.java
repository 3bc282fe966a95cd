package io.sekisho.egress.dsn;

/** The transfer encoding for header sections that hold more than ASCII (RFC 2045 §6.7). */
final class QuotedPrintable {

    private static final int LINE = 75;
    private static final String HEX = "0123456789ABCDEF";

    private QuotedPrintable() {}

    /** Encodes text whose lines end with CRLF; the line ends stay. */
    static String encode(byte[] bytes) {
        StringBuilder encoded = new StringBuilder();
        int column = 0;
        for (int i = 0; i < bytes.length; i++) {
            int b = bytes[i] & 0xff;
            if (b == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n') {
                encoded.append("\r\n");
                column = 0;
                i++;
                continue;
            }
            boolean lineEnds = i + 1 == bytes.length || bytes[i + 1] == '\r';
            boolean plain = (b > ' ' && b < 0x7f && b != '=') || ((b == ' ' || b == '\t') && !lineEnds);
            String piece = plain ? String.valueOf((char) b) : "=" + HEX.charAt(b >> 4) + HEX.charAt(b & 15);
            if (column + piece.length() > LINE) {
                encoded.append("=\r\n");
                column = 0;
            }
            encoded.append(piece);
            column += piece.length();
        }
        return encoded.toString();
    }
}
