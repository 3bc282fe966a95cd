package io.sekisho.smtp.proxy;

import io.sekisho.mail.address.IpAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One line of text: {@code PROXY TCP4 source destination sourcePort destinationPort} (proxy-protocol.txt §2.1). */
final class VersionOne {

    /** §2.1: the longest line, CRLF included. */
    private static final int LONGEST = 107;

    private static final byte[] BEGINNING = "PROXY ".getBytes(StandardCharsets.US_ASCII);
    private static final int FIELDS = 6;

    private VersionOne() {}

    /** Empty while it cannot be told. */
    static Optional<ProxyHeader> read(byte[] octets, int length) {
        if (length <= BEGINNING.length && octets[length - 1] != BEGINNING[length - 1]) {
            return malformed("no PROXY header");
        }
        if (octets[length - 1] != '\n') {
            return length < LONGEST ? Optional.empty() : malformed("the line does not end");
        }
        if (octets[length - 2] != '\r') {
            return malformed("the line ends with LF alone");
        }
        return Optional.of(line(new String(octets, 0, length - 2, StandardCharsets.ISO_8859_1)));
    }

    private static ProxyHeader line(String line) {
        String[] fields = line.split(" ", -1);
        if (fields[1].equals("UNKNOWN")) {
            // §2.1: whatever else stands in the line is to be ignored.
            return new ProxyHeader.Unnamed();
        }
        boolean v4 = fields[1].equals("TCP4");
        if (fields.length != FIELDS || !(v4 || fields[1].equals("TCP6"))) {
            return new ProxyHeader.Malformed("neither TCP4, TCP6 nor UNKNOWN");
        }
        try {
            IpAddress.parse(fields[3]);
            // An IPv4 address may come mapped in TCP6, and is then the IPv4 address.
            boolean rightFamily = v4 == (fields[2].indexOf(':') < 0);
            return rightFamily && isPort(fields[4]) && isPort(fields[5])
                    ? new ProxyHeader.Forwarded(IpAddress.parse(fields[2]))
                    : new ProxyHeader.Malformed("an address or port that is none");
        } catch (IllegalArgumentException noAddress) {
            return new ProxyHeader.Malformed("an address that is none");
        }
    }

    private static boolean isPort(String text) {
        return !text.isEmpty()
                && text.length() <= 5
                && text.chars().allMatch(c -> c >= '0' && c <= '9')
                && Integer.parseInt(text) <= 0xffff;
    }

    private static Optional<ProxyHeader> malformed(String reason) {
        return Optional.of(new ProxyHeader.Malformed(reason));
    }
}
