package io.sekisho.smtp.content;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes content for DATA: adds the transparency dots, a final CRLF where the content lacks one, and the end (RFC 5321
 * §4.5.2). It never emits a bare CR or LF: at the first one it stops for good, and the connection must be closed
 * without the final dot, so that no part of the message is taken for the whole.
 *
 * <p><i>Lifecycle:</i> one per message: {@link #encode} for each piece, then {@link #finish} once. <i>Thread
 * safety:</i> none.
 */
public final class DotEncoder {

    private enum State {
        LINE_START,
        TEXT,
        CR
    }

    private static final byte[] CR = {'\r'};
    private static final byte[] DOT = {'.'};
    private static final byte[] END = {'.', '\r', '\n'};
    private static final byte[] CRLF_END = {'\r', '\n', '.', '\r', '\n'};

    private State state = State.LINE_START;
    private LineEndViolation violation;

    /**
     * Encodes the next piece; all of it is consumed.
     *
     * @param wire receives the octets to send, as views of {@code content} and constants
     * @return the violation met now or before, after which nothing more is emitted
     */
    public Optional<LineEndViolation> encode(ByteBuffer content, Consumer<ByteBuffer> wire) {
        int from = content.position();
        while (violation == null && content.hasRemaining()) {
            if (state == State.TEXT) {
                skipText(content);
                if (!content.hasRemaining()) {
                    break;
                }
            }
            int at = content.position();
            byte octet = content.get();
            if (state == State.CR) {
                if (octet != '\n') {
                    violation = LineEndViolation.BARE_CR;
                    hand(content, from, at - 1, wire);
                } else {
                    if (at == from) {
                        // The CR ended the previous piece and was held back until its LF was seen.
                        emit(CR, wire);
                    }
                    state = State.LINE_START;
                }
            } else if (octet == '\n') {
                violation = LineEndViolation.BARE_LF;
                hand(content, from, at, wire);
            } else {
                if (octet == '.' && state == State.LINE_START) {
                    hand(content, from, at, wire);
                    from = at;
                    emit(DOT, wire);
                }
                state = octet == '\r' ? State.CR : State.TEXT;
            }
        }
        if (violation == null) {
            hand(content, from, content.position() - (state == State.CR ? 1 : 0), wire);
        }
        content.position(content.limit());
        return Optional.ofNullable(violation);
    }

    /**
     * Ends the content.
     *
     * @param wire receives the final octets, nothing if there was a violation
     * @return the violation, also of a CR that was the very last octet
     */
    public Optional<LineEndViolation> finish(Consumer<ByteBuffer> wire) {
        if (violation == null && state == State.CR) {
            violation = LineEndViolation.BARE_CR;
        }
        if (violation == null) {
            emit(state == State.LINE_START ? END : CRLF_END, wire);
        }
        return Optional.ofNullable(violation);
    }

    private static void skipText(ByteBuffer content) {
        int at = content.position();
        while (at < content.limit() && content.get(at) != '\r' && content.get(at) != '\n') {
            at++;
        }
        content.position(at);
    }

    private static void hand(ByteBuffer content, int from, int to, Consumer<ByteBuffer> wire) {
        if (to > from) {
            wire.accept(content.duplicate().limit(to).position(from).slice());
        }
    }

    private static void emit(byte[] constant, Consumer<ByteBuffer> wire) {
        wire.accept(ByteBuffer.wrap(constant).asReadOnlyBuffer());
    }
}
