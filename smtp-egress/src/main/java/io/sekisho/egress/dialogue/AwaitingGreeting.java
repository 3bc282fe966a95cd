package io.sekisho.egress.dialogue;

import io.sekisho.egress.delivery.HostAttempt.Result;
import io.sekisho.smtp.reply.SmtpReply;

/** Connected; the host speaks first (RFC 5321 §3.1). */
record AwaitingGreeting(Talk talk) implements ClientState {

    @Override
    public Wait waitsFor() {
        return new Wait("the greeting", Wait.Limit.GREETING);
    }

    @Override
    public Transition replied(SmtpReply reply) {
        if (reply.code() / 100 == 2) {
            return AwaitingEhlo.begin(talk);
        }
        if (reply.isPositive()) {
            return Transition.close(
                    SessionResult.setback(talk, Result.UNREACHABLE, Reports.outOfPlace(talk, reply, "the connection")));
        }
        // RFC 5321 §3.1, RFC 7504: 554 and 521 say that this host takes no mail, which is nothing about the others.
        return Transition.after(
                reply, SessionResult.setback(talk, Result.REFUSED, Reports.refusal(talk, reply, "the connection")));
    }

    @Override
    public Transition interrupted(Input.Interruption interruption) {
        return Transition.close(SessionResult.interrupted(talk, waitsFor(), interruption));
    }
}
