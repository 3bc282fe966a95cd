package io.sekisho.policyclient.match;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.address.Peer;
import io.sekisho.mail.policy.CompiledDomain;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.DomainDefault;
import io.sekisho.mail.policy.OnViolation;
import io.sekisho.mail.policy.PeerRule;
import io.sekisho.mail.policy.RequiredNames;
import io.sekisho.mail.policy.Requirement;
import io.sekisho.mail.policy.TlsSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A managed domain compiled for look-up; decides by the rules of {@code docs/specifications.md}, "Which rule decides".
 *
 * <p>Thread safety: immutable.
 */
public final class ManagedDomain {

    private final CompiledDomain compiled;
    private final PeerRules inbound;
    private final PeerRules outbound;

    public ManagedDomain(CompiledDomain compiled) {
        this.compiled = compiled;
        this.inbound = new PeerRules(rules(compiled, Direction.INBOUND));
        this.outbound = new PeerRules(rules(compiled, Direction.OUTBOUND));
    }

    public DomainName name() {
        return compiled.domain();
    }

    public CompiledDomain compiled() {
        return compiled;
    }

    /**
     * What a client must have that sends mail to this domain.
     *
     * @param senderDomain of MAIL FROM; empty for {@code <>} and for an address literal
     */
    public Decision inbound(IpAddress client, Optional<DomainName> senderDomain) {
        Optional<PeerRule> byAddress = inbound.forAddress(client);
        Optional<PeerRule> byDomain = senderDomain.flatMap(inbound::forDomain);
        List<MatchedRule> matched = new ArrayList<>();
        byAddress.ifPresent(rule -> matched.add(matched(rule, "the longest block that holds " + client)));
        if (byAddress.filter(PeerRule::override).isEmpty()) {
            byDomain.ifPresent(rule -> matched.add(matched(rule, "matches the sender's domain")));
        }
        return decide(matched, Direction.INBOUND);
    }

    /** What a host must have that gets mail of this domain for a recipient's domain. */
    public Decision outbound(DomainName recipientDomain) {
        List<MatchedRule> matched = new ArrayList<>();
        // Outbound rules are kept while outbound protection is disabled, but inert.
        if (compiled.outbound().enabled()) {
            outbound.forDomain(recipientDomain)
                    .ifPresent(rule -> matched.add(matched(rule, "matches the recipient's domain")));
        }
        return decide(matched, Direction.OUTBOUND);
    }

    /** What the sessions of this domain's own relay sources must have. */
    public Decision relay() {
        return setting("relayTls:", MatchedRule.Kind.RELAY, compiled.outbound().relayTls());
    }

    /** What sessions with this domain's next hops must have. */
    public Decision nextHop() {
        return setting("nextHopTls:", MatchedRule.Kind.NEXT_HOP, compiled.nextHopTls());
    }

    /** The enabled inbound address rules that hold a client, longest prefix first. */
    List<PeerRule> inboundAddressRules(IpAddress client) {
        return inbound.allForAddress(client);
    }

    private Decision decide(List<MatchedRule> matched, Direction direction) {
        if (matched.isEmpty()) {
            return Decision.of(compiled.revision(), defaultRule(direction));
        }
        Decision first = Decision.of(compiled.revision(), matched.get(0));
        return matched.size() == 1 ? first : first.join(Decision.of(compiled.revision(), matched.get(1)));
    }

    private MatchedRule defaultRule(Direction direction) {
        String side = direction.name().toLowerCase(Locale.ROOT);
        // An outbound default, like a rule, is kept but inert while outbound protection is disabled.
        boolean inert = direction == Direction.OUTBOUND && !compiled.outbound().enabled();
        Optional<DomainDefault> set = inert ? Optional.empty() : compiled.defaultFor(direction);
        return set.map(value -> new MatchedRule(
                        "default:" + side + ":" + name(),
                        name().ascii(),
                        MatchedRule.Kind.DEFAULT,
                        requirement(value),
                        "no rule names the peer; the domain's default"))
                .orElseGet(() -> new MatchedRule(
                        "default:" + side,
                        name().ascii(),
                        MatchedRule.Kind.DEFAULT,
                        Requirement.OPPORTUNISTIC,
                        "no rule names the peer and the domain sets no default"));
    }

    private Decision setting(String idPrefix, MatchedRule.Kind kind, TlsSetting setting) {
        return Decision.of(
                compiled.revision(),
                new MatchedRule(
                        idPrefix + name(),
                        name().ascii(),
                        kind,
                        Requirement.of(setting.level(), setting.minimumVersion()),
                        "a setting of the domain"));
    }

    private static Requirement requirement(DomainDefault value) {
        return Requirement.of(
                value.level(),
                value.minimumVersion(),
                RequiredNames.HOST,
                value.onViolation().orElse(OnViolation.REJECT),
                value.tlsGiveUpAfter());
    }

    private static MatchedRule matched(PeerRule rule, String why) {
        MatchedRule.Kind kind =
                rule.peer() instanceof Peer.Address ? MatchedRule.Kind.ADDRESS : MatchedRule.Kind.DOMAIN;
        Requirement requirement = Requirement.of(
                rule.level(),
                rule.minimumVersion(),
                names(rule),
                rule.onViolation().orElse(OnViolation.REJECT),
                rule.tlsGiveUpAfter());
        return new MatchedRule(rule.id(), rule.peer().text(), kind, requirement, why);
    }

    /** The pinned names; inbound without any, the names of the peer, since there is no host that was chosen. */
    private static RequiredNames names(PeerRule rule) {
        if (!rule.certificateNames().isEmpty() || rule.direction() == Direction.OUTBOUND) {
            return new RequiredNames(rule.certificateNames());
        }
        return new RequiredNames(List.of(rule.peer().text()));
    }

    private static List<PeerRule> rules(CompiledDomain compiled, Direction direction) {
        return compiled.peers().stream()
                .filter(rule -> rule.direction() == direction)
                .toList();
    }
}
