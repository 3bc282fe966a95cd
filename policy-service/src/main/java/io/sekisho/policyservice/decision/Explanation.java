package io.sekisho.policyservice.decision;

import io.sekisho.mail.event.AppliedPolicy;
import io.sekisho.mail.event.ReplyFacts;
import io.sekisho.mail.event.Verdict;
import io.sekisho.mail.policy.Direction;
import io.sekisho.policyclient.match.Decision;
import io.sekisho.policyclient.match.InboundRefusal;
import io.sekisho.policyclient.match.Judge;
import io.sekisho.policyclient.match.Judgement;
import io.sekisho.policyclient.match.ManagedDomain;
import io.sekisho.policyclient.match.MatchedRule;
import java.util.List;
import java.util.Optional;

/** Asks the matcher and puts its decision into words. */
final class Explanation {
    private static final ReplyFacts ACCEPTED = new ReplyFacts(250, Optional.of("2.1.5"), "OK");

    private Explanation() {}

    /**
     * Explains a case.
     *
     * @param recipientDomain the recipient's domain where it is managed too, for OUTBOUND: on the way to its next hops both sides' rules hold
     */
    static DecisionAnswer of(
            DecisionCase asked,
            ManagedDomain domain,
            Optional<ManagedDomain> recipientDomain,
            List<DecisionAnswer.NotMatched> disabled) {
        Decision decision = decide(asked, domain, recipientDomain);
        Optional<Judgement> judgement = asked.session().map(session -> Judge.judge(decision, session));
        return new DecisionAnswer(
                new AppliedPolicy.Desired(
                        decision.desired().level(), decision.desired().minimum()),
                decision.matched().stream()
                        .map(rule -> DecisionAnswer.Matched.of(rule, why(rule, asked)))
                        .toList(),
                UnmatchedRules.explain(domain, disabled, asked, decision),
                decision.revision(),
                judgement.map(Explanation::verdict),
                judgement.flatMap(Explanation::explanation),
                asked.direction() == Direction.INBOUND ? judgement.map(Explanation::reply) : Optional.empty());
    }

    /** The matcher's sentence is the same for every client. */
    private static String why(MatchedRule rule, DecisionCase asked) {
        return rule.kind() == MatchedRule.Kind.ADDRESS
                ? rule.why() + asked.client().map(client -> ", " + client).orElse("")
                : rule.why();
    }

    private static Decision decide(DecisionCase asked, ManagedDomain domain, Optional<ManagedDomain> recipientDomain) {
        if (asked.direction() == Direction.INBOUND) {
            return domain.inbound(asked.client().orElseThrow(), asked.senderDomain());
        }
        Decision outbound = domain.outbound(asked.recipientDomain().orElseThrow());
        return recipientDomain.map(ManagedDomain::nextHop).map(outbound::join).orElse(outbound);
    }

    private static Verdict verdict(Judgement judgement) {
        return switch (judgement) {
            case Judgement.Met met -> Verdict.MET;
            case Judgement.Unmet unmet -> Verdict.UNMET;
        };
    }

    private static Optional<String> explanation(Judgement judgement) {
        return judgement instanceof Judgement.Unmet unmet ? Optional.of(unmet.explanation()) : Optional.empty();
    }

    private static ReplyFacts reply(Judgement judgement) {
        return switch (judgement) {
            case Judgement.Met met -> ACCEPTED;
            case Judgement.Unmet unmet -> InboundRefusal.reply(unmet);
        };
    }
}
