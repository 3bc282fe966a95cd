package io.sekisho.ingress.session;

import io.sekisho.mail.event.BlockReason;
import io.sekisho.smtp.reply.SmtpReply;
import java.util.List;
import java.util.Optional;

/**
 * The message will be refused, but its content is still arriving: it is read to its true end, as a client does not look
 * at replies before, and what it sent as content must never become a command.
 */
public record Discarding(
        Client client,
        Greeting greeting,
        Transaction transaction,
        SmtpReply reply,
        Optional<BlockReason> blockReason,
        Then then)
        implements SessionState {

    /** What follows the refusal. */
    public enum Then {
        GO_ON,
        CLOSE
    }

    @Override
    public Step on(SessionInput input, Reception reception) {
        return switch (input) {
            case SessionInput.ContentEnded(ContentFacts facts) -> refuse(Optional.of(facts), reception);
            case SessionInput.ContentEndless() ->
                new Discarding(client, greeting, transaction, reply, blockReason, Then.CLOSE)
                        .refuse(Optional.empty(), reception);
            // The first fault decides; a bare CR or LF behind it still costs the connection.
            case SessionInput.ContentMalformed malformed ->
                Step.to(new Discarding(client, greeting, transaction, reply, blockReason, Then.CLOSE));
            case SessionInput.ContentTooLarge() -> Step.to(this);
            case SessionInput.ContentUnavailable unavailable -> Step.to(this);
            case SessionInput.TimedOut() -> Step.close(reception.replies().timedOut(), "time-out");
            case SessionInput.Draining() -> Step.to(this);
            case SessionInput.Disconnected() -> Step.to(new Closed());
            default -> throw SessionState.unexpected(this, input);
        };
    }

    private Step refuse(Optional<ContentFacts> facts, Reception reception) {
        Refusing refusing = then == Then.CLOSE
                ? Refusing.andClose(reply, "content that cannot be trusted")
                : Refusing.andGoOn(reply, new Greeted(client, greeting));
        if (reply.isTransientFailure()) {
            // Nothing was decided about the message: the client brings it again.
            return refusing.on(new SessionInput.Recorded(), reception);
        }
        return Step.to(
                refusing,
                new Effect.Await(List.copyOf(SessionEvents.contentRefused(
                        client, greeting, transaction, facts, reply, blockReason, reception.now()))));
    }
}
