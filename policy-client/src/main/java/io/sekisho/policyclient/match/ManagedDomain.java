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

    /** Made when first asked for; whichever thread makes it makes the same. */
    private Decision inboundDefault;

    private Decision outboundDefault;
    private Decision nextHop;

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
        PeerRule byAddress = inbound.forAddress(client);
        boolean decidesAlone = byAddress != null && byAddress.override();
        PeerRule byDomain = decidesAlone || senderDomain.isEmpty() ? null : inbound.forDomain(senderDomain.get());
        if (byAddress == null) {
            return byDomain == null ? inboundDefault() : decision(byDomain, "matches the sender's domain");
        }
        Decision first = decision(byAddress, "the longest block that holds the client");
        return byDomain == null ? first : first.join(decision(byDomain, "matches the sender's domain"));
    }

    /** What a host must have that gets mail of this domain for a recipient's domain. */
    public Decision outbound(DomainName recipientDomain) {
        // Outbound rules are kept while outbound protection is disabled, but inert.
        PeerRule rule = compiled.outbound().enabled() ? outbound.forDomain(recipientDomain) : null;
        return rule == null ? outboundDefault() : decision(rule, "matches the recipient's domain");
    }

    /** What the sessions of this domain's own relay sources must have. */
    public Decision relay() {
        return setting("relayTls:", MatchedRule.Kind.RELAY, compiled.outbound().relayTls());
    }

    /** What sessions with this domain's next hops must have. */
    public Decision nextHop() {
        if (nextHop == null) {
            nextHop = setting("nextHopTls:", MatchedRule.Kind.NEXT_HOP, compiled.nextHopTls());
        }
        return nextHop;
    }

    /** The enabled inbound address rules that hold a client, longest prefix first. */
    List<PeerRule> inboundAddressRules(IpAddress client) {
        return inbound.allForAddress(client);
    }

    private Decision inboundDefault() {
        if (inboundDefault == null) {
            inboundDefault = Decision.of(compiled.revision(), defaultRule(Direction.INBOUND));
        }
        return inboundDefault;
    }

    private Decision outboundDefault() {
        if (outboundDefault == null) {
            outboundDefault = Decision.of(compiled.revision(), defaultRule(Direction.OUTBOUND));
        }
        return outboundDefault;
    }

    private MatchedRule defaultRule(Direction direction) {
        String side = direction.name().toLowerCase(Locale.ROOT);
        // An outbound default, like a rule, is kept but inert while outbound protection is disabled.
        boolean inert = direction == Direction.OUTBOUND && !compiled.outbound().enabled();
        Optional<DomainDefault> set = inert ? Optional.empty() : compiled.defaultFor(direction);
        return set.map(value -> new MatchedRule(
                        "default:" + side + ":" + name(),
                        new Peer.Domain(name()),
                        MatchedRule.Kind.DEFAULT,
                        requirement(value),
                        "no rule names the peer; the domain's default"))
                .orElseGet(() -> new MatchedRule(
                        "default:" + side,
                        new Peer.Domain(name()),
                        MatchedRule.Kind.DEFAULT,
                        Requirement.OPPORTUNISTIC,
                        "no rule names the peer and the domain sets no default"));
    }

    private Decision setting(String idPrefix, MatchedRule.Kind kind, TlsSetting setting) {
        return Decision.of(
                compiled.revision(),
                new MatchedRule(
                        idPrefix + name(),
                        new Peer.Domain(name()),
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

    private Decision decision(PeerRule rule, String why) {
        MatchedRule.Kind kind =
                rule.peer() instanceof Peer.Address ? MatchedRule.Kind.ADDRESS : MatchedRule.Kind.DOMAIN;
        return Decision.of(
                compiled.revision(), new MatchedRule(rule.id(), rule.peer(), kind, Requirements.of(rule), why));
    }

    private static List<PeerRule> rules(CompiledDomain compiled, Direction direction) {
        return compiled.peers().stream()
                .filter(rule -> rule.direction() == direction)
                .toList();
    }
}
