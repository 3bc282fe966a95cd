package io.sekisho.egress.dialogue;

import io.sekisho.egress.delivery.HostAttempt.Result;
import io.sekisho.smtp.reply.EhloResponse;
import io.sekisho.smtp.reply.SmtpReply;

/** The host did not know EHLO (RFC 5321 §3.2): it offers nothing. */
record AwaitingHelo(Talk talk) implements ClientState {

    static Transition begin(Talk talk) {
        return Transition.to(
                new AwaitingHelo(talk), new Effect.Send("HELO " + talk.errand().ehloName() + "\r\n"));
    }

    @Override
    public Wait waitsFor() {
        return Wait.replyTo("HELO");
    }

    @Override
    public Transition replied(SmtpReply reply) {
        if (reply.code() / 100 == 2) {
            return Admission.of(talk, EhloResponse.none(reply.text()));
        }
        return reply.isPositive()
                ? Transition.close(
                        SessionResult.setback(talk, Result.UNREACHABLE, Reports.outOfPlace(talk, reply, "HELO")))
                : Transition.after(
                        reply, SessionResult.setback(talk, Result.REFUSED, Reports.refusal(talk, reply, "HELO")));
    }

    @Override
    public Transition interrupted(Input.Interruption interruption) {
        return Transition.close(SessionResult.interrupted(talk, waitsFor(), interruption));
    }
}
