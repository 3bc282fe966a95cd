package io.sekisho.ingress.session;

import io.sekisho.smtp.reply.SmtpReply;

/**
 * A refusal waits for its event to be written, so that no sender is told what no administrator can find.
 *
 * @param refusal sent first
 * @param then what is done behind it
 */
public record Refusing(SmtpReply refusal, Step then) implements SessionState {

    static Refusing andGoOn(SmtpReply refusal, CommandState next) {
        return new Refusing(refusal, Step.to(next));
    }

    static Refusing andClose(SmtpReply refusal, String reason) {
        return new Refusing(refusal, Step.drop(reason));
    }

    static Refusing andClose(SmtpReply refusal, SmtpReply last, String reason) {
        return new Refusing(refusal, Step.close(last, reason));
    }

    @Override
    public Step on(SessionInput input, Reception reception) {
        return switch (input) {
            case SessionInput.Recorded() -> then.after(new Effect.Reply(refusal));
            case SessionInput.TimedOut() -> Step.to(this);
            case SessionInput.Draining() -> Step.to(this);
            case SessionInput.Disconnected() -> Step.to(new Closed());
            default -> throw SessionState.unexpected(this, input);
        };
    }
}
