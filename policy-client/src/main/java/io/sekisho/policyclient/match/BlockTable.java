package io.sekisho.policyclient.match;

import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.address.IpNetwork;
import java.util.Map;

/**
 * Values by blocks of one prefix length: a hash table with open addressing whose keys are the addresses' own bits.
 *
 * <p>Thread safety: immutable.
 */
final class BlockTable<V> {

    private final int bits;

    /** Two for each place: the upper and the lower half of the block's first address. */
    private final long[] bases;

    private final Object[] values;

    /** @param bits the prefix length, 0 to 128 */
    BlockTable(int bits, Map<IpAddress, V> byBase) {
        this.bits = bits;
        int places = places(byBase.size());
        bases = new long[2 * places];
        values = new Object[places];
        byBase.forEach((base, value) -> {
            int place = place(base.high(), base.low());
            bases[2 * place] = base.high();
            bases[2 * place + 1] = base.low();
            values[place] = value;
        });
    }

    int bits() {
        return bits;
    }

    /** The value of the block that holds the address, or null. */
    @SuppressWarnings("unchecked") // Only values of this type were put in.
    V holding(IpAddress address) {
        return (V) values[place(IpNetwork.highOf(address, bits), IpNetwork.lowOf(address, bits))];
    }

    /** Where the block is, or would be. */
    private int place(long high, long low) {
        int mask = values.length - 1;
        // The multiplier of Fibonacci hashing; the upper bits are the mixed ones.
        long mixed = (high * 31 + low) * 0x9E37_79B9_7F4A_7C15L;
        int place = (int) (mixed >>> 33) & mask;
        while (values[place] != null && (bases[2 * place] != high || bases[2 * place + 1] != low)) {
            place = (place + 1) & mask;
        }
        return place;
    }

    /** A power of two, at most two thirds of which are used. */
    static int places(int entries) {
        return Integer.highestOneBit(Math.max(1, entries + entries / 2)) << 1;
    }
}
