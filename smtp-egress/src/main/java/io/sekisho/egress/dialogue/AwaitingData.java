package io.sekisho.egress.dialogue;

import io.sekisho.smtp.reply.SmtpReply;

/** DATA was sent. */
record AwaitingData(Transaction transaction) implements ClientState {

    /**
     * The step after the last RCPT was answered.
     *
     * @param last the reply to it
     */
    static Transition next(Transaction transaction, SmtpReply last) {
        AwaitingData next = new AwaitingData(transaction);
        if (transaction.isPipelined() && !transaction.isChunked()) {
            return Transition.to(next);
        }
        if (!transaction.answers().acceptsAny()) {
            return Transition.reset(last, transaction, transaction.allRefused());
        }
        return transaction.isChunked()
                ? SendingContent.begin(transaction)
                : Transition.to(next, new Effect.Send("DATA\r\n"));
    }

    @Override
    public Wait waitsFor() {
        return new Wait("the reply to DATA", Wait.Limit.DATA);
    }

    @Override
    public Transition replied(SmtpReply reply) {
        boolean wanted = transaction.answers().acceptsAny();
        if (reply.code() / 100 == 3) {
            return wanted
                    ? SendingContent.begin(transaction)
                    // RFC 2920 §3.1: the host waits for content that no recipient wants; it gets none.
                    : Transition.to(new AwaitingEmptyEnd(transaction), new Effect.Send(".\r\n"));
        }
        if (!wanted) {
            return Transition.reset(reply, transaction, transaction.allRefused());
        }
        return reply.isPositive()
                ? Transition.close(transaction.outOfPlace(reply, "DATA"))
                : Transition.reset(reply, transaction, transaction.refused(reply, "DATA"));
    }

    @Override
    public Transition interrupted(Input.Interruption interruption) {
        return Transition.close(
                transaction.answers().acceptsAny()
                        ? transaction.interrupted(waitsFor(), interruption)
                        : transaction.allRefused());
    }
}
