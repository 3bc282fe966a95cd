package io.sekisho.egress.dialogue;

import io.sekisho.egress.delivery.HostAttempt.Result;
import io.sekisho.mail.event.AttemptFailure;
import io.sekisho.smtp.reply.EhloResponse;
import io.sekisho.smtp.reply.SmtpReply;

/**
 * STARTTLS was sent.
 *
 * @param offers of the EHLO in plain text, for going on without TLS where that is allowed
 */
record AwaitingStartTls(Talk talk, EhloResponse offers) implements ClientState {

    @Override
    public Wait waitsFor() {
        return Wait.replyTo("STARTTLS");
    }

    @Override
    public Transition replied(SmtpReply reply) {
        if (reply.code() / 100 == 2) {
            return Transition.to(
                    new ShakingHands(talk),
                    new Effect.StartTls(talk.errand().floor(), talk.errand().serverName()));
        }
        if (reply.code() == 421) {
            // RFC 5321 §3.8: the host goes away, which says nothing about its TLS.
            return Transition.close(
                    SessionResult.setback(talk, Result.REFUSED, Reports.refusal(talk, reply, "STARTTLS")));
        }
        if (talk.errand().startTls() == StartTlsUse.REQUIRED) {
            return TlsTrouble.refused(talk, reply);
        }
        // RFC 3207 §4.1: after 454 the client may go on without; nothing was begun, so the connection is as it was.
        return Admission.of(talk, offers);
    }

    @Override
    public Transition interrupted(Input.Interruption interruption) {
        // A host that stumbles over STARTTLS itself is one whose TLS is broken.
        boolean abandoned = interruption instanceof Input.Interruption.Abandoned;
        return abandoned
                ? Transition.close(SessionResult.interrupted(talk, waitsFor(), interruption))
                : TlsTrouble.startTls(
                        talk, AttemptFailure.HANDSHAKE_FAILED, Reports.describe(talk, waitsFor(), interruption));
    }
}
