package io.sekisho.egress.dialogue;

import io.sekisho.egress.delivery.HostAttempt.Result;
import io.sekisho.smtp.reply.SmtpReply;

/** Content is on its way, the final dot is not: to close now is to have sent nothing. */
record SendingContent(Transaction transaction) implements ClientState {

    @Override
    public Wait waitsFor() {
        return new Wait("the host taking the content", Wait.Limit.BLOCK);
    }

    @Override
    public Transition on(Input input) {
        return switch (input) {
            case Input.ContentSent sent -> Transition.to(new AwaitingVerdict(transaction));
            case Input.ContentFailed(var outcome) -> Transition.close(transaction.end(Result.ABANDONED, outcome));
            default -> ClientState.super.on(input);
        };
    }

    /** A host that has heard enough; whether it said so for good stands in its code. */
    @Override
    public Transition replied(SmtpReply reply) {
        return Transition.close(
                reply.isPositive()
                        ? transaction.outOfPlace(reply, "content not yet complete")
                        : transaction.refused(reply, "content not yet complete"));
    }

    @Override
    public Transition interrupted(Input.Interruption interruption) {
        return Transition.close(transaction.interrupted(waitsFor(), interruption));
    }
}
