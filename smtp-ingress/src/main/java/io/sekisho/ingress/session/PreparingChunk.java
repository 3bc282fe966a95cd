package io.sekisho.ingress.session;

import io.sekisho.smtp.command.Chunk;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The first BDAT of a message was given; room for the content is being made. */
public record PreparingChunk(Client client, Greeting greeting, Transaction transaction, Chunk chunk)
        implements SessionState {

    @Override
    public Step on(SessionInput input, Reception reception) {
        return switch (input) {
            case SessionInput.ContentOpened() -> {
                byte[] received = reception.receivedField(client, greeting, transaction);
                yield Step.to(
                        new ReceivingChunk(client, greeting, transaction, received.length, chunk),
                        // RFC 5321 §4.4: frozen into the content, so that every attempt sends the same octets.
                        new Effect.Content(ByteBuffer.wrap(received).asReadOnlyBuffer()));
            }
            case SessionInput.ContentUnavailable(SessionInput.Shortage shortage, String reason) ->
                Step.to(new DiscardingChunk(
                        client, greeting, transaction, chunk, Replies.unavailable(shortage), Optional.empty()));
            case SessionInput.TimedOut() -> Step.to(this);
            case SessionInput.Draining() -> Step.to(this);
            case SessionInput.Disconnected() -> Step.to(new Closed(), new Effect.DropContent());
            default -> throw SessionState.unexpected(this, input);
        };
    }
}
