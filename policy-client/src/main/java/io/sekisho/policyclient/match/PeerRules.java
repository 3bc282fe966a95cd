package io.sekisho.policyclient.match;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.address.Peer;
import io.sekisho.mail.policy.PeerRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules of one managed domain and one direction, compiled for look-up: an address finds the longest prefix, a domain
 * the exact rule, else the longest wildcard.
 *
 * <p>Thread safety: immutable.
 */
final class PeerRules {

    private final AddressRules<PeerRule> addresses;
    private final NameTable<PeerRule> exact;
    private final NameTable<PeerRule> wildcards;

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
        exact = new NameTable<>(byDomain);
        wildcards = new NameTable<>(byApex);
    }

    /** The rule of the longest prefix that holds the client, or null. */
    PeerRule forAddress(IpAddress client) {
        return addresses.longest(client);
    }

    List<PeerRule> allForAddress(IpAddress client) {
        return addresses.all(client);
    }

    /** The exact rule, else that of the longest wildcard, or null. */
    PeerRule forDomain(DomainName domain) {
        PeerRule rule = exact.of(domain.ascii());
        return rule == null ? wildcards.ofLongestEnding(domain.ascii()) : rule;
    }
}
