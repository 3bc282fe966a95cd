package io.sekisho.egress.dsn;

/** What every server takes as it is (RFC 2045 §2.7). */
final class SevenBit {

    private static final int LONGEST_LINE = 998;

    private SevenBit() {}

    /** Whether these bytes are 7-bit text: neither NUL nor more than ASCII, in lines of at most 998 octets. */
    static boolean holds(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return false;
            }
        }
        return hasLines(bytes);
    }

    /** Whether these bytes are lines of at most 998 octets without NUL: what 8BITMIME servers take as it is (RFC 6152). */
    static boolean hasLines(byte[] bytes) {
        int line = 0;
        for (byte b : bytes) {
            if (b == 0) {
                return false;
            }
            line = b == '\n' ? 0 : line + 1;
            // One more for the CR.
            if (line > LONGEST_LINE + 1) {
                return false;
            }
        }
        return true;
    }
}
