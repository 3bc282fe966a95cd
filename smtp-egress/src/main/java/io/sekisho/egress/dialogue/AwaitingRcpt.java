package io.sekisho.egress.dialogue;

import io.sekisho.smtp.reply.SmtpReply;

/** The reply to RCPT of the next recipient is due. */
record AwaitingRcpt(Transaction transaction) implements ClientState {

    /**
     * The step after MAIL or an RCPT was answered.
     *
     * @param last the reply to it
     */
    static Transition next(Transaction transaction, SmtpReply last) {
        int index = transaction.answers().rcpt().size();
        if (index == transaction.recipients().size()) {
            return AwaitingData.next(transaction, last);
        }
        AwaitingRcpt next = new AwaitingRcpt(transaction);
        return transaction.isPipelined()
                ? Transition.to(next)
                : Transition.to(next, new Effect.Send(transaction.rcptCommand(index)));
    }

    @Override
    public Wait waitsFor() {
        int index = transaction.answers().rcpt().size();
        return Wait.replyTo("RCPT TO:<" + transaction.recipients().get(index).forwardPath() + ">");
    }

    @Override
    public Transition replied(SmtpReply reply) {
        if (reply.code() == 421) {
            return Transition.close(transaction.refused(reply, "RCPT TO"));
        }
        if (reply.isPositive() && !Answers.isAccepted(reply)) {
            return Transition.close(transaction.outOfPlace(reply, "RCPT TO"));
        }
        return next(transaction.with(transaction.answers().withRcpt(reply)), reply);
    }

    @Override
    public Transition interrupted(Input.Interruption interruption) {
        return Transition.close(transaction.interrupted(waitsFor(), interruption));
    }
}
