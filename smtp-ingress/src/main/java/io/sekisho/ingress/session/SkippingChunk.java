package io.sekisho.ingress.session;

import io.sekisho.smtp.command.Chunk;

/**
 * A chunk that belongs to no message: at the wrong time, or behind one that was refused. It is read, then answered.
 *
 * @param then the answer, and where the session goes on
 */
public record SkippingChunk(Chunk chunk, Step then) implements ReadingChunk {

    @Override
    public Step on(SessionInput input, Reception reception) {
        return switch (input) {
            case SessionInput.ChunkEnded ended -> then;
            case SessionInput.ContentEndless() ->
                Step.drop("a chunk of too many octets").after(then.effects().toArray(Effect[]::new));
            case SessionInput.ContentMalformed malformed -> Step.to(this);
            case SessionInput.TimedOut() -> Step.close(reception.replies().timedOut(), "time-out");
            case SessionInput.Draining() -> Step.to(this);
            case SessionInput.Disconnected() -> Step.to(new Closed());
            default -> throw SessionState.unexpected(this, input);
        };
    }
}
