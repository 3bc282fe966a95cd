package io.sekisho.egress.dialogue;

import io.sekisho.smtp.reply.SmtpReply;

/** MAIL was sent, and with PIPELINING all up to DATA behind it. */
record AwaitingMail(Transaction transaction) implements ClientState {

    static Transition begin(Transaction transaction) {
        StringBuilder group = new StringBuilder(transaction.mailCommand());
        if (transaction.isPipelined()) {
            for (int i = 0; i < transaction.recipients().size(); i++) {
                group.append(transaction.rcptCommand(i));
            }
            if (!transaction.isChunked()) {
                // RFC 2920 §3.1: DATA ends a group; its 354 commits to nothing while no recipient is accepted.
                group.append("DATA\r\n");
            }
        }
        return Transition.to(new AwaitingMail(transaction), new Effect.Send(group.toString()));
    }

    @Override
    public Wait waitsFor() {
        return Wait.replyTo("MAIL FROM");
    }

    @Override
    public Transition replied(SmtpReply reply) {
        if (reply.code() == 421) {
            return Transition.close(
                    transaction.talk().isKept()
                            ? SessionResult.stale(
                                    transaction.talk(), Reports.said(transaction.talk(), reply, "MAIL FROM"))
                            : transaction.refused(reply, "MAIL FROM"));
        }
        if (Answers.isAccepted(reply)) {
            return AwaitingRcpt.next(transaction, reply);
        }
        if (reply.isPositive()) {
            return Transition.close(transaction.outOfPlace(reply, "MAIL FROM"));
        }
        Transaction refused = transaction.with(transaction.answers().withMailRefused(reply));
        return transaction.isPipelined()
                ? AwaitingRcpt.next(refused, reply)
                : Transition.reset(reply, refused, refused.allRefused());
    }

    @Override
    public Transition interrupted(Input.Interruption interruption) {
        boolean abandoned = interruption instanceof Input.Interruption.Abandoned;
        // Nothing was said to this errand yet: the host had done with the connection before it knew of it.
        return Transition.close(
                transaction.talk().isKept() && !abandoned
                        ? SessionResult.stale(
                                transaction.talk(), Reports.describe(transaction.talk(), waitsFor(), interruption))
                        : transaction.interrupted(waitsFor(), interruption));
    }
}
