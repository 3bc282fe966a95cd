package io.sekisho.egress.dialogue;

import io.sekisho.smtp.reply.EhloResponse;
import io.sekisho.smtp.reply.SmtpReply;

/** RSET was sent; the outcome has been reported, this is about the next message only. */
record AwaitingReset(Talk talk, EhloResponse offers) implements ClientState {

    @Override
    public Wait waitsFor() {
        return new Wait("the reply to RSET", Wait.Limit.QUIT);
    }

    @Override
    public Transition replied(SmtpReply reply) {
        return reply.code() / 100 == 2
                ? Transition.to(new AtRest(talk, offers), new Effect.Rest())
                : Transition.to(new Closed(), new Effect.Close());
    }

    @Override
    public Transition interrupted(Input.Interruption interruption) {
        return Transition.to(new Closed(), new Effect.Close());
    }
}
