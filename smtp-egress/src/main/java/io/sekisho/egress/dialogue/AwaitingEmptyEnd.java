package io.sekisho.egress.dialogue;

import io.sekisho.smtp.reply.SmtpReply;

/** The host took DATA though it had refused every recipient, and was given no content; its reply means nothing. */
record AwaitingEmptyEnd(Transaction transaction) implements ClientState {

    @Override
    public Wait waitsFor() {
        return new Wait("the reply to the end of no content", Wait.Limit.COMMAND);
    }

    @Override
    public Transition replied(SmtpReply reply) {
        return Transition.reset(reply, transaction, transaction.allRefused());
    }

    @Override
    public Transition interrupted(Input.Interruption interruption) {
        return Transition.close(transaction.allRefused());
    }
}
