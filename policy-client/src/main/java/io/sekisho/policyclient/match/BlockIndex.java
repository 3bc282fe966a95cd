package io.sekisho.policyclient.match;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.address.IpNetwork;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Which domains name a block of addresses, found by an address.
 *
 * <p>Thread safety: any number of readers beside one writer.
 */
final class BlockIndex {

    private final Map<Integer, Map<IpAddress, Set<DomainName>>> byLength =
            new ConcurrentSkipListMap<>(Comparator.reverseOrder());

    void add(Set<IpNetwork> blocks, DomainName name) {
        for (IpNetwork block : blocks) {
            byLength.computeIfAbsent(block.bits(), bits -> new ConcurrentHashMap<>())
                    .merge(block.base(), Set.of(name), BlockIndex::union);
        }
    }

    /** Takes {@code name} from the blocks it had and has no more. */
    void removeAllBut(Optional<Set<IpNetwork>> kept, Set<IpNetwork> had, DomainName name) {
        for (IpNetwork block : had) {
            if (!kept.orElse(Set.of()).contains(block)) {
                Map<IpAddress, Set<DomainName>> blocks = byLength.getOrDefault(block.bits(), Map.of());
                blocks.computeIfPresent(block.base(), (base, names) -> without(names, name));
                if (blocks.isEmpty()) {
                    byLength.remove(block.bits());
                }
            }
        }
    }

    /** The domains of each block that holds the address, longest prefix first. */
    List<Set<DomainName>> holding(IpAddress address) {
        List<Set<DomainName>> found = new ArrayList<>();
        byLength.forEach((bits, blocks) -> {
            Set<DomainName> names = blocks.get(IpNetwork.mask(address, bits));
            if (names != null) {
                found.add(names);
            }
        });
        return found;
    }

    private static Set<DomainName> union(Set<DomainName> one, Set<DomainName> two) {
        Set<DomainName> both = new HashSet<>(one);
        both.addAll(two);
        return Set.copyOf(both);
    }

    /** Null, which removes the entry, where nothing is left. */
    private static Set<DomainName> without(Set<DomainName> names, DomainName name) {
        Set<DomainName> rest = new HashSet<>(names);
        rest.remove(name);
        return rest.isEmpty() ? null : Set.copyOf(rest);
    }
}
