package io.sekisho.policyclient.match;

import io.sekisho.mail.event.AppliedPolicy;
import io.sekisho.mail.event.PolicySource;
import io.sekisho.mail.event.Verdict;
import io.sekisho.mail.policy.PolicyRevision;
import io.sekisho.mail.policy.Requirement;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.mail.tls.TlsFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is required of a session, and which rules say so.
 *
 * @param desired the join of the matched rules
 * @param matched at least one
 * @param revision of the policy that decided
 */
public record Decision(Requirement desired, List<MatchedRule> matched, PolicyRevision revision) {

    public Decision {
        matched = List.copyOf(matched);
    }

    static Decision of(PolicyRevision revision, MatchedRule rule) {
        return new Decision(rule.requirement(), List.of(rule), revision);
    }

    /** Both decisions hold. */
    public Decision join(Decision other) {
        List<MatchedRule> rules = new ArrayList<>(matched);
        other.matched.stream().filter(rule -> !rules.contains(rule)).forEach(rules::add);
        PolicyRevision newest = other.revision.supersedes(revision) ? other.revision : revision;
        return new Decision(desired.join(other.desired), rules, newest);
    }

    /** A requirement that the recipient publishes joins in (MTA-STS, DANE). */
    public Decision join(Requirement published) {
        return new Decision(desired.join(published), matched, revision);
    }

    public List<String> ruleIds() {
        return matched.stream().map(MatchedRule::id).toList();
    }

    /** The decision and what came of it, for events. */
    public AppliedPolicy applied(SessionTls session, Judgement judgement, PolicySource source) {
        return applied(
                session.version().map(TlsVersion::label).orElse(TlsFacts.PLAIN),
                judgement instanceof Judgement.Met ? Verdict.MET : Verdict.UNMET,
                source);
    }

    /**
     * The decision and what came of it, for events.
     *
     * @param effective {@code NONE} or a TLS version
     */
    public AppliedPolicy applied(String effective, Verdict verdict, PolicySource source) {
        return new AppliedPolicy(
                ruleIds(),
                revision,
                new AppliedPolicy.Desired(desired.level(), desired.minimum()),
                effective,
                verdict,
                Optional.of(source));
    }
}
