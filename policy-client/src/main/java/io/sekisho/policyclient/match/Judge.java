package io.sekisho.policyclient.match;

import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.policy.Check;
import io.sekisho.mail.policy.RequiredNames;
import io.sekisho.mail.policy.Requirement;
import io.sekisho.mail.policy.TlsVersion;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Judges a session by a decision: first that it is TLS, then its version, then its certificate. */
public final class Judge {

    private Judge() {}

    /** Whether {@code session} meets {@code decision}; the first check that fails is the reason. */
    public static Judgement judge(Decision decision, SessionTls session) {
        Requirement desired = decision.desired();
        if (!desired.requiresTls()) {
            // Below MANDATORY a minimum bounds what is offered; it refuses nothing.
            return new Judgement.Met();
        }
        if (session.version().isEmpty()) {
            return unmet(decision, BlockReason.TLS_NOT_AVAILABLE, "the session is not TLS", Requirement::requiresTls);
        }
        TlsVersion version = session.version().get();
        if (!version.isAtLeast(desired.minimum())) {
            return unmet(
                    decision,
                    BlockReason.TLS_VERSION_TOO_LOW,
                    desired.minimum() + " or newer is required, the session is " + version,
                    rule -> asksForMoreThan(version, rule, desired));
        }
        return desired.checks().contains(Check.PKIX) ? judgeCertificate(decision, session) : judgeTlsa(decision);
    }

    private static boolean asksForMoreThan(TlsVersion version, Requirement rule, Requirement desired) {
        // Where no rule states a version the default is broken, and by every rule that asks for TLS.
        return desired.statedMinimum().isEmpty()
                ? rule.requiresTls()
                : rule.statedMinimum()
                        .filter(stated -> !version.isAtLeast(stated))
                        .isPresent();
    }

    private static Judgement judgeCertificate(Decision decision, SessionTls session) {
        for (RequiredNames names : decision.desired().names()) {
            Optional<String> fault = session.certificate().faultFor(names);
            if (fault.isPresent()) {
                return unmet(
                        decision,
                        BlockReason.CERTIFICATE_INVALID,
                        fault.get(),
                        rule -> rule.names().contains(names));
            }
        }
        return judgeTlsa(decision);
    }

    private static Judgement judgeTlsa(Decision decision) {
        // No part of the product looks up TLSA records yet: a requirement that asks for a match is not met.
        return decision.desired().checks().contains(Check.TLSA)
                ? unmet(
                        decision,
                        BlockReason.DANE_FAILED,
                        "no TLSA match was made",
                        rule -> rule.checks().contains(Check.TLSA))
                : new Judgement.Met();
    }

    private static Judgement unmet(
            Decision decision, BlockReason reason, String explanation, Predicate<Requirement> violates) {
        List<MatchedRule> violated = decision.matched().stream()
                .filter(rule -> violates.test(rule.requirement()))
                .toList();
        return new Judgement.Unmet(reason, violated.isEmpty() ? decision.matched() : violated, explanation);
    }
}
