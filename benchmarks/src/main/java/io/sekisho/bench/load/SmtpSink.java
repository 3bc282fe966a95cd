package io.sekisho.bench.load;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A mail server on a free port of 127.0.0.1 that takes all mail, counts it and keeps nothing. It offers PIPELINING and 8BITMIME, no TLS.
 *
 * <p>Thread safety: all methods. <i>Lifecycle:</i> listens until {@link #close}.
 */
public final class SmtpSink implements AutoCloseable {

    private final ServerSocket listener;
    private final AtomicLong taken = new AtomicLong();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** Who connects waits for it. */
    private volatile CountDownLatch speaks = new CountDownLatch(0);

    public SmtpSink() {
        try {
            listener = new ServerSocket();
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        } catch (IOException e) {
            throw new UncheckedIOException("the sink cannot listen", e);
        }
        Thread.ofPlatform().daemon().name("sink").start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** How many messages it has answered 250. */
    public long taken() {
        return taken.get();
    }

    /** How many connections there are. */
    public int connections() {
        return open.size();
    }

    /** From now on it accepts connections and says nothing on them. */
    public void fallSilent() {
        speaks = new CountDownLatch(1);
    }

    /** It greets all who waited for it, and who comes. */
    public void speak() {
        speaks.countDown();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                Thread.ofPlatform().daemon().start(() -> serve(socket));
            } catch (IOException closed) {
                // The listener was closed, or a client vanished before it was accepted.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            converse(new SinkInput(socket.getInputStream()), new BufferedOutputStream(socket.getOutputStream()));
        } catch (IOException gone) {
            // The client has what it came for, or will come again.
        } finally {
            open.remove(socket);
        }
    }

    private void converse(SinkInput in, OutputStream out) throws IOException {
        awaitSpeech();
        say(in, out, "220 sink.example ESMTP");
        for (String line = in.line(); !line.isEmpty(); line = in.line()) {
            switch (line.substring(0, Math.min(4, line.length())).toUpperCase(Locale.ROOT)) {
                case "EHLO" -> say(in, out, "250-sink.example\r\n250-PIPELINING\r\n250 8BITMIME");
                case "DATA" -> {
                    say(in, out, "354 go on");
                    in.skipContent();
                    taken.incrementAndGet();
                    say(in, out, "250 2.0.0 taken");
                }
                case "QUIT" -> {
                    say(in, out, "221 2.0.0 goodbye");
                    return;
                }
                default -> say(in, out, "250 2.0.0 ok");
            }
        }
    }

    private void awaitSpeech() throws IOException {
        try {
            speaks.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the sink is closed", e);
        }
    }

    /** Replies to commands that came in one piece leave in one piece. */
    private static void say(SinkInput in, OutputStream out, String reply) throws IOException {
        out.write(LoadMessage.ascii(reply + "\r\n"));
        if (in.isEmpty()) {
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        speak();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
