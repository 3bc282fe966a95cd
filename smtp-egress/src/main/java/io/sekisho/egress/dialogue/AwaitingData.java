package io.sekisho.egress.dialogue;

import io.sekisho.smtp.reply.SmtpReply;

/** DATA was sent. */
record AwaitingData(Transaction transaction) implements ClientState {

    /** The step after the last RCPT was answered. */
    static Transition next(Transaction transaction) {
        AwaitingData next = new AwaitingData(transaction);
        if (transaction.isPipelined()) {
            return Transition.to(next);
        }
        return transaction.answers().acceptsAny()
                ? Transition.to(next, new Effect.Send("DATA\r\n"))
                : Transition.goodbye(transaction.allRefused());
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
                    ? Transition.to(new SendingContent(transaction), new Effect.SendContent())
                    // RFC 2920 §3.1: the host waits for content that no recipient wants; it gets none.
                    : Transition.to(new AwaitingEmptyEnd(transaction), new Effect.Send(".\r\n"));
        }
        if (!wanted) {
            return Transition.after(reply, transaction.allRefused());
        }
        return reply.isPositive()
                ? Transition.close(transaction.outOfPlace(reply, "DATA"))
                : Transition.after(reply, transaction.refused(reply, "DATA"));
    }

    @Override
    public Transition interrupted(Input.Interruption interruption) {
        return Transition.close(
                transaction.answers().acceptsAny()
                        ? transaction.interrupted(waitsFor(), interruption)
                        : transaction.allRefused());
    }
}
