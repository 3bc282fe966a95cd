package io.sekisho.egress.dialogue;

import io.sekisho.smtp.reply.SmtpReply;

/** QUIT was sent; the outcome has been reported, and whatever comes now changes nothing. */
record AwaitingGoodbye() implements ClientState {

    @Override
    public Wait waitsFor() {
        return new Wait("the reply to QUIT", Wait.Limit.QUIT);
    }

    @Override
    public Transition replied(SmtpReply reply) {
        return Transition.to(new Closed(), new Effect.Close());
    }

    @Override
    public Transition interrupted(Input.Interruption interruption) {
        return Transition.to(new Closed(), new Effect.Close());
    }
}
