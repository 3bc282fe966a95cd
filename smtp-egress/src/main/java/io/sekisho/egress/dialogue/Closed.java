package io.sekisho.egress.dialogue;

import io.sekisho.smtp.reply.SmtpReply;

/** Over; nothing that still arrives matters. */
record Closed() implements ClientState {

    @Override
    public Wait waitsFor() {
        return new Wait("nothing", Wait.Limit.QUIT);
    }

    @Override
    public Transition on(Input input) {
        return Transition.to(this);
    }

    @Override
    public Transition replied(SmtpReply reply) {
        return Transition.to(this);
    }

    @Override
    public Transition interrupted(Input.Interruption interruption) {
        return Transition.to(this);
    }
}
