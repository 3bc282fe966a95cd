package io.sekisho.policyclient.match;

import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.address.IpNetwork;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Values found by the blocks that hold an address, longest prefix first: one hash table per prefix length in use, so
 * that a look-up costs as many probes as there are lengths, however many blocks there are.
 *
 * <p>Thread safety: immutable after {@link Builder#build}.
 */
final class AddressRules<V> {

    private final List<Level<V>> levels;

    private AddressRules(List<Level<V>> levels) {
        this.levels = levels;
    }

    /** The value of the longest prefix that holds the address. */
    Optional<V> longest(IpAddress address) {
        for (Level<V> level : levels) {
            V value = level.byBase.get(IpNetwork.mask(address, level.bits));
            if (value != null) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /** The values of all blocks that hold the address, longest prefix first. */
    List<V> all(IpAddress address) {
        List<V> found = new ArrayList<>();
        for (Level<V> level : levels) {
            V value = level.byBase.get(IpNetwork.mask(address, level.bits));
            if (value != null) {
                found.add(value);
            }
        }
        return found;
    }

    private record Level<V>(int bits, Map<IpAddress, V> byBase) {}

    /** Collects the blocks; not for use by several threads. */
    static final class Builder<V> {
        private final Map<Integer, Map<IpAddress, V>> byLength = new HashMap<>();

        /** Adds a block; of two values for the same block the first stays. */
        void add(IpNetwork network, V value) {
            byLength.computeIfAbsent(network.bits(), bits -> new HashMap<>()).putIfAbsent(network.base(), value);
        }

        AddressRules<V> build() {
            List<Level<V>> levels = new ArrayList<>();
            byLength.forEach((bits, byBase) -> levels.add(new Level<>(bits, Map.copyOf(byBase))));
            levels.sort(Comparator.comparingInt((Level<V> level) -> level.bits).reversed());
            return new AddressRules<>(List.copyOf(levels));
        }
    }
}
