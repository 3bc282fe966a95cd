package io.sekisho.egress.dialogue;

import io.sekisho.egress.delivery.DeferralCause;
import io.sekisho.egress.delivery.RecipientOutcome;
import io.sekisho.egress.delivery.RecipientOutcome.Deferred;
import io.sekisho.egress.delivery.RecipientOutcome.Failed;
import io.sekisho.mail.event.AttemptFailure;
import io.sekisho.mail.event.ReplyFacts;
import io.sekisho.smtp.reply.SmtpReply;
import java.time.Duration;
import java.util.Optional;

/** How trouble in a session is told: status, reply, detail, cause. One place, so that like trouble is told alike. */
final class Reports {

    private Reports() {}

    /** A 4yz or 5yz reply. */
    static RecipientOutcome refusal(Talk talk, SmtpReply reply, String command) {
        return reply.isPermanentFailure()
                ? new Failed(
                        status(reply, "5.0.0"),
                        Optional.of(facts(reply)),
                        Optional.of(talk.hop()),
                        said(talk, reply, command),
                        refusedAt(command))
                : transientRefusal(talk, reply, command);
    }

    /** A reply that is taken for temporary, whatever its code. */
    static Deferred transientRefusal(Talk talk, SmtpReply reply, String command) {
        return new Deferred(
                reply.isTransientFailure() ? status(reply, "4.0.0") : "4.0.0",
                Optional.of(facts(reply)),
                Optional.of(talk.hop()),
                said(talk, reply, command),
                new DeferralCause.Replied(),
                refusedAt(command));
    }

    /** A reply that SMTP does not have at this place. */
    static Deferred outOfPlace(Talk talk, SmtpReply reply, String command) {
        return new Deferred(
                "4.5.0",
                Optional.of(facts(reply)),
                Optional.of(talk.hop()),
                said(talk, reply, command) + " (no answer that SMTP has for it)",
                new DeferralCause.ProtocolViolated(),
                AttemptFailure.REPLY_OUT_OF_PLACE);
    }

    /** Why the session could not go on before the content was complete. */
    static Deferred interruption(Talk talk, Wait wait, Input.Interruption interruption) {
        String detail = describe(talk, wait, interruption);
        boolean inContent = wait.limit() == Wait.Limit.BLOCK;
        return switch (interruption) {
            case Input.Interruption.Lost lost ->
                deferred(
                        talk,
                        "4.4.2",
                        detail,
                        new DeferralCause.HostUnreachable(),
                        inContent ? AttemptFailure.CONNECTION_LOST_IN_CONTENT : AttemptFailure.CONNECTION_LOST);
            case Input.Interruption.TimedOut late ->
                deferred(
                        talk,
                        "4.4.2",
                        detail,
                        new DeferralCause.HostUnreachable(),
                        inContent ? AttemptFailure.CONTENT_STALLED : AttemptFailure.REPLY_TIMED_OUT);
            case Input.Interruption.Garbled garbled ->
                deferred(talk, "4.5.0", detail, new DeferralCause.ProtocolViolated(), AttemptFailure.REPLY_MALFORMED);
            case Input.Interruption.Unasked unasked ->
                deferred(
                        talk, "4.5.0", detail, new DeferralCause.ProtocolViolated(), AttemptFailure.REPLY_OUT_OF_PLACE);
            case Input.Interruption.Abandoned abandoned -> deferred(talk, "4.3.0", detail, abandoned.cause());
        };
    }

    /** What it means that a host answered 4yz or 5yz there. */
    private static AttemptFailure refusedAt(String command) {
        return switch (command) {
            case "the connection" -> AttemptFailure.GREETING_REFUSED;
            case "EHLO", "HELO" -> AttemptFailure.EHLO_REFUSED;
            case "STARTTLS" -> AttemptFailure.STARTTLS_REFUSED;
            case "MAIL FROM" -> AttemptFailure.MAIL_REFUSED;
            case "RCPT TO" -> AttemptFailure.RECIPIENT_REFUSED;
            case "DATA" -> AttemptFailure.DATA_REFUSED;
            default -> AttemptFailure.CONTENT_REFUSED;
        };
    }

    /** An interruption in words, naming the connection and what it waited for. */
    static String describe(Talk talk, Wait wait, Input.Interruption interruption) {
        String host = talk.errand().destination().toString();
        return switch (interruption) {
            case Input.Interruption.Lost(String detail) ->
                host + " closed the connection while " + wait.what() + " was awaited"
                        + (detail.isEmpty() ? "" : " (" + detail + ")");
            case Input.Interruption.TimedOut(Duration limit) ->
                host + ": " + wait.what() + " did not come within " + Wait.text(limit);
            case Input.Interruption.Garbled(var malformed) ->
                host + ": " + wait.what() + " was no SMTP reply (" + malformed.fault() + "): '" + malformed.excerpt()
                        + "'";
            case Input.Interruption.Unasked() ->
                host + " sent more than it was asked for, before " + wait.what() + " was due";
            case Input.Interruption.Abandoned(var cause, String detail) ->
                detail + " while " + wait.what() + " was awaited from " + host;
        };
    }

    static Deferred deferred(Talk talk, String enhancedStatus, String detail, DeferralCause cause) {
        return new Deferred(enhancedStatus, Optional.empty(), Optional.of(talk.hop()), detail, cause);
    }

    private static Deferred deferred(
            Talk talk, String enhancedStatus, String detail, DeferralCause cause, AttemptFailure failure) {
        return new Deferred(enhancedStatus, Optional.empty(), Optional.of(talk.hop()), detail, cause, failure);
    }

    static String said(Talk talk, SmtpReply reply, String command) {
        return talk.errand().destination() + " said in reply to " + command + ": " + reply;
    }

    static ReplyFacts facts(SmtpReply reply) {
        return new ReplyFacts(reply.code(), reply.status().map(Object::toString), reply.text());
    }

    private static String status(SmtpReply reply, String otherwise) {
        return reply.status().map(Object::toString).orElse(otherwise);
    }
}
