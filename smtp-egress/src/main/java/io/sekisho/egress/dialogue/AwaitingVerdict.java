package io.sekisho.egress.dialogue;

import io.sekisho.egress.delivery.DeferralCause;
import io.sekisho.egress.delivery.HostAttempt.Result;
import io.sekisho.smtp.reply.SmtpReply;

/**
 * The final dot was sent: from here the host may have taken the message (RFC 5321 §4.2.5). Nothing is given up any more,
 * and without a clear reply no other host is tried, for it might get a second copy.
 *
 * @param due replies: one, and with BDAT one more for each chunk before the last that is not answered yet
 */
record AwaitingVerdict(Transaction transaction, int due) implements ClientState {

    @Override
    public Wait waitsFor() {
        return new Wait("the reply to the content", Wait.Limit.FINAL_DOT);
    }

    @Override
    public Transition replied(SmtpReply reply) {
        if (reply.code() / 100 == 2) {
            return due > 1
                    ? Transition.to(new AwaitingVerdict(transaction, due - 1))
                    : Transition.rest(transaction.talk(), transaction.offers(), transaction.taken(reply));
        }
        return reply.isPositive() ? lost(Reports.said(transaction.talk(), reply, "the content")) : refused(reply);
    }

    @Override
    public Transition interrupted(Input.Interruption interruption) {
        return interruption instanceof Input.Interruption.Abandoned
                ? Transition.to(this)
                : lost(Reports.describe(transaction.talk(), waitsFor(), interruption));
    }

    private Transition refused(SmtpReply reply) {
        SessionResult result = transaction.refused(reply, "the content");
        // Replies to the chunks behind the refused one are still to come.
        return due > 1 ? Transition.close(result) : Transition.reset(reply, transaction, result);
    }

    private Transition lost(String what) {
        return Transition.close(transaction.end(
                Result.UNREACHABLE,
                Reports.deferred(
                        transaction.talk(),
                        "4.4.2",
                        what + "; the host may have taken the message, the next attempt may deliver it twice",
                        new DeferralCause.ReplyLost())));
    }
}
