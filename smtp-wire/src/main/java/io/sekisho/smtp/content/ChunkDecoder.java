package io.sekisho.smtp.content;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads the content of a message that comes in chunks of announced length (RFC 3030 §2). There is no transparency dot and
 * no end to look for: a {@code CRLF . CRLF} in a chunk is content.
 *
 * <p>The rules for lines are those of DATA, since BINARYMIME is not offered: a CR or LF on its own is a violation for
 * which the message must be refused, unless a LF is normalized ({@link BareLf}). A line may go on in the next chunk, and a CRLF may be cut by the end of one.
 *
 * <p><i>Lifecycle:</i> one per message; {@link #begin} and {@link #decode} for each chunk, {@link #finish} behind the
 * last. <i>Thread safety:</i> none.
 */
public final class ChunkDecoder {

    private enum State {
        LINE_START,
        TEXT,
        CR
    }

    private static final byte[] LINE_END = {'\r', '\n'};

    private final BareLf bareLf;

    private State state = State.LINE_START;
    private LineEndViolation violation;
    private long remaining;
    private long octets;
    private boolean eightBit;

    /** A decoder for which a bare LF is a violation. */
    public ChunkDecoder() {
        this(BareLf.REJECT);
    }

    public ChunkDecoder(BareLf bareLf) {
        this.bareLf = bareLf;
    }

    /** A chunk of so many octets begins. */
    public void begin(long chunkOctets) {
        remaining = chunkOctets;
    }

    /**
     * Consumes input up to the end of the chunk.
     *
     * @param input is left behind the chunk's last octet; what remains are commands
     * @param content receives the octets as a view of {@code input}, valid as long as its memory is; nothing more once a
     *     violation was met
     * @return true once the chunk is whole
     */
    public boolean decode(ByteBuffer input, Consumer<ByteBuffer> content) {
        int length = (int) Math.min(remaining, input.remaining());
        ByteBuffer piece = input.slice(input.position(), length);
        input.position(input.position() + length);
        remaining -= length;
        octets += length;
        while (violation == null && piece.hasRemaining()) {
            int good = look(piece);
            if (good > 0) {
                content.accept(piece.slice(piece.position(), good));
            }
            piece.position(piece.position() + good);
            if (violation == null && piece.hasRemaining()) {
                lineFeed(piece, content);
            }
        }
        return remaining == 0;
    }

    private void lineFeed(ByteBuffer piece, Consumer<ByteBuffer> content) {
        piece.get();
        octets++;
        state = State.LINE_START;
        content.accept(ByteBuffer.wrap(LINE_END).asReadOnlyBuffer());
    }

    /**
     * Ends the content. A last line without its end is given one, which counts as an octet pair of the content: mail is
     * lines (RFC 5321 §2.3.8), and DATA, by which it goes on, knows nothing else.
     *
     * @param content receives the CRLF where it was missing, nothing where there was a violation
     */
    public void finish(Consumer<ByteBuffer> content) {
        if (state == State.CR) {
            violate(LineEndViolation.BARE_CR);
        }
        if (violation == null && state == State.TEXT) {
            octets += LINE_END.length;
            state = State.LINE_START;
            content.accept(ByteBuffer.wrap(LINE_END).asReadOnlyBuffer());
        }
    }

    /** The first bare CR or LF met; the message must then be refused. */
    public Optional<LineEndViolation> violation() {
        return Optional.ofNullable(violation);
    }

    /** Octets so far, those of refused chunks too. */
    public long octets() {
        return octets;
    }

    /** True if an octet of 128 or above was met: the content is not 7-bit (RFC 6152). */
    public boolean isEightBit() {
        return eightBit;
    }

    /** How many octets come before the one that breaks the rule, or is a LF to be normalized; all, where none does. */
    private int look(ByteBuffer piece) {
        int start = piece.position();
        int at = start;
        int signs = 0;
        int limit = piece.limit();
        while (at < limit && violation == null) {
            byte octet = piece.get(at);
            if (octet == '\n' && state != State.CR && bareLf == BareLf.NORMALIZE) {
                break;
            }
            if ((state == State.CR) != (octet == '\n')) {
                violate(state == State.CR ? LineEndViolation.BARE_CR : LineEndViolation.BARE_LF);
            } else if (octet == '\n') {
                state = State.LINE_START;
                at++;
            } else if (octet == '\r') {
                state = State.CR;
                at++;
            } else {
                state = State.TEXT;
                // Nearly all octets of all mail pass here, and change nothing but the sign.
                while (at < limit && octet != '\r' && octet != '\n') {
                    signs |= octet;
                    octet = ++at < limit ? piece.get(at) : 0;
                }
            }
        }
        eightBit |= signs < 0;
        return at - start;
    }

    private void violate(LineEndViolation kind) {
        if (violation == null) {
            violation = kind;
        }
    }
}
