package io.sekisho.policyservice.decision;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.Peer;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.DomainDefault;
import io.sekisho.mail.policy.PeerRule;
import io.sekisho.policyclient.match.Decision;
import io.sekisho.policyclient.match.ManagedDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Says of each rule of a direction that had no part in a decision why it had none. It explains; it never decides. */
final class UnmatchedRules {
    private static final int MOST = 50;

    private UnmatchedRules() {}

    /**
     * The rules that did not match, the near misses first.
     *
     * @param disabled peers of the domain that do not exist for matching
     */
    static List<DecisionAnswer.NotMatched> explain(
            ManagedDomain domain, List<DecisionAnswer.NotMatched> disabled, DecisionCase asked, Decision decision) {
        Set<String> matched = Set.copyOf(decision.ruleIds());
        boolean inert = asked.direction() == Direction.OUTBOUND
                && !domain.compiled().outbound().enabled();
        List<DecisionAnswer.NotMatched> near = new ArrayList<>();
        List<DecisionAnswer.NotMatched> far = new ArrayList<>();
        for (PeerRule rule : domain.compiled().peers()) {
            if (rule.direction() == asked.direction() && !matched.contains(rule.id())) {
                boolean holds = holds(rule.peer(), asked);
                String why = inert
                        ? "outbound protection is not enabled, so outbound rules are inert"
                        : holds ? outranked(rule, domain, decision) : miss(rule.peer(), asked);
                (holds ? near : far)
                        .add(new DecisionAnswer.NotMatched(
                                rule.id(), rule.peer().text(), rule.level(), why));
            }
        }
        unusedDefault(domain, asked, matched, inert).ifPresent(near::add);
        near.addAll(disabled);
        near.addAll(far);
        return near.size() > MOST ? List.copyOf(near.subList(0, MOST)) : List.copyOf(near);
    }

    private static boolean holds(Peer peer, DecisionCase asked) {
        return switch (peer) {
            case Peer.Address address ->
                asked.client().filter(address.network()::contains).isPresent();
            case Peer.Domain domain ->
                domainOf(asked).filter(domain.name()::equals).isPresent();
            case Peer.Subdomains subdomains ->
                domainOf(asked).filter(name -> name.isBelow(subdomains.apex())).isPresent();
        };
    }

    /** The domain that domain rules are compared with. */
    private static Optional<DomainName> domainOf(DecisionCase asked) {
        return asked.direction() == Direction.INBOUND ? asked.senderDomain() : asked.recipientDomain();
    }

    private static String outranked(PeerRule rule, ManagedDomain domain, Decision decision) {
        Optional<PeerRule> overriding = domain.compiled().peers().stream()
                .filter(other -> other.override() && decision.ruleIds().contains(other.id()))
                .findFirst();
        if (overriding.isPresent() && !(rule.peer() instanceof Peer.Address)) {
            return "the address rule " + overriding.get().id() + " has override and decides alone";
        }
        return rule.peer() instanceof Peer.Address
                ? "holds the client, but a rule with a longer prefix does too"
                : "matches, but a rule for the exact domain or a longer wildcard does too";
    }

    private static String miss(Peer peer, DecisionCase asked) {
        String compared = asked.direction() == Direction.INBOUND ? "the sender's domain" : "the recipient's domain";
        return switch (peer) {
            case Peer.Address address ->
                "does not hold " + asked.client().map(Object::toString).orElse("the client, which is not given");
            case Peer.Domain domain ->
                domainOf(asked).map(name -> "is not " + compared + ", " + name).orElse("the null sender has no domain");
            case Peer.Subdomains subdomains ->
                domainOf(asked)
                        .map(name -> name.equals(subdomains.apex())
                                ? "a wildcard does not hold its apex, " + name
                                : "does not hold " + compared + ", " + name)
                        .orElse("the null sender has no domain");
        };
    }

    private static Optional<DecisionAnswer.NotMatched> unusedDefault(
            ManagedDomain domain, DecisionCase asked, Set<String> matched, boolean inert) {
        String id = "default:" + asked.direction().name().toLowerCase(Locale.ROOT) + ":" + domain.name();
        Optional<DomainDefault> set = domain.compiled().defaultFor(asked.direction());
        return set.filter(present -> !matched.contains(id))
                .map(present -> new DecisionAnswer.NotMatched(
                        id,
                        domain.name().ascii(),
                        present.level(),
                        inert
                                ? "outbound protection is not enabled, so the outbound default is inert"
                                : "a rule names the peer, so the default does not apply"));
    }
}
