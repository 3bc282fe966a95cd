package io.sekisho.systemtests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients on plain sockets that send numbered messages until told to stop, whatever happens to the server, and remember
 * each number whose final dot was answered 250. A number is sent once: one that was not answered is given up.
 */
final class NumberedSender implements AutoCloseable {

    /** The header field that carries the number. */
    static final String FIELD = "X-Number";

    private static final int ANSWER_MILLIS = 30_000;
    private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

    private final int port;
    private final String recipient;
    private final AtomicInteger next = new AtomicInteger();
    private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean stopped;

    NumberedSender(int port, String recipient, int clients) {
        this.port = port;
        this.recipient = recipient;
        for (int i = 0; i < clients; i++) {
            this.clients.add(Thread.ofVirtual().start(this::sendOnAndOn));
        }
    }

    Set<Integer> acknowledged() {
        return Set.copyOf(acknowledged);
    }

    int acknowledgedCount() {
        return acknowledged.size();
    }

    /** Lets each client finish the message it is at; returns when all have. */
    void stop() throws InterruptedException {
        stopped = true;
        for (Thread client : clients) {
            client.join();
        }
    }

    @Override
    public void close() {
        stopped = true;
    }

    private void sendOnAndOn() {
        while (!stopped) {
            try (Socket socket = new Socket()) {
                socket.setSoTimeout(ANSWER_MILLIS);
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2_000);
                session(new Session(socket));
            } catch (IOException ended) {
                // The server was killed or refused the session: another connection, after a breath.
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void session(Session session) throws IOException {
        session.expect(2);
        session.say("EHLO client.partner.example", 2);
        while (!stopped) {
            int number = next.incrementAndGet();
            session.say("MAIL FROM:<sender@partner.example>", 2);
            session.say("RCPT TO:<" + recipient + ">", 2);
            session.say("DATA", 3);
            session.say(message(number) + "\r\n.", 2);
            acknowledged.add(number);
        }
        session.say("QUIT", 2);
    }

    private static String message(int number) {
        return "From: sender@partner.example\r\nSubject: number " + number + "\r\n" + FIELD + ": " + number + "\r\n\r\n"
                + ("line of message " + number + "\r\n").repeat(40) + "end";
    }

    /** Commands and replies; a reply of another class ends the session. */
    private static final class Session {
        private final BufferedReader in;
        private final OutputStream out;

        Session(Socket socket) throws IOException {
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            out = socket.getOutputStream();
        }

        void say(String line, int replyClass) throws IOException {
            out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            expect(replyClass);
        }

        void expect(int replyClass) throws IOException {
            String line = in.readLine();
            while (line != null && line.length() > 3 && line.charAt(3) == '-') {
                line = in.readLine();
            }
            if (line == null || line.isEmpty() || line.charAt(0) - '0' != replyClass) {
                throw new IOException("the server said " + line);
            }
        }
    }
}
