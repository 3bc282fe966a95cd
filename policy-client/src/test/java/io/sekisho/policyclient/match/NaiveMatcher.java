package io.sekisho.policyclient.match;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.address.Peer;
import io.sekisho.mail.policy.CompiledDomain;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.PeerRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The rules of "Which rule decides", read off the page one by one, with no thought of speed. */
final class NaiveMatcher {

    private NaiveMatcher() {}

    static List<String> ruleIds(
            CompiledDomain domain, Direction direction, IpAddress client, Optional<DomainName> peerDomain) {
        if (direction == Direction.OUTBOUND && !domain.outbound().enabled()) {
            return List.of("default:outbound");
        }
        Optional<PeerRule> address = domain.peers().stream()
                .filter(rule -> rule.direction() == direction)
                .filter(rule -> rule.peer() instanceof Peer.Address block
                        && binary(client)
                                .startsWith(binary(block.network().base())
                                        .substring(0, block.network().bits())))
                .max(Comparator.comparingInt(
                        rule -> ((Peer.Address) rule.peer()).network().bits()));
        Optional<PeerRule> byName = domain.peers().stream()
                .filter(rule -> rule.direction() == direction)
                .filter(rule -> peerDomain.isPresent()
                        && holds(rule.peer(), peerDomain.get().ascii()))
                .max(Comparator.comparingInt(rule -> rule.peer() instanceof Peer.Domain
                        ? 1_000
                        : rule.peer().text().length()));
        List<String> ids = new ArrayList<>();
        address.ifPresent(rule -> ids.add(rule.id()));
        if (address.isEmpty() || !address.get().override()) {
            byName.ifPresent(rule -> ids.add(rule.id()));
        }
        if (ids.isEmpty()) {
            String side = direction == Direction.INBOUND ? "inbound" : "outbound";
            ids.add(
                    domain.defaultFor(direction).isPresent()
                            ? "default:" + side + ":" + domain.domain()
                            : "default:" + side);
        }
        return ids;
    }

    private static boolean holds(Peer peer, String name) {
        return switch (peer) {
            case Peer.Domain domain -> domain.name().ascii().equals(name);
            case Peer.Subdomains below -> name.endsWith("." + below.apex().ascii());
            case Peer.Address address -> false;
        };
    }

    private static String binary(IpAddress address) {
        return half(address.high()) + half(address.low());
    }

    private static String half(long bits) {
        return ("0".repeat(64) + Long.toBinaryString(bits))
                .substring(Long.toBinaryString(bits).length());
    }
}
