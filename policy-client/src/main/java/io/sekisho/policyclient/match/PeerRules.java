package io.sekisho.policyclient.match;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.address.Peer;
import io.sekisho.mail.policy.PeerRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of one managed domain and one direction, compiled for look-up: an address finds the longest prefix, a domain
 * the exact rule, else the longest wildcard.
 *
 * <p>Thread safety: immutable.
 */
final class PeerRules {

    private final AddressRules<PeerRule> addresses;
    private final Map<String, PeerRule> exact;
    private final Map<String, PeerRule> wildcards;

    PeerRules(List<PeerRule> rules) {
        AddressRules.Builder<PeerRule> byAddress = new AddressRules.Builder<>();
        Map<String, PeerRule> byDomain = new HashMap<>();
        Map<String, PeerRule> byApex = new HashMap<>();
        for (PeerRule rule : rules) {
            switch (rule.peer()) {
                case Peer.Address address -> byAddress.add(address.network(), rule);
                case Peer.Domain domain -> byDomain.putIfAbsent(domain.name().ascii(), rule);
                case Peer.Subdomains subdomains ->
                    byApex.putIfAbsent(subdomains.apex().ascii(), rule);
            }
        }
        addresses = byAddress.build();
        exact = Map.copyOf(byDomain);
        wildcards = Map.copyOf(byApex);
    }

    Optional<PeerRule> forAddress(IpAddress client) {
        return addresses.longest(client);
    }

    List<PeerRule> allForAddress(IpAddress client) {
        return addresses.all(client);
    }

    Optional<PeerRule> forDomain(DomainName domain) {
        PeerRule rule = exact.get(domain.ascii());
        String name = domain.ascii();
        // From the left, label by label: the first apex found is the longest.
        for (int dot = name.indexOf('.'); rule == null && dot >= 0; dot = name.indexOf('.', dot + 1)) {
            rule = wildcards.get(name.substring(dot + 1));
        }
        return Optional.ofNullable(rule);
    }
}
