package io.sekisho.ingress.listener;

import io.sekisho.ingress.session.Client;
import io.sekisho.ingress.session.Dialogue;
import io.sekisho.ingress.session.Effect;
import io.sekisho.ingress.session.Reception;
import io.sekisho.ingress.session.SenderDomain;
import io.sekisho.ingress.session.SessionInput;
import io.sekisho.mail.address.DomainName;
import io.sekisho.smtp.reply.SmtpReply;
import io.sekisho.smtp.tls.Connections;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * A client's connection: its octets go to the session, the session's effects to the client, the queue and the event log.
 *
 * <p>Memory is bounded: while the session waits for an answer, while chunks are on their way, or while the client does not
 * read our replies, the socket is not read; what was read already stays in {@link #unread}.
 *
 * <p><b>Thread safety:</b> none; the connection's event loop only. <b>Lifecycle:</b> {@link #open} until the socket closes.
 */
final class Connection {

    /** How long what a client still sends is read and forgotten after our last reply, so that a reset does not eat it. */
    private static final long LINGER_MILLIS = 1_000;

    /** How long a client may take to read our last replies; who never reads would keep its place for ever. */
    private static final long FAREWELL_NANOS = Duration.ofSeconds(5).toNanos();

    private static final int MOST_UNSENT_OCTETS = 64 * 1024;

    private final NetSocket socket;
    private final Reception reception;
    private final TlsEffects handshakes;
    private final SessionServices services;
    private final SessionLog log;
    private final Context context;
    private final Executor owner;
    private final Dialogue dialogue;
    private final MailEffects mail;
    private final Timeouts timeouts;
    private final Deque<ByteBuffer> unread = new ArrayDeque<>();

    private Buffer early = Buffer.buffer();
    private Buffer unsent = Buffer.buffer();
    private boolean paused;
    private boolean pumping;
    private boolean closing;
    private long closingSince;

    Connection(
            NetSocket socket,
            Client client,
            ListenerSettings settings,
            Reception reception,
            ListenerTls tls,
            SessionServices services,
            Context context) {
        this.socket = socket;
        this.reception = reception;
        this.services = services;
        this.context = context;
        this.log = new SessionLog(client);
        this.dialogue = new Dialogue(reception, client, this::carryOut);
        this.owner = task -> context.runOnContext(go -> task.run());
        this.mail = new MailEffects(services, log, owner, this::answer, this::pump);
        this.handshakes = new TlsEffects(
                tls, client.address(), settings.handshakeTimeout(), services.metrics(), log, this::handshakeEnded);
        this.timeouts = new Timeouts(settings.idleTimeout(), settings.contentTimeout(), System.nanoTime());
    }

    /**
     * Greets the client and begins to read.
     *
     * @param first what the client has sent already
     */
    void open(Buffer first, Runnable whenClosed) {
        socket.setWriteQueueMaxSize(MOST_UNSENT_OCTETS);
        socket.handler(this::received);
        socket.drainHandler(drained -> pump());
        socket.exceptionHandler(broken -> log.closed(String.valueOf(broken.getMessage())));
        socket.closeHandler(closed -> {
            closing = true;
            unread.clear();
            guarded(() -> dialogue.tell(new SessionInput.Disconnected()));
            whenClosed.run();
        });
        log.connected();
        early = first;
        guarded(dialogue::open);
        flush();
        if (first.length() > 0 && !dialogue.isHandshaking()) {
            received(first);
        }
    }

    /** Looks at the clock; to be called about every second. */
    void checkTime(long nanoTime) {
        if (closing && nanoTime - closingSince > FAREWELL_NANOS) {
            Connections.abort(socket);
            return;
        }
        // While the session waits, what it waits for has bounds of its own.
        if (!closing && !dialogue.isWaiting() && !dialogue.isHandshaking() && timeouts.haveRunOut(nanoTime)) {
            answer(new SessionInput.TimedOut());
        }
    }

    /** The service is going down. */
    void drain() {
        if (!closing) {
            answer(new SessionInput.Draining());
        }
    }

    private void received(Buffer octets) {
        if (closing) {
            return;
        }
        unread.add(ByteBuffer.wrap(octets.getBytes()));
        pump();
    }

    /** Something that the session waited for, or that no client says. */
    private void answer(SessionInput input) {
        guarded(() -> dialogue.tell(input));
        pump();
    }

    /** Lets the session read as far as it can now. */
    private void pump() {
        if (pumping) {
            // An effect was answered at once: the loop below goes on by itself.
            return;
        }
        pumping = true;
        guarded(() -> {
            while (!unread.isEmpty() && !mustWait()) {
                ByteBuffer next = unread.peek();
                dialogue.receive(next);
                if (!next.hasRemaining()) {
                    unread.remove(next);
                    timeouts.heard(System.nanoTime(), dialogue.phase());
                }
            }
        });
        pumping = false;
        flush();
        regulate();
    }

    private int octetsUnread() {
        return unread.stream().mapToInt(ByteBuffer::remaining).sum();
    }

    private boolean mustWait() {
        return dialogue.isWaiting() || dialogue.isHandshaking() || mail.isCongested() || socket.writeQueueFull();
    }

    /** Reads the socket or does not. During a handshake it belongs to TLS. */
    private void regulate() {
        if (closing || dialogue.isHandshaking()) {
            return;
        }
        boolean mustPause = mustWait() || !unread.isEmpty();
        if (mustPause != paused) {
            paused = mustPause;
            if (mustPause) {
                socket.pause();
            } else {
                socket.resume();
            }
        }
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.Reply(SmtpReply reply) -> {
                unsent.appendString(reply.render(), StandardCharsets.US_ASCII.name());
                timeouts.replied(System.nanoTime(), dialogue.phase());
            }
            case Effect.CheckSender(DomainName domain) -> checkSender(domain);
            case Effect.OpenContent open -> mail.open(open);
            case Effect.Content(ByteBuffer octets) -> mail.append(octets);
            case Effect.DropContent drop -> mail.drop();
            case Effect.Store store -> mail.store(store);
            case Effect.Await await -> mail.await(await.events());
            case Effect.Tell tell -> mail.tell(tell.events());
            case Effect.StartTls(Optional<SmtpReply> ready) -> startTls(ready);
            case Effect.NoteLogin(String user, Effect.LoginResult result) -> noteLogin(user, result);
            case Effect.Close(String reason) -> close(reason);
        }
    }

    private void checkSender(DomainName domain) {
        services.senders()
                .lookUp(domain)
                .onFailure()
                .recoverWithItem(SenderDomain.UNKNOWN)
                .emitOn(owner)
                .subscribe()
                .with(known -> answer(new SessionInput.SenderChecked(known)));
    }

    private void noteLogin(String user, Effect.LoginResult result) {
        services.metrics().login(result);
        // Of these there may be many, and their first was told.
        if (result != Effect.LoginResult.LIMITED) {
            log.login(user, result);
        }
    }

    private void startTls(Optional<SmtpReply> ready) {
        flush();
        paused = false;
        if (ready.isPresent()) {
            handshakes.startTls(socket, ready.get(), octetsUnread(), this::received);
        } else {
            handshakes.implicitTls(socket, early, this::received);
        }
    }

    private void handshakeEnded(SessionInput outcome) {
        timeouts.replied(System.nanoTime(), dialogue.phase());
        answer(outcome);
    }

    private void flush() {
        if (unsent.length() > 0) {
            // Replies to a group of commands go in one segment, in order (RFC 2920 §3.2).
            socket.write(unsent);
            unsent = Buffer.buffer();
        }
    }

    private void close(String reason) {
        if (closing) {
            return;
        }
        closing = true;
        closingSince = System.nanoTime();
        log.closed(reason);
        flush();
        boolean clientMaySend = octetsUnread() > 0 || paused;
        unread.clear();
        if (clientMaySend) {
            // Closing a socket with unread octets resets it, and the client might never see why.
            socket.handler(ignored -> {});
            socket.resume();
            context.owner().setTimer(LINGER_MILLIS, timer -> socket.close());
        } else {
            socket.close();
        }
    }

    /** Turns a bug into a reply: 421 and never a 5yz, since the message is not at fault. */
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException bug) {
            log.bug(bug);
            mail.drop();
            if (!closing) {
                carryOut(new Effect.Reply(reception.replies().failure()));
                close("internal error");
            }
        }
    }
}
