package io.sekisho.egress.dialogue;

import io.sekisho.egress.delivery.HostAttempt.Result;
import io.sekisho.egress.delivery.RecipientOutcome.TlsUnavailable;
import io.sekisho.egress.delivery.TlsStep;
import io.sekisho.mail.event.AttemptFailure;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.policyclient.match.Judge;
import io.sekisho.policyclient.match.Judgement;
import io.sekisho.policyclient.match.SessionTls;
import io.sekisho.smtp.reply.SmtpReply;
import java.util.Optional;

/**
 * What follows when TLS is not what was hoped for: where it is required the host is skipped, where it is opportunistic a
 * handshake that failed leads to plain text on a new connection. Thread safety: no state.
 */
final class TlsTrouble {

    private TlsTrouble() {}

    /** The session was judged and is not enough; in plain text that is because TLS was not offered. */
    static Transition unmet(Talk talk, Judgement.Unmet unmet) {
        String host = talk.errand().destination().toString();
        return switch (unmet.reason()) {
            case TLS_NOT_AVAILABLE ->
                skip(
                        talk,
                        unmet.reason(),
                        "4.7.4",
                        TlsStep.OFFER,
                        AttemptFailure.STARTTLS_NOT_OFFERED,
                        "TLS is required, but was not offered by " + host);
            case TLS_VERSION_TOO_LOW ->
                skip(
                        talk,
                        unmet.reason(),
                        "4.7.5",
                        TlsStep.VERSION,
                        AttemptFailure.TLS_VERSION_TOO_LOW,
                        host + ": " + unmet.explanation());
            case DANE_FAILED ->
                skip(
                        talk,
                        unmet.reason(),
                        "4.7.5",
                        TlsStep.CERTIFICATE,
                        AttemptFailure.TLSA_MISMATCH,
                        host + ": " + unmet.explanation());
            default ->
                skip(
                        talk,
                        unmet.reason(),
                        "4.7.5",
                        TlsStep.CERTIFICATE,
                        certificateFailure(talk),
                        "the certificate of " + host + " was not accepted: " + unmet.explanation());
        };
    }

    private static AttemptFailure certificateFailure(Talk talk) {
        Optional<AttemptFailure> known = talk.security().session().certificate() instanceof HostCheck check
                ? talk.errand().requirement().names().stream()
                        .flatMap(names -> check.failureFor(names).stream())
                        .findFirst()
                : Optional.empty();
        return known.orElse(AttemptFailure.CERTIFICATE_INVALID);
    }

    /** STARTTLS was answered with 4yz or 5yz. */
    static Transition refused(Talk talk, SmtpReply reply) {
        return startTls(talk, AttemptFailure.STARTTLS_REFUSED, Reports.said(talk, reply, "STARTTLS"));
    }

    /** STARTTLS led to no handshake. */
    static Transition startTls(Talk talk, AttemptFailure failure, String detail) {
        return talk.errand().startTls() == StartTlsUse.REQUIRED
                ? skip(
                        judgedPlain(talk),
                        BlockReason.TLS_NOT_AVAILABLE,
                        "4.7.4",
                        TlsStep.STARTTLS,
                        failure,
                        "TLS is required, but: " + detail)
                : Transition.close(SessionResult.fallBack(talk, failure, detail));
    }

    static Transition handshake(Talk talk, Input.HandshakeFailed.Reason reason, String detail) {
        AttemptFailure failure = switch (reason) {
            case VERSION -> AttemptFailure.TLS_VERSION_TOO_LOW;
            case INJECTED -> AttemptFailure.STARTTLS_INJECTED;
            case OTHER -> AttemptFailure.HANDSHAKE_FAILED;
        };
        String host = talk.errand().destination().toString();
        if (talk.errand().startTls() != StartTlsUse.REQUIRED) {
            return Transition.close(
                    SessionResult.fallBack(talk, failure, "the TLS handshake with " + host + " failed: " + detail));
        }
        return switch (reason) {
            case VERSION ->
                skip(
                        judgedPlain(talk),
                        BlockReason.TLS_VERSION_TOO_LOW,
                        "4.7.5",
                        TlsStep.VERSION,
                        failure,
                        host + " has no TLS version of " + talk.errand().floor() + " or newer: " + detail);
            case INJECTED, OTHER ->
                skip(
                        judgedPlain(talk),
                        BlockReason.TLS_NOT_AVAILABLE,
                        "4.7.5",
                        TlsStep.HANDSHAKE,
                        failure,
                        "the TLS handshake with " + host + " failed: " + detail);
        };
    }

    private static Transition skip(
            Talk talk, BlockReason reason, String enhancedStatus, TlsStep step, AttemptFailure failure, String detail) {
        SessionResult result = SessionResult.setback(
                talk,
                Result.TLS_UNAVAILABLE,
                new TlsUnavailable(reason, enhancedStatus, step, detail, talk.hop(), failure));
        // After a broken handshake nobody is there to be told QUIT.
        return step == TlsStep.HANDSHAKE
                        || (step == TlsStep.VERSION && !talk.security().isTls())
                ? Transition.close(result)
                : Transition.goodbye(result);
    }

    /** A session without TLS, judged as such, so that events say what was asked and not met. */
    private static Talk judgedPlain(Talk talk) {
        return talk.secured(Security.PLAIN)
                .judged(Judge.judge(talk.errand().consignment().decision(), SessionTls.PLAIN));
    }
}
