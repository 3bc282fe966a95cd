package io.sekisho.testkit.fault;

import java.nio.charset.StandardCharsets;

/** Overwrites the keyword STARTTLS with X wherever it appears, also across pieces up to the point already sent. */
final class StartTlsStripper {

    private static final byte[] KEYWORD = "STARTTLS".getBytes(StandardCharsets.US_ASCII);

    private int matched;

    void strip(byte[] octets, int length) {
        for (int at = 0; at < length; at++) {
            if ((octets[at] & 0xdf) == KEYWORD[matched]) {
                matched++;
            } else {
                matched = (octets[at] & 0xdf) == KEYWORD[0] ? 1 : 0;
            }
            // The last letter is enough to make it another keyword, and is the only one that cannot have gone yet.
            if (matched == KEYWORD.length) {
                octets[at] = 'X';
                matched = 0;
            }
        }
    }
}
