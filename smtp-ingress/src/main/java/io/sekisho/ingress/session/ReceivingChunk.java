package io.sekisho.ingress.session;

import io.sekisho.smtp.command.Chunk;
import io.sekisho.smtp.content.LineEndViolation;
import io.sekisho.smtp.reply.SmtpReply;
import java.util.Optional;

/**
 * A chunk of the message is arriving.
 *
 * @param receivedOctets length of our own Received field, already part of the content
 */
public record ReceivingChunk(Client client, Greeting greeting, Transaction transaction, int receivedOctets, Chunk chunk)
        implements ReadingChunk {

    @Override
    public Step on(SessionInput input, Reception reception) {
        return switch (input) {
            case SessionInput.ChunkEnded(ContentFacts facts) ->
                chunk.isLast()
                        ? Arrival.whole(client, greeting, transaction, receivedOctets, facts, reception)
                        : Step.reply(
                                new BetweenChunks(client, greeting, transaction, receivedOctets, facts.octets()),
                                Replies.chunkTaken(chunk.octets()));
            // The end of a chunk is where its size says, so nothing was smuggled, and the session goes on.
            case SessionInput.ContentMalformed(LineEndViolation violation) -> discard(Replies.bareInChunk(violation));
            case SessionInput.ContentUnavailable(SessionInput.Shortage shortage, String reason) ->
                discard(Replies.unavailable(shortage));
            case SessionInput.TimedOut() ->
                Step.close(reception.replies().timedOut(), "time-out").after(new Effect.DropContent());
            case SessionInput.Draining() -> Step.to(this);
            case SessionInput.Disconnected() -> Step.to(new Closed(), new Effect.DropContent());
            default -> throw SessionState.unexpected(this, input);
        };
    }

    private Step discard(SmtpReply reply) {
        return Step.to(
                new DiscardingChunk(client, greeting, transaction, chunk, reply, Optional.empty()),
                new Effect.DropContent());
    }
}
