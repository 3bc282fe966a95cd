package io.sekisho.testkit.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A partner's mail server on 127.0.0.1 that follows a script and keeps a journal.
 *
 * <pre>{@code
 * try (var peer = ScriptedSmtpServer.settings().tlsVersions("TLSv1.2").refuse("bad@x.example", "550 5.1.1 no").start()) {
 *     … deliver to 127.0.0.1:peer.port() …
 *     RecordedMessage message = peer.awaitMessages(1, Duration.ofSeconds(10)).getFirst();
 * }
 * }</pre>
 *
 * <p><i>Lifecycle:</i> accepts from {@link PeerSettings#start()} to {@link #close()}, which ends all connections.
 * <i>Thread safety:</i> all methods.
 */
public final class ScriptedSmtpServer implements AutoCloseable {

    private final PeerSettings settings;
    private final ServerSocket listener;
    private final Journal journal;
    private final List<Rule> rules;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final PeerTls tls;

    ScriptedSmtpServer(PeerSettings settings) {
        this.settings = settings;
        this.journal = new Journal(settings.taker);
        this.rules = new CopyOnWriteArrayList<>(settings.rules);
        this.tls = new PeerTls(settings.identity, settings.tlsVersions, settings.clientCertificate);
        try {
            listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port), 1024);
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "the scripted SMTP server cannot listen on 127.0.0.1:" + settings.port, failed);
        }
        Thread.ofVirtual().name("peer-" + settings.hostname).start(this::accept);
    }

    /** Settings of a good server, to be changed. */
    public static PeerSettings settings() {
        return new PeerSettings();
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return listener.getLocalPort();
    }

    public String hostname() {
        return settings.hostname;
    }

    /** Adds a rule that precedes all present ones; running sessions follow it from their next command on. */
    public void nowOn(Step step, String argumentRegex, Reaction reaction) {
        rules.addFirst(new Rule(step, Pattern.compile(argumentRegex), reaction, Integer.MAX_VALUE));
    }

    /** Drops all rules: a good server from now on. */
    public void recover() {
        rules.clear();
    }

    /** Every connection so far, in order of arrival. */
    public List<RecordedSession> sessions() {
        return journal.sessions();
    }

    /** Every message that reached its final dot, refused ones included. */
    public List<RecordedMessage> messages() {
        return journal.messages();
    }

    /** The messages for which this peer took responsibility. */
    public List<RecordedMessage> accepted() {
        return messages().stream().filter(RecordedMessage::isAccepted).toList();
    }

    /**
     * Waits until so many messages were accepted.
     *
     * @throws AssertionError if they were not within the time; says what the peer saw instead
     */
    public List<RecordedMessage> awaitMessages(int count, Duration atMost) {
        return await(count + " accepted messages", this::accepted, found -> found.size() >= count, atMost);
    }

    /** Waits for an accepted message that fits. */
    public RecordedMessage awaitMessage(Predicate<RecordedMessage> fits, Duration atMost) {
        return await(
                        "an accepted message that fits",
                        () -> accepted().stream().filter(fits).findFirst(),
                        Optional::isPresent,
                        atMost)
                .orElseThrow();
    }

    /** Waits until so many connections have been made and have ended. */
    public List<RecordedSession> awaitEndedSessions(int count, Duration atMost) {
        return await(
                count + " ended sessions",
                () -> sessions().stream().filter(RecordedSession::hasEnded).toList(),
                found -> found.size() >= count,
                atMost);
    }

    private <T> T await(String what, java.util.function.Supplier<T> read, Predicate<T> enough, Duration atMost) {
        if (!journal.await(() -> enough.test(read.get()), atMost)) {
            throw new AssertionError(
                    settings.hostname + " saw no " + what + " within " + atMost + ";" + journal.summary());
        }
        return read.get();
    }

    @Override
    public void close() {
        stopped.countDown();
        closeQuietly(listener);
        open.forEach(ScriptedSmtpServer::closeQuietly);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                // The listener was closed, or a client vanished before it was accepted.
            }
        }
    }

    private void serve(Socket socket) {
        RecordedSession record = journal.begin();
        try (socket) {
            if (stopped.getCount() > 0) {
                new PeerSession(settings, rules, tls, journal, record, stopped).run(socket);
            }
        } catch (IOException broken) {
            String reason = broken.getMessage() == null ? broken.toString() : broken.getMessage();
            journal.note(() -> record.broke(reason));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
            journal.end(record);
        }
    }

    private static void closeQuietly(java.io.Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException alreadyGone) {
            // Closing is all that was wanted.
        }
    }
}
