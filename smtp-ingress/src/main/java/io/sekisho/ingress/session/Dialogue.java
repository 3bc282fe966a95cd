package io.sekisho.ingress.session;

import io.sekisho.ingress.content.HeaderScan;
import io.sekisho.smtp.command.Chunk;
import io.sekisho.smtp.command.CommandLine;
import io.sekisho.smtp.command.CommandLineDecoder;
import io.sekisho.smtp.content.BareLf;
import io.sekisho.smtp.content.ChunkDecoder;
import io.sekisho.smtp.content.DotDecoder;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A session fed from the client's octets, in whatever pieces they arrive: it cuts them into command lines or content as
 * the state demands, and hands on the effects in order. Without I/O: the listener carries effects out and tells answers.
 *
 * <p><b>Thread safety:</b> none; one thread at a time. An effect may be answered while it is being handed on.
 *
 * <p><b>Lifecycle:</b> {@link #open}, then {@link #receive} and {@link #tell} until {@link #isClosed}.
 */
public final class Dialogue {

    /** A command line is skipped up to this length in octets and answered with 500; beyond, the connection is closed. */
    public static final int LONGEST_SKIPPED_LINE = 8 * 1024 * 1024;

    /** How much of a message that will be refused is read in the hope of its end, in octets. */
    public static final long LONGEST_DISCARDED_CONTENT = 256L * 1024 * 1024;

    /** What a client may send now, which decides what its silence means. */
    public enum Phase {
        COMMANDS,
        /** Each piece restarts the time-out. */
        CONTENT,
        /** A command is due, and so is the rest of a message. */
        BETWEEN_CHUNKS
    }

    private final Reception reception;
    private final Consumer<Effect> effects;
    private final CommandLineDecoder lines = new CommandLineDecoder();
    private final Deque<SessionInput> told = new ArrayDeque<>();

    private SessionState state;
    private boolean telling;
    private boolean draining;

    // Present while the state is Receiving or Discarding.
    private DotDecoder content;
    // Present from the first chunk of a message to its last.
    private ChunkDecoder chunks;
    // Present with either of them.
    private HeaderScan header;

    /** A session with a client that has just connected. */
    public Dialogue(Reception reception, Client client, Consumer<Effect> effects) {
        this.reception = reception;
        this.effects = effects;
        this.state = reception.mode() == ListenerMode.IMPLICIT_TLS ? new Securing(client) : new Opened(client);
    }

    /** Greets the client, or begins TLS where that comes first. */
    public void open() {
        effects.accept(
                state instanceof Securing
                        ? new Effect.StartTls(Optional.empty())
                        : new Effect.Reply(reception.replies().banner()));
    }

    /**
     * Reads what the client sent, as far as the state permits.
     *
     * @param input what remains in it waits for an answer: give it again after the next {@link #tell}
     */
    public void receive(ByteBuffer input) {
        while (input.hasRemaining()) {
            switch (state) {
                case CommandState commands -> readLine(input);
                case Authenticating authenticating -> readLine(input);
                case Receiving receiving -> readContent(input);
                case Discarding discarding -> readContent(input);
                case ReadingChunk reading -> readChunk(reading.chunk(), input);
                case Handshaking handshaking -> plainText();
                case Securing securing -> plainText();
                case Closed closed -> input.position(input.limit());
                case Refusing refusing -> {
                    return;
                }
                case CheckingSender checking -> {
                    return;
                }
                case Preparing preparing -> {
                    return;
                }
                case PreparingChunk preparing -> {
                    return;
                }
                case Storing storing -> {
                    return;
                }
            }
        }
    }

    // A client waits for 220 (RFC 3207 §4) and then speaks TLS, so these octets are not its own (CVE-2011-0411).
    private void plainText() {
        tell(new SessionInput.HandshakeFailed("octets in plain text came before the handshake"));
    }

    /** Tells the session what happened: an answer to an effect, a time-out, the end of the connection. */
    public void tell(SessionInput input) {
        draining |= input instanceof SessionInput.Draining;
        told.add(input);
        if (telling) {
            return;
        }
        telling = true;
        try {
            while (!told.isEmpty()) {
                step(told.remove());
            }
        } finally {
            telling = false;
        }
    }

    private void step(SessionInput input) {
        CommandState before = state instanceof CommandState commands ? commands : null;
        boolean wasReadingChunk = state instanceof ReadingChunk;
        Step step = state.on(input, reception);
        enter(step.next());
        step.effects().forEach(effects);
        if (!wasReadingChunk && state instanceof ReadingChunk reading) {
            beginChunk(reading.chunk());
        }
        // A service that goes down lets a transaction end, but begins none.
        boolean came = before == null || !before.getClass().equals(state.getClass());
        if (draining && came && state instanceof CommandState) {
            told.add(new SessionInput.Draining());
        }
    }

    private void enter(SessionState next) {
        state = next;
        switch (next) {
            case Receiving(Client client, Greeting greeting, Transaction transaction, int receivedOctets)
            when content == null -> {
                content = new DotDecoder(reception.bareLf(transaction));
                header = new HeaderScan();
            }
            case Receiving receiving -> {}
            case Discarding discarding -> {}
            case ReadingChunk reading
            when chunks == null -> {
                chunks = new ChunkDecoder(bareLf(reading));
                header = new HeaderScan();
            }
            case ReadingChunk reading -> {}
            case BetweenChunks between -> {}
            case ChunksRefused refused -> {}
            // What is counted of refused chunks counts until the transaction ends.
            case Refusing refusing -> content = null;
            default -> {
                content = null;
                chunks = null;
                header = null;
            }
        }
    }

    private BareLf bareLf(ReadingChunk reading) {
        return reading instanceof ReceivingChunk receiving ? reception.bareLf(receiving.transaction()) : BareLf.REJECT;
    }

    private void beginChunk(Chunk chunk) {
        chunks.begin(chunk.octets());
        if (chunk.octets() == 0) {
            // No octet will come that could end it.
            endChunk(chunk);
        }
    }

    private void readLine(ByteBuffer input) {
        Optional<CommandLine> line = lines.decode(input);
        if (line.isPresent()) {
            tell(new SessionInput.Line(line.get(), input.hasRemaining() ? Behind.OCTETS : Behind.NOTHING));
        } else if (lines.pendingOctets() > LONGEST_SKIPPED_LINE) {
            tell(new SessionInput.LineEndless());
        }
    }

    private void readContent(ByteBuffer input) {
        boolean wasWellFormed = content.violation().isEmpty();
        boolean wasWithinLimit = content.octets() <= reception.limits().messageOctets();
        DotDecoder decoder = content;
        HeaderScan scan = header;
        boolean ended = decoder.decode(input, this::take);
        if (wasWellFormed && decoder.violation().isPresent()) {
            tell(new SessionInput.ContentMalformed(decoder.violation().get()));
        }
        if (wasWithinLimit && decoder.octets() > reception.limits().messageOctets()) {
            tell(new SessionInput.ContentTooLarge());
        }
        if (ended) {
            tell(new SessionInput.ContentEnded(new ContentFacts(
                    decoder.octets(), decoder.isEightBit(), scan.receivedFields(), scan.subject(), scan.messageId())));
        } else if (decoder.octets() > reception.limits().messageOctets() + LONGEST_DISCARDED_CONTENT) {
            tell(new SessionInput.ContentEndless());
        }
    }

    private void readChunk(Chunk chunk, ByteBuffer input) {
        boolean wasWellFormed = chunks.violation().isEmpty();
        boolean whole = chunks.decode(input, this::take);
        if (wasWellFormed && chunks.violation().isPresent()) {
            tell(new SessionInput.ContentMalformed(chunks.violation().get()));
        }
        if (whole) {
            endChunk(chunk);
        } else if (chunks.octets() > reception.limits().messageOctets() + LONGEST_DISCARDED_CONTENT) {
            tell(new SessionInput.ContentEndless());
        }
    }

    private void endChunk(Chunk chunk) {
        boolean wasWellFormed = chunks.violation().isEmpty();
        if (chunk.isLast()) {
            chunks.finish(this::take);
        }
        if (wasWellFormed && chunks.violation().isPresent()) {
            tell(new SessionInput.ContentMalformed(chunks.violation().get()));
        }
        tell(new SessionInput.ChunkEnded(new ContentFacts(
                chunks.octets(), chunks.isEightBit(), header.receivedFields(), header.subject(), header.messageId())));
    }

    private void take(ByteBuffer octets) {
        header.scan(octets.duplicate());
        if (state instanceof Receiving || state instanceof ReceivingChunk) {
            effects.accept(new Effect.Content(octets));
        }
    }

    /** Whether the client must wait for an answer to an effect: what it sends now stays unread. */
    public boolean isWaiting() {
        return state instanceof Refusing
                || state instanceof CheckingSender
                || state instanceof Preparing
                || state instanceof PreparingChunk
                || state instanceof Storing;
    }

    /** What the client's next octets are. */
    public Phase phase() {
        if (content != null || state instanceof ReadingChunk) {
            return Phase.CONTENT;
        }
        return chunks == null ? Phase.COMMANDS : Phase.BETWEEN_CHUNKS;
    }

    public boolean isHandshaking() {
        return state instanceof Handshaking || state instanceof Securing;
    }

    /** Whether the session has come to its end. */
    public boolean isClosed() {
        return state instanceof Closed;
    }
}
