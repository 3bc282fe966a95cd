package io.sekisho.testkit.fault;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy on 127.0.0.1 that injects one {@link Fault} at a time.
 *
 * <p><i>Lifecycle:</i> from {@link #to} to {@link #close()}, which ends all connections. <i>Thread safety:</i> all
 * methods.
 */
public final class FaultProxy implements AutoCloseable {

    private final InetSocketAddress target;
    private final ServerSocket listener;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Fault fault = new Fault.None();

    private FaultProxy(InetSocketAddress target, ServerSocket listener) {
        this.target = target;
        this.listener = listener;
        Thread.ofVirtual().name("fault-proxy").start(this::accept);
    }

    /** A proxy to this server; it injects nothing yet. */
    public static FaultProxy to(String host, int port) {
        try {
            ServerSocket listener = new ServerSocket();
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return new FaultProxy(new InetSocketAddress(host, port), listener);
        } catch (IOException failed) {
            throw new UncheckedIOException("the fault proxy cannot listen", failed);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Sets what happens to the connections that begin from now on. */
    public FaultProxy inject(Fault next) {
        fault = next;
        return this;
    }

    /** How many connections were accepted so far. */
    public int connections() {
        return connections.get();
    }

    /** Ends all present connections with a reset; new ones are served. */
    public void resetAll() {
        open.forEach(FaultProxy::closeQuietly);
    }

    @Override
    public void close() {
        closeQuietly(listener);
        resetAll();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                connections.incrementAndGet();
                Fault present = fault;
                Thread.ofVirtual().start(() -> serve(client, present));
            } catch (IOException closed) {
                // Closed, or a client that vanished.
            }
        }
    }

    private void serve(Socket client, Fault present) {
        Socket server = new Socket();
        open.add(client);
        open.add(server);
        try (client;
                server) {
            if (present instanceof Fault.Refuse) {
                return;
            }
            server.connect(target);
            Thread up = Thread.ofVirtual().start(() -> new Pump(client, server, Direction.TO_SERVER, present).run());
            new Pump(server, client, Direction.TO_CLIENT, present).run();
            up.join();
        } catch (IOException gone) {
            // The end of a connection is what this proxy is about.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
            open.remove(server);
        }
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            if (closeable instanceof Socket socket) {
                // A reset, not an orderly end.
                socket.setSoLinger(true, 0);
            }
            closeable.close();
        } catch (IOException alreadyGone) {
            // Closing is all that was wanted.
        }
    }
}
