package io.sekisho.egress.dialogue;

import io.sekisho.egress.delivery.HostAttempt.Result;
import io.sekisho.smtp.reply.SmtpReply;

/**
 * Content is on its way, the final dot or the last chunk is not: to close now is to have sent nothing.
 *
 * @param answered chunks (RFC 3030 §2) that the host has answered; they are not waited for one by one
 */
record SendingContent(Transaction transaction, int answered) implements ClientState {

    static Transition begin(Transaction transaction) {
        return Transition.to(new SendingContent(transaction, 0), new Effect.SendContent(transaction.isChunked()));
    }

    @Override
    public Wait waitsFor() {
        return new Wait("the host taking the content", Wait.Limit.BLOCK);
    }

    @Override
    public Transition on(Input input) {
        return switch (input) {
            case Input.ContentSent sent ->
                Transition.to(new AwaitingVerdict(transaction, transaction.contentReplies() - answered));
            case Input.ContentFailed(var outcome) -> Transition.close(transaction.end(Result.ABANDONED, outcome));
            default -> ClientState.super.on(input);
        };
    }

    /** A host that has heard enough; whether it said so for good stands in its code. */
    @Override
    public Transition replied(SmtpReply reply) {
        if (reply.code() / 100 == 2 && answered + 1 < transaction.contentReplies()) {
            return Transition.to(new SendingContent(transaction, answered + 1));
        }
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
