package io.sekisho.mail.address;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A block of addresses in CIDR notation (RFC 4632, RFC 4291); a single address is a block of full length.
 *
 * @param base the first address; all bits behind the prefix are zero
 * @param bits the prefix length in the 128-bit space, 0 to 128; an IPv4 {@code /24} has 120
 */
public record IpNetwork(IpAddress base, int bits) {

    private static final int V4_OFFSET = 96;

    /** Refuses a block with host bits set. */
    public IpNetwork {
        if (bits < 0 || bits > 128) {
            throw new IllegalArgumentException("a prefix length is 0 to 32 for IPv4 and 0 to 128 for IPv6");
        }
        if (!mask(base, bits).equals(base)) {
            throw new IllegalArgumentException("'" + text(base, bits) + "' has host bits set; did you mean '"
                    + text(mask(base, bits), bits) + "'?");
        }
    }

    /**
     * Reads {@code 192.0.2.0/24}, {@code 2001:db8::/32}, or an address alone.
     *
     * @throws IllegalArgumentException where the text is no block, or has host bits set (then the corrected form is
     *     in the message)
     */
    @JsonCreator
    public static IpNetwork parse(String text) {
        int slash = text.indexOf('/');
        IpAddress address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        if (slash < 0) {
            return new IpNetwork(address, 128);
        }
        String length = text.substring(slash + 1);
        // A leading zero or a sign is a typing mistake, not a length.
        boolean wellFormed = length.matches("0|[1-9][0-9]{0,2}");
        // "::ffff:192.0.2.0/120" is an IPv4 block spelled in IPv6: there the length counts from the left of 128 bits.
        boolean spelledV4 = address.isV4() && text.indexOf(':') < 0;
        int limit = spelledV4 ? 32 : 128;
        if (!wellFormed || Integer.parseInt(length) > limit) {
            throw new IllegalArgumentException("'" + text + "' is not a CIDR block: the length must be 0 to " + limit);
        }
        return new IpNetwork(address, Integer.parseInt(length) + (spelledV4 ? V4_OFFSET : 0));
    }

    public static IpNetwork of(IpAddress address) {
        return new IpNetwork(address, 128);
    }

    public boolean contains(IpAddress address) {
        return mask(address, bits).equals(base);
    }

    /** Whether every address of {@code other} is in this block too. */
    public boolean contains(IpNetwork other) {
        return other.bits >= bits && contains(other.base);
    }

    public boolean isV4() {
        return base.isV4() && bits >= V4_OFFSET;
    }

    /** The prefix length as people write it: 0 to 32 for IPv4, 0 to 128 for IPv6. */
    public int prefixLength() {
        return isV4() ? bits - V4_OFFSET : bits;
    }

    @Override
    @JsonValue
    public String toString() {
        return bits == 128 ? base.toString() : text(base, bits);
    }

    /** The first {@code bits} bits of an address, the others zero. */
    public static IpAddress mask(IpAddress address, int bits) {
        return new IpAddress(highOf(address, bits), lowOf(address, bits));
    }

    /** The upper half of {@link #mask}, without an object. */
    public static long highOf(IpAddress address, int bits) {
        return bits >= 64 ? address.high() : bits == 0 ? 0 : address.high() & (-1L << (64 - bits));
    }

    /** The lower half of {@link #mask}, without an object. */
    public static long lowOf(IpAddress address, int bits) {
        return bits <= 64 ? 0 : bits == 128 ? address.low() : address.low() & (-1L << (128 - bits));
    }

    private static String text(IpAddress base, int bits) {
        return base + "/" + (base.isV4() && bits >= V4_OFFSET ? bits - V4_OFFSET : bits);
    }
}
