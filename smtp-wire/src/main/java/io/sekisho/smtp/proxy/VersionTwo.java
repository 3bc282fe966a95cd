package io.sekisho.smtp.proxy;

import io.sekisho.mail.address.IpAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Binary: signature, version and command, family and transport, length of the rest, addresses, and TLVs, which are skipped
 * (proxy-protocol.txt §2.2).
 */
final class VersionTwo {

    static final byte[] SIGNATURE = {0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a};

    private static final int FIXED = 16;
    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;
    private static final int UNSPECIFIED = 0x00;
    private static final int TCP_OVER_IPV4 = 0x11;
    private static final int TCP_OVER_IPV6 = 0x21;
    private static final int UNIX_STREAM = 0x31;

    private VersionTwo() {}

    /** Empty while it cannot be told. */
    static Optional<ProxyHeader> read(byte[] octets, int length) {
        if (length <= SIGNATURE.length) {
            return octets[length - 1] == SIGNATURE[length - 1] ? Optional.empty() : malformed("no PROXY header");
        }
        if (length < FIXED) {
            return Optional.empty();
        }
        int rest = (octets[14] & 0xff) << 8 | (octets[15] & 0xff);
        if (FIXED + rest > ProxyHeaderDecoder.LONGEST) {
            return malformed("a header of " + (FIXED + rest) + " octets");
        }
        return length < FIXED + rest ? Optional.empty() : Optional.of(whole(octets, rest));
    }

    private static ProxyHeader whole(byte[] octets, int rest) {
        return switch (octets[12] & 0xff) {
            // §2.2: whatever else stands in the header is to be ignored.
            case LOCAL -> new ProxyHeader.Unnamed();
            case PROXY -> forwarded(octets, rest);
            default -> new ProxyHeader.Malformed("neither PROXY nor LOCAL of version 2");
        };
    }

    private static ProxyHeader forwarded(byte[] octets, int rest) {
        return switch (octets[13] & 0xff) {
            case TCP_OVER_IPV4 -> client(octets, 4, rest);
            case TCP_OVER_IPV6 -> client(octets, 16, rest);
            case UNSPECIFIED, UNIX_STREAM -> new ProxyHeader.Unnamed();
            default -> new ProxyHeader.Malformed("a family or transport that is no TCP");
        };
    }

    private static ProxyHeader client(byte[] octets, int addressOctets, int rest) {
        // Two addresses and two ports.
        if (rest < 2 * addressOctets + 4) {
            return new ProxyHeader.Malformed("too short for its addresses");
        }
        try {
            byte[] source = Arrays.copyOfRange(octets, FIXED, FIXED + addressOctets);
            return new ProxyHeader.Forwarded(IpAddress.of(InetAddress.getByAddress(source)));
        } catch (UnknownHostException impossible) {
            throw new AssertionError("4 or 16 octets are an address", impossible);
        }
    }

    private static Optional<ProxyHeader> malformed(String reason) {
        return Optional.of(new ProxyHeader.Malformed(reason));
    }
}
