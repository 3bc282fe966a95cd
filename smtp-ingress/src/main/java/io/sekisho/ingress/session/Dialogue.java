package io.sekisho.ingress.session;

import io.sekisho.smtp.command.CommandLine;
import io.sekisho.smtp.command.CommandLineDecoder;
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

    private final ContentReading content;

    /** A session with a client that has just connected. */
    public Dialogue(Reception reception, Client client, Consumer<Effect> effects) {
        this.reception = reception;
        this.effects = effects;
        this.content = new ContentReading(reception, this::tell, this::take);
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
                case Receiving receiving -> content.readData(input);
                case Discarding discarding -> content.readData(input);
                case ReadingChunk reading -> content.readChunk(reading.chunk(), input);
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
        state = step.next();
        content.enter(state);
        step.effects().forEach(effects);
        if (!wasReadingChunk && state instanceof ReadingChunk reading) {
            content.beginChunk(reading.chunk());
        }
        // A service that goes down lets a transaction end, but begins none.
        boolean came = before == null || !before.getClass().equals(state.getClass());
        if (draining && came && state instanceof CommandState) {
            told.add(new SessionInput.Draining());
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

    private void take(ByteBuffer octets) {
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
        if (content.isData() || state instanceof ReadingChunk) {
            return Phase.CONTENT;
        }
        return content.isInChunks() ? Phase.BETWEEN_CHUNKS : Phase.COMMANDS;
    }

    public boolean isHandshaking() {
        return state instanceof Handshaking || state instanceof Securing;
    }

    /** Whether the session has come to its end. */
    public boolean isClosed() {
        return state instanceof Closed;
    }
}
