package io.sekisho.ingress.session;

import io.sekisho.mail.event.BlockReason;
import io.sekisho.smtp.command.Chunk;
import io.sekisho.smtp.reply.SmtpReply;
import java.util.List;
import java.util.Optional;

/** The message will be refused, but the chunk is still arriving: it is read to its end, then answered (RFC 3030 §2). */
public record DiscardingChunk(
        Client client,
        Greeting greeting,
        Transaction transaction,
        Chunk chunk,
        SmtpReply reply,
        Optional<BlockReason> blockReason)
        implements ReadingChunk {

    @Override
    public Step on(SessionInput input, Reception reception) {
        return switch (input) {
            case SessionInput.ChunkEnded(ContentFacts facts) ->
                refuse(Refusing.andGoOn(reply, ChunksRefused.behind(this)), Optional.of(facts), reception);
            case SessionInput.ContentEndless() ->
                refuse(Refusing.andClose(reply, "a chunk of too many octets"), Optional.empty(), reception);
            // The first fault decides.
            case SessionInput.ContentMalformed malformed -> Step.to(this);
            case SessionInput.ContentUnavailable unavailable -> Step.to(this);
            case SessionInput.TimedOut() -> Step.close(reception.replies().timedOut(), "time-out");
            case SessionInput.Draining() -> Step.to(this);
            case SessionInput.Disconnected() -> Step.to(new Closed());
            default -> throw SessionState.unexpected(this, input);
        };
    }

    private Step refuse(Refusing refusing, Optional<ContentFacts> facts, Reception reception) {
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
