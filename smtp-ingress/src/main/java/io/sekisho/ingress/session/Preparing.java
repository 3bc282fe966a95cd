package io.sekisho.ingress.session;

import io.sekisho.smtp.reply.SmtpReply;
import java.nio.ByteBuffer;

/** DATA was given; room for the content is being made. */
public record Preparing(Client client, Greeting greeting, Transaction transaction, Behind behind)
        implements SessionState {

    @Override
    public Step on(SessionInput input, Reception reception) {
        return switch (input) {
            case SessionInput.ContentOpened() -> {
                byte[] received = reception.receivedField(client, greeting, transaction);
                yield Step.to(
                        new Receiving(client, greeting, transaction, received.length),
                        new Effect.Reply(Replies.START_MAIL_INPUT),
                        // RFC 5321 §4.4: frozen into the content, so that every attempt sends the same octets.
                        new Effect.Content(ByteBuffer.wrap(received).asReadOnlyBuffer()));
            }
            case SessionInput.ContentUnavailable(SessionInput.Shortage shortage, String reason) -> {
                SmtpReply reply = Replies.unavailable(shortage);
                yield behind == Behind.OCTETS
                        ? Step.close(reply, "octets behind a refused DATA")
                        : Step.reply(new Greeted(client, greeting), reply);
            }
            case SessionInput.TimedOut() -> Step.to(this);
            case SessionInput.Draining() -> Step.to(this);
            case SessionInput.Disconnected() -> Step.to(new Closed(), new Effect.DropContent());
            default -> throw SessionState.unexpected(this, input);
        };
    }
}
