package io.sekisho.smtp.content;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads the content that follows DATA: removes the transparency dots and finds the end (RFC 5321 §4.5.2).
 *
 * <p>Only {@code CR LF . CR LF} ends content. Two servers that disagree about the end let an attacker hide a second
 * message in the first (SMTP smuggling, CVE-2023-51764), so nothing resembling the end is ever taken for it, and a CR
 * or LF on its own is a violation for which the message must be refused. Input is still consumed up to the true end:
 * what a client sent as content never becomes a command.
 *
 * <p>Under {@link BareLf#NORMALIZE} a lone LF ends a line, as LF_LINE_START: dots are transparent there too, but a line of
 * one dot is text.
 *
 * <pre>
 *              '.'          CR          LF
 *  LINE_START ─────▶ DOT ─────▶ DOT_CR ─────▶ ENDED
 *   ▲  │               │ other      │ other: bare CR
 *   │  ▼ other         ▼            ▼
 *   │ TEXT ◀────────────────────────┘
 *   │  │ CR
 *   │  ▼
 *   └─ CR   LF: next line; other: bare CR
 * </pre>
 *
 * <p><i>Lifecycle:</i> one per message. <i>Thread safety:</i> none.
 */
public final class DotDecoder {

    private enum State {
        LINE_START,
        LF_LINE_START,
        LF_DOT,
        DOT,
        DOT_CR,
        TEXT,
        CR,
        ENDED
    }

    private static final byte[] HELD_CR = {'\r'};
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] DOT = {'.'};

    private final BareLf bareLf;

    // The CRLF that ended the DATA command is the one before the first line.
    private State state = State.LINE_START;
    private LineEndViolation violation;
    private long octets;
    private long lineOctets;
    private long longestLine;
    private boolean eightBit;

    // Octets [from, position) of the present input are content not handed over yet.
    private int from;

    /** A decoder for which a bare LF is a violation. */
    public DotDecoder() {
        this(BareLf.REJECT);
    }

    public DotDecoder(BareLf bareLf) {
        this.bareLf = bareLf;
    }

    /**
     * Consumes input up to the end of the content.
     *
     * @param input is left after the final CRLF once the content has ended, else empty; what remains are commands
     * @param content receives the decoded octets as views of {@code input}, valid as long as its memory is; nothing
     *     from a violation on
     * @return true once the content has ended
     */
    public boolean decode(ByteBuffer input, Consumer<ByteBuffer> content) {
        from = input.position();
        while (state != State.ENDED && input.hasRemaining()) {
            if (state == State.TEXT) {
                ordinaryText(input);
                if (!input.hasRemaining()) {
                    break;
                }
            }
            int at = input.position();
            byte octet = input.get();
            switch (state) {
                case LINE_START -> {
                    if (octet == '.') {
                        hand(input, at, content);
                        from = at + 1;
                        state = State.DOT;
                    } else {
                        text(octet, at, input, content);
                    }
                }
                case LF_LINE_START -> {
                    if (octet == '.') {
                        hand(input, at, content);
                        from = at + 1;
                        state = State.LF_DOT;
                    } else {
                        text(octet, at, input, content);
                    }
                }
                case LF_DOT -> {
                    if (octet == '\r' || octet == '\n') {
                        restoreDot(content);
                    }
                    text(octet, at, input, content);
                }
                case DOT -> {
                    if (octet == '\r') {
                        state = State.DOT_CR;
                    } else {
                        if (octet == '\n' && bareLf == BareLf.NORMALIZE) {
                            restoreDot(content);
                        }
                        text(octet, at, input, content);
                    }
                }
                case DOT_CR -> {
                    if (octet == '\n') {
                        state = State.ENDED;
                        return true;
                    }
                    count(1);
                    violate(LineEndViolation.BARE_CR, at - 1, input, content);
                    text(octet, at, input, content);
                }
                case CR -> {
                    if (octet == '\n') {
                        // The CR was the last octet of the previous input and has been held back.
                        if (at == from && violation == null) {
                            content.accept(ByteBuffer.wrap(HELD_CR).asReadOnlyBuffer());
                        }
                        count(1);
                        lineOctets = 0;
                        state = State.LINE_START;
                    } else {
                        violate(LineEndViolation.BARE_CR, at - 1, input, content);
                        text(octet, at, input, content);
                    }
                }
                case TEXT -> text(octet, at, input, content);
                case ENDED -> throw new IllegalStateException("the loop ends with the content");
            }
        }
        boolean crHeld = state == State.CR || state == State.DOT_CR;
        hand(input, input.position() - (crHeld ? 1 : 0), content);
        return state == State.ENDED;
    }

    /** The first bare CR or LF met; the message must then be refused. */
    public Optional<LineEndViolation> violation() {
        return Optional.ofNullable(violation);
    }

    /** Octets of content so far, CRLFs counted, transparency dots and the final dot not (RFC 1870 §5). */
    public long octets() {
        return octets;
    }

    /** Length of the longest line so far in octets, its CRLF counted; over 1000 breaks RFC 5321 §4.5.3.1.6. */
    public long longestLine() {
        return longestLine;
    }

    /** True if an octet of 128 or above was met: the content is not 7-bit (RFC 6152). */
    public boolean isEightBit() {
        return eightBit;
    }

    public boolean hasEnded() {
        return state == State.ENDED;
    }

    private void text(byte octet, int at, ByteBuffer input, Consumer<ByteBuffer> content) {
        count(1);
        eightBit |= octet < 0;
        if (octet == '\n') {
            if (bareLf == BareLf.NORMALIZE) {
                lineFeed(at, input, content);
                return;
            }
            violate(LineEndViolation.BARE_LF, at, input, content);
        }
        // After a bare LF no line begins: ". CR LF" behind it is text.
        state = octet == '\r' ? State.CR : State.TEXT;
    }

    private void lineFeed(int at, ByteBuffer input, Consumer<ByteBuffer> content) {
        hand(input, at, content);
        insert(LINE_END, content);
        // The LF itself is counted.
        count(1);
        lineOctets = 0;
        state = State.LF_LINE_START;
    }

    // The dot was taken for one of transparency; but this line ends without being the end.
    private void restoreDot(Consumer<ByteBuffer> content) {
        count(1);
        insert(DOT, content);
    }

    private void insert(byte[] octetsOfOurs, Consumer<ByteBuffer> content) {
        if (violation == null) {
            content.accept(ByteBuffer.wrap(octetsOfOurs).asReadOnlyBuffer());
        }
    }

    // Nearly all octets of all mail pass here, and change nothing but the counters.
    private void ordinaryText(ByteBuffer input) {
        int start = input.position();
        int at = start;
        int signs = 0;
        while (at < input.limit() && input.get(at) != '\r' && input.get(at) != '\n') {
            signs |= input.get(at);
            at++;
        }
        input.position(at);
        count(at - start);
        eightBit |= signs < 0;
    }

    private void count(int more) {
        octets += more;
        lineOctets += more;
        longestLine = Math.max(longestLine, lineOctets);
    }

    private void violate(LineEndViolation kind, int at, ByteBuffer input, Consumer<ByteBuffer> content) {
        if (violation == null) {
            hand(input, at, content);
            violation = kind;
        }
    }

    private void hand(ByteBuffer input, int to, Consumer<ByteBuffer> content) {
        if (violation == null && to > from) {
            content.accept(input.duplicate().limit(to).position(from).slice());
        }
        from = input.position();
    }
}
