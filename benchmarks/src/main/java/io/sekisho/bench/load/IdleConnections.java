package io.sekisho.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Connections to a port of 127.0.0.1 that have been greeted and say nothing, until {@link #close}. */
public final class IdleConnections implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;

    private final List<Socket> open = new ArrayList<>();

    private IdleConnections() {}

    /**
     * Opens them.
     *
     * @throws IOException where one is not greeted, saying how many were; the limit of open files of either side may be why
     */
    public static IdleConnections open(int port, int number) throws IOException {
        IdleConnections connections = new IdleConnections();
        try {
            for (int i = 0; i < number; i++) {
                connections.add(port);
            }
            return connections;
        } catch (IOException e) {
            int reached = connections.number();
            connections.close();
            throw new IOException(
                    "only " + reached + " of " + number + " connections were greeted (ulimit -n?): " + e.getMessage(),
                    e);
        }
    }

    private void add(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        open.add(socket);
        socket.setSoTimeout(PATIENCE_MILLIS);
        int c = socket.getInputStream().read();
        if (c != '2') {
            throw new ServerRefusal("the greeting begins with '" + (char) c + "'");
        }
        while (c != '\n') {
            c = socket.getInputStream().read();
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
