package io.sekisho.mail.address;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * An IP address as 128 bits; IPv4 addresses live in {@code ::ffff:0:0/96}, so {@code ::ffff:192.0.2.1} is
 * {@code 192.0.2.1}.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
public record IpAddress(long high, long low) {

    private static final long MAPPED = 0xffff_0000_0000L;
    private static final long LOW_32 = 0xffff_ffffL;

    /**
     * Reads an IPv4 or IPv6 literal, without brackets, zone or prefix length.
     *
     * @throws IllegalArgumentException where the text is no address
     */
    @JsonCreator
    public static IpAddress parse(String text) {
        if (text.indexOf('%') >= 0 || !InetAddresses.isInetAddress(text)) {
            throw new IllegalArgumentException("'" + text + "' is not an IP address");
        }
        return of(InetAddresses.forString(text));
    }

    /** The address of a socket's peer. */
    public static IpAddress of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return bytes.remaining() == 4
                ? new IpAddress(0, MAPPED | (bytes.getInt() & LOW_32))
                : new IpAddress(bytes.getLong(), bytes.getLong());
    }

    public boolean isV4() {
        return high == 0 && (low & ~LOW_32) == MAPPED;
    }

    /** The address for the socket interfaces; never looks anything up. */
    public InetAddress toInetAddress() {
        byte[] bytes = isV4()
                ? ByteBuffer.allocate(4).putInt((int) low).array()
                : ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new AssertionError("4 or 16 bytes are an address", impossible);
        }
    }

    @Override
    @JsonValue
    public String toString() {
        return InetAddresses.toAddrString(toInetAddress());
    }
}
