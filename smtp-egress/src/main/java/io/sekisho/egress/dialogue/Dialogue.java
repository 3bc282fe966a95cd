package io.sekisho.egress.dialogue;

import io.sekisho.smtp.reply.DecodedReply;
import io.sekisho.smtp.reply.ReplyDecoder;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The client's side of one SMTP session, from bytes to effects, without I/O. Whatever the host does, exactly one {@link
 * Effect.Report} comes of each errand.
 *
 * <p>Every reply must be asked for: bytes that remain behind the last reply that was due would be taken for the reply to
 * a later command, at worst for the one that says that a message was taken.
 *
 * <p>Thread safety: none; confined to the connection's event loop.
 */
public final class Dialogue {

    private final ReplyDecoder decoder = new ReplyDecoder();
    private ClientState state;

    /** The connection is made; the host is to speak. */
    public Dialogue(Errand errand, Instant now) {
        state = new AwaitingGreeting(Talk.begin(errand, now));
    }

    ClientState state() {
        return state;
    }

    /** Whether it waits for another message; the connection's TLS is then what {@link #security} says. */
    public boolean isAtRest() {
        return state instanceof AtRest;
    }

    /** What the connection has of TLS, at rest. */
    public Security security() {
        if (state instanceof AtRest rest) {
            return rest.talk().security();
        }
        throw new IllegalStateException("asked of " + state);
    }

    /** What it waits for now; empty where there is no one thing: the content is being sent, or all is over. */
    public Optional<Wait> awaits() {
        return state instanceof Closed || state instanceof SendingContent
                ? Optional.empty()
                : Optional.of(state.waitsFor());
    }

    /** What the host sent. */
    public List<Effect> received(ByteBuffer bytes) {
        List<Effect> effects = new ArrayList<>();
        while (bytes.hasRemaining() && !(state instanceof Closed)) {
            Optional<Input> input = next(bytes);
            if (input.isEmpty()) {
                break;
            }
            Transition edge = state.on(input.get());
            if (bytes.hasRemaining() && edge.goesOn()) {
                edge = edge.cutShort();
            }
            state = edge.next();
            if (bytes.hasRemaining() && edge.asks() && !edge.reports()) {
                // Dropping the effects keeps a handshake from being begun with bytes that came before it.
                edge = state.on(new Input.Interruption.Unasked());
                state = edge.next();
            }
            effects.addAll(edge.effects());
        }
        return effects;
    }

    /** Anything else that happened. */
    public List<Effect> on(Input input) {
        if (input instanceof Input.Secured) {
            // RFC 3207 §4.2: nothing that was known before the handshake is known after it.
            decoder.reset();
        }
        Transition edge = state.on(input);
        state = edge.next();
        return edge.effects();
    }

    private Optional<Input> next(ByteBuffer bytes) {
        if (state instanceof ShakingHands || state instanceof AtRest) {
            return Optional.of(new Input.Interruption.Unasked());
        }
        return decoder.decode(bytes).map(decoded -> switch (decoded) {
            case DecodedReply.Complete(var reply) -> new Input.Replied(reply);
            case DecodedReply.Malformed malformed -> new Input.Interruption.Garbled(malformed);
        });
    }
}
