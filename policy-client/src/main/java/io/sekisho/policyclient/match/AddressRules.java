package io.sekisho.policyclient.match;

import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.address.IpNetwork;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Values found by the blocks that hold an address, longest prefix first: one hash table per prefix length in use, so
 * that a look-up costs as many probes as there are lengths, however many blocks there are. A look-up makes no objects.
 *
 * <p>Thread safety: immutable after {@link Builder#build}.
 */
final class AddressRules<V> {

    private final BlockTable<V>[] longestFirst;

    private AddressRules(BlockTable<V>[] longestFirst) {
        this.longestFirst = longestFirst;
    }

    /** The value of the longest prefix that holds the address, or null. */
    V longest(IpAddress address) {
        for (BlockTable<V> blocks : longestFirst) {
            V value = blocks.holding(address);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** The values of all blocks that hold the address, longest prefix first. */
    List<V> all(IpAddress address) {
        List<V> found = new ArrayList<>();
        for (BlockTable<V> blocks : longestFirst) {
            V value = blocks.holding(address);
            if (value != null) {
                found.add(value);
            }
        }
        return found;
    }

    /** Collects the blocks; not for use by several threads. */
    static final class Builder<V> {
        private final Map<Integer, Map<IpAddress, V>> byLength = new HashMap<>();

        /** Adds a block; of two values for the same block the first stays. */
        void add(IpNetwork network, V value) {
            byLength.computeIfAbsent(network.bits(), bits -> new HashMap<>()).putIfAbsent(network.base(), value);
        }

        AddressRules<V> build() {
            List<BlockTable<V>> tables = new ArrayList<>();
            byLength.forEach((bits, byBase) -> tables.add(new BlockTable<>(bits, byBase)));
            tables.sort(Comparator.comparingInt((BlockTable<V> table) -> table.bits())
                    .reversed());
            @SuppressWarnings({"unchecked", "rawtypes"}) // Nothing else is ever in it.
            BlockTable<V>[] array = tables.toArray(new BlockTable[0]);
            return new AddressRules<>(array);
        }
    }
}
