package io.sekisho.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Connections to a port of 127.0.0.1 that say nothing more, until {@link #close}. */
public final class IdleConnections implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;

    private final List<Socket> open = new ArrayList<>();

    private IdleConnections() {}

    /** How one is opened. */
    private interface Opening {
        Socket open() throws IOException;
    }

    /**
     * Opens them; they have been greeted.
     *
     * @throws IOException where one is not greeted, saying how many were; the limit of open files of either side may be why
     */
    public static IdleConnections open(int port, int number) throws IOException {
        return open(number, () -> greeted(port));
    }

    /**
     * Opens them; they have said EHLO, inside TLS where that is wanted.
     *
     * @throws IOException where one is not served, saying how many were; the limit of open files of either side may be why
     */
    public static IdleConnections openSessions(int port, int number, SessionKind kind) throws IOException {
        return open(number, () -> SmtpConnection.open(port, kind).abandon());
    }

    private static IdleConnections open(int number, Opening opening) throws IOException {
        IdleConnections connections = new IdleConnections();
        try {
            for (int i = 0; i < number; i++) {
                connections.open.add(opening.open());
            }
            return connections;
        } catch (IOException e) {
            int reached = connections.number();
            connections.close();
            throw new IOException(
                    "only " + reached + " of " + number + " connections were served (ulimit -n?): " + e.getMessage(),
                    e);
        }
    }

    private static Socket greeted(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        try {
            socket.setSoTimeout(PATIENCE_MILLIS);
            int c = socket.getInputStream().read();
            if (c != '2') {
                throw new ServerRefusal("the greeting begins with '" + (char) c + "'");
            }
            while (c != '\n') {
                c = socket.getInputStream().read();
            }
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    public int number() {
        return open.size();
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }
}
