package io.sekisho.policyclient.match;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.address.IpNetwork;
import io.sekisho.mail.address.Peer;
import io.sekisho.mail.policy.CompiledDomain;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.PeerRule;
import io.sekisho.mail.policy.PolicyRevision;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsVersion;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All managed domains, by name and by what an address may be: a relay source, or a peer with a lower TLS floor.
 *
 * <p>Thread safety: any number of readers beside one writer. Each look-up sees every domain as it was before or after a
 * change, never in between.
 */
public final class PolicyTable {

    private final Map<DomainName, ManagedDomain> domains = new ConcurrentHashMap<>();
    private final BlockIndex relaySources = new BlockIndex();

    private final BlockIndex lowFloors = new BlockIndex();
    private final Set<DomainName> askingForCertificates = ConcurrentHashMap.newKeySet();
    private volatile PolicyRevision revision = PolicyRevision.NONE;

    /** A table that holds a whole snapshot; tombstones in it are passed over. */
    public static PolicyTable of(Collection<CompiledDomain> snapshot, PolicyRevision revision) {
        PolicyTable table = new PolicyTable();
        snapshot.forEach(table::put);
        table.revision = revision;
        return table;
    }

    /** Puts a domain in, or takes a deleted one out; an older state than the one held is passed over. */
    public void put(CompiledDomain compiled) {
        DomainName name = compiled.domain();
        Optional<CompiledDomain> old = domain(name).map(ManagedDomain::compiled);
        if (old.isPresent() && !compiled.revision().supersedes(old.get().revision())) {
            return;
        }
        Optional<CompiledDomain> current = compiled.deleted() ? Optional.empty() : Optional.of(compiled);
        // New blocks go in before the domain changes and old ones out after it: a look-up in between may find a block
        // whose domain does not list it (and passes it over), never a domain whose block is missing.
        current.ifPresent(now -> {
            relaySources.add(relayBlocks(now), name);
            lowFloors.add(floorBlocks(now), name);
            domains.put(name, new ManagedDomain(now));
        });
        if (current.filter(PolicyTable::asksForCertificates).isPresent()) {
            askingForCertificates.add(name);
        } else {
            askingForCertificates.remove(name);
        }
        if (current.isEmpty()) {
            domains.remove(name);
        }
        old.ifPresent(before -> {
            relaySources.removeAllBut(current.map(PolicyTable::relayBlocks), relayBlocks(before), name);
            lowFloors.removeAllBut(current.map(PolicyTable::floorBlocks), floorBlocks(before), name);
        });
    }

    /** Says which state of the whole the table now has. */
    public void advance(PolicyRevision newRevision) {
        revision = newRevision;
    }

    public PolicyRevision revision() {
        return revision;
    }

    public int size() {
        return domains.size();
    }

    public Optional<ManagedDomain> domain(DomainName name) {
        return Optional.ofNullable(domains.get(name));
    }

    public Collection<ManagedDomain> domains() {
        return List.copyOf(domains.values());
    }

    /** The domains with outbound protection of which {@code client} is a relay source. */
    public List<ManagedDomain> relayDomainsOf(IpAddress client) {
        Set<ManagedDomain> found = new LinkedHashSet<>();
        relaySources.holding(client).forEach(names -> found.addAll(relayDomains(names, client)));
        return List.copyOf(found);
    }

    /** Of {@link #relayDomainsOf}, those whose block is the longest: they answer for the null sender. */
    public List<ManagedDomain> closestRelayDomainsOf(IpAddress client) {
        for (Set<DomainName> names : relaySources.holding(client)) {
            List<ManagedDomain> found = relayDomains(names, client);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    /**
     * The lowest minimum that an enabled inbound address rule of any domain states for a client, where it is lower than
     * TLSv1.2: the floor of the client's handshake.
     */
    public Optional<TlsVersion> lowestMinimumFor(IpAddress client) {
        Optional<TlsVersion> lowest = Optional.empty();
        for (Set<DomainName> names : lowFloors.holding(client)) {
            for (DomainName name : names) {
                lowest = lower(lowest, domain(name).flatMap(domain -> statedFloor(domain, client)));
            }
        }
        return lowest;
    }

    /** Whether an enabled inbound rule of any domain needs a client's certificate. */
    public boolean asksForClientCertificates() {
        return !askingForCertificates.isEmpty();
    }

    private static boolean asksForCertificates(CompiledDomain compiled) {
        return compiled.peers().stream()
                .anyMatch(rule -> rule.direction() == Direction.INBOUND && rule.level() == SecurityLevel.VERIFIED);
    }

    private static Optional<TlsVersion> statedFloor(ManagedDomain domain, IpAddress client) {
        return domain.inboundAddressRules(client).stream()
                .flatMap(rule -> rule.minimumVersion().stream())
                .filter(version -> !version.isAtLeast(TlsVersion.DEFAULT_MINIMUM))
                .min(TlsVersion::compareTo);
    }

    private static Optional<TlsVersion> lower(Optional<TlsVersion> one, Optional<TlsVersion> two) {
        return one.isEmpty() || two.isEmpty() ? one.or(() -> two) : one.get().isAtLeast(two.get()) ? two : one;
    }

    private List<ManagedDomain> relayDomains(Set<DomainName> names, IpAddress client) {
        return names.stream()
                .flatMap(name -> domain(name).stream())
                .filter(domain -> domain.compiled().outbound().enabled())
                .filter(domain -> domain.compiled().outbound().relaySources().stream()
                        .anyMatch(source -> source.contains(client)))
                .toList();
    }

    private static Set<IpNetwork> relayBlocks(CompiledDomain compiled) {
        return compiled.outbound().enabled() ? Set.copyOf(compiled.outbound().relaySources()) : Set.of();
    }

    private static Set<IpNetwork> floorBlocks(CompiledDomain compiled) {
        Set<IpNetwork> blocks = new HashSet<>();
        for (PeerRule rule : compiled.peers()) {
            boolean low = rule.minimumVersion()
                    .filter(version -> !version.isAtLeast(TlsVersion.DEFAULT_MINIMUM))
                    .isPresent();
            if (low && rule.direction() == Direction.INBOUND && rule.peer() instanceof Peer.Address address) {
                blocks.add(address.network());
            }
        }
        return blocks;
    }
}
