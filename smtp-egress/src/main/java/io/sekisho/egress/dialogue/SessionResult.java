package io.sekisho.egress.dialogue;

import io.sekisho.egress.delivery.DeferralCause;
import io.sekisho.egress.delivery.HostAttempt;
import io.sekisho.egress.delivery.HostAttempt.Result;
import io.sekisho.egress.delivery.RecipientOutcome;
import io.sekisho.egress.delivery.RecipientOutcome.ContentLost;
import io.sekisho.egress.delivery.RecipientOutcome.Deferred;
import io.sekisho.egress.delivery.RecipientOutcome.Delivered;
import io.sekisho.egress.delivery.RecipientOutcome.Failed;
import io.sekisho.egress.delivery.RecipientOutcome.TlsUnavailable;
import io.sekisho.mail.envelope.Recipient;
import io.sekisho.mail.event.AttemptFailure;
import io.sekisho.mail.event.ReplyFacts;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one connection came to.
 *
 * @param settled recipients for whom nothing more is to be tried in this attempt
 * @param setbacks what happened for the others: their outcome, if no other host does better
 */
public record SessionResult(
        HostAttempt host,
        Map<Recipient, RecipientOutcome> settled,
        Map<Recipient, RecipientOutcome> setbacks,
        Continuation continuation) {

    /** What may be tried for the recipients that are not settled. */
    public enum Continuation {
        NEXT_HOST,
        /** The same address again, without STARTTLS. */
        PLAIN_TEXT,
        /** The same address again: the connection had been kept, and was no longer good. Nothing is to be told of it. */
        NEW_CONNECTION
    }

    /** No connection was made, which may change. */
    public static SessionResult unconnected(
            Errand errand, Instant began, String enhancedStatus, String detail, DeferralCause cause) {
        Talk talk = Talk.begin(errand, began);
        return setback(talk, Result.UNREACHABLE, Reports.deferred(talk, enhancedStatus, detail, cause));
    }

    /** The host as a whole cannot do it, for whatever reason: another may. */
    static SessionResult setback(Talk talk, Result result, RecipientOutcome outcome) {
        return new SessionResult(
                attempt(talk, result, outcome), Map.of(), forAll(talk, outcome), Continuation.NEXT_HOST);
    }

    /** A connection that was kept has ended before the host said anything to this errand. */
    public static SessionResult stale(Errand errand, Instant began, String detail) {
        return stale(Talk.begin(errand, began), detail);
    }

    static SessionResult stale(Talk talk, String detail) {
        return new SessionResult(
                attempt(talk, Result.UNREACHABLE, Optional.empty(), AttemptFailure.CONNECTION_LOST, detail),
                Map.of(),
                Map.of(),
                Continuation.NEW_CONNECTION);
    }

    /** The rules are no longer those that the errand was made by: it is to be made anew. */
    static SessionResult outdated(Talk talk) {
        Deferred outcome = Reports.deferred(
                talk,
                "4.3.0",
                "the rules or the route changed before " + talk.errand().destination() + " was told of the mail",
                new DeferralCause.PolicyChanged());
        return of(talk, Result.ABANDONED, outcome, forAll(talk, outcome));
    }

    /** TLS failed where it is only opportunistic: nothing is decided about the recipients. */
    static SessionResult fallBack(Talk talk, AttemptFailure failure, String what) {
        String detail = what + "; TLS is opportunistic here: once more in plain text, on a new connection";
        return new SessionResult(
                attempt(talk, Result.FELL_BACK_TO_PLAIN_TEXT, Optional.empty(), failure, detail),
                Map.of(),
                Map.of(),
                Continuation.PLAIN_TEXT);
    }

    /** The session could not go on; the same for all recipients. */
    static SessionResult interrupted(Talk talk, Wait wait, Input.Interruption interruption) {
        Deferred outcome = Reports.interruption(talk, wait, interruption);
        Result result = interruption instanceof Input.Interruption.Abandoned ? Result.ABANDONED : Result.UNREACHABLE;
        return of(talk, result, outcome, forAll(talk, outcome));
    }

    /**
     * Outcomes of the transaction, which are the last word of this attempt where they are the host's last word, or where
     * going on would risk a second copy or makes no sense.
     *
     * @param main the outcome that is told of the connection
     */
    static SessionResult of(
            Talk talk, Result result, RecipientOutcome main, Map<Recipient, RecipientOutcome> outcomes) {
        Map<Recipient, RecipientOutcome> settled = new LinkedHashMap<>();
        Map<Recipient, RecipientOutcome> setbacks = new LinkedHashMap<>();
        outcomes.forEach((recipient, outcome) -> (isLastWord(outcome) ? settled : setbacks).put(recipient, outcome));
        return new SessionResult(attempt(talk, result, main), settled, setbacks, Continuation.NEXT_HOST);
    }

    private static boolean isLastWord(RecipientOutcome outcome) {
        return switch (outcome) {
            case Delivered delivered -> true;
            case Failed failed -> true;
            case ContentLost lost -> true;
            case TlsUnavailable tls -> false;
            case Deferred deferred ->
                switch (deferred.cause()) {
                    case DeferralCause.ReplyLost lost -> true;
                    case DeferralCause.ContentUnreadable unreadable -> true;
                    case DeferralCause.ClaimLost lost -> true;
                    case DeferralCause.PolicyChanged changed -> true;
                    case DeferralCause.TimeExceeded exceeded -> false;
                    case DeferralCause.Replied replied -> false;
                    case DeferralCause.HostUnreachable unreachable -> false;
                    case DeferralCause.ProtocolViolated violated -> false;
                    case DeferralCause.DnsFailed failed -> false;
                    case DeferralCause.NoRoute none -> false;
                };
        };
    }

    private static Map<Recipient, RecipientOutcome> forAll(Talk talk, RecipientOutcome outcome) {
        Map<Recipient, RecipientOutcome> outcomes = new LinkedHashMap<>();
        talk.errand().recipients().forEach(recipient -> outcomes.put(recipient, outcome));
        return outcomes;
    }

    private static HostAttempt attempt(Talk talk, Result result, RecipientOutcome main) {
        return switch (main) {
            case Delivered it ->
                attempt(
                        talk,
                        result,
                        Optional.of(it.reply()),
                        talk.isKept() ? "took the message, on a connection that was kept" : "took the message");
            case Deferred it -> attempt(talk, result, it.reply(), it.failure(), it.detail());
            case Failed it -> attempt(talk, result, it.reply(), it.failure(), it.detail());
            case ContentLost(String detail) ->
                attempt(talk, result, Optional.empty(), AttemptFailure.CONTENT_LOST, detail);
            case TlsUnavailable it ->
                new HostAttempt(
                        talk.began(),
                        talk.hop(),
                        result,
                        Optional.empty(),
                        Optional.of(it.reason()),
                        Optional.of(it.failure()),
                        it.detail());
        };
    }

    private static HostAttempt attempt(Talk talk, Result result, Optional<ReplyFacts> reply, String detail) {
        return new HostAttempt(
                talk.began(), talk.hop(), result, reply, Optional.empty(), Optional.empty(), talk.told(detail));
    }

    private static HostAttempt attempt(
            Talk talk, Result result, Optional<ReplyFacts> reply, AttemptFailure failure, String detail) {
        return new HostAttempt(
                talk.began(), talk.hop(), result, reply, Optional.empty(), Optional.of(failure), talk.told(detail));
    }
}
