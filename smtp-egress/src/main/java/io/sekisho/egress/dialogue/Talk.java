package io.sekisho.egress.dialogue;

import io.sekisho.egress.delivery.JudgedHop;
import io.sekisho.mail.event.AppliedPolicy;
import io.sekisho.mail.event.Authentication;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.policy.Check;
import io.sekisho.mail.policy.RequiredNames;
import io.sekisho.policyclient.match.Judgement;
import java.time.Instant;
import java.util.Optional;

/**
 * What all states of a session share.
 *
 * @param began when the errand was begun: with the connection, or later where the connection was kept
 * @param judged how the session was judged for this errand, once it has been
 * @param isKept whether an errand before this one was done on the same connection
 */
record Talk(Errand errand, Instant began, Security security, Optional<Judgement> judged, boolean isKept) {

    static Talk begin(Errand errand, Instant now) {
        return new Talk(errand, now, Security.PLAIN, Optional.empty(), false);
    }

    Talk secured(Security established) {
        return new Talk(errand, began, established, Optional.empty(), isKept);
    }

    Talk judged(Judgement judgement) {
        return new Talk(errand, began, security, Optional.of(judgement), isKept);
    }

    /** Another errand on the same connection: of what was found out about it only its TLS stays, to be judged anew. */
    Talk next(Errand another, Instant now) {
        return new Talk(another, now, security, Optional.empty(), true);
    }

    /** What is told of the connection: a host that was spoken to in plain text on purpose must not look like one without TLS. */
    String told(String detail) {
        return errand.tlsBrokeAt()
                .map(at -> detail + "; in plain text since the TLS of " + errand.destination() + " broke at " + at)
                .orElse(detail);
    }

    /** What events say of the session. */
    JudgedHop hop() {
        if (judged.isEmpty()) {
            return errand.unjudged(security.facts());
        }
        AppliedPolicy policy = errand.consignment()
                .decision()
                .applied(security.session(), judged.get(), errand.consignment().policySource());
        return new JudgedHop(errand.hop(security.facts(), authentication(), mxSecure()), Optional.of(policy));
    }

    private Authentication authentication() {
        boolean verified = judged.get() instanceof Judgement.Met && asksForCertificate();
        return verified ? Authentication.PKIX : Authentication.NONE;
    }

    /** Present only where the certificate was compared with the name of the host. */
    private Optional<Boolean> mxSecure() {
        boolean certificateJudged = switch (judged.get()) {
            case Judgement.Met met -> true;
            case Judgement.Unmet unmet -> unmet.reason() == BlockReason.CERTIFICATE_INVALID;
        };
        boolean byHostName = errand.requirement().names().stream().anyMatch(RequiredNames::isHostName);
        return asksForCertificate() && certificateJudged && byHostName
                ? Optional.of(errand.destination().isConfigured())
                : Optional.empty();
    }

    private boolean asksForCertificate() {
        return errand.requirement().checks().contains(Check.PKIX);
    }
}
