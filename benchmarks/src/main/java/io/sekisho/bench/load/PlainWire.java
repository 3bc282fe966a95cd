package io.sekisho.bench.load;

import java.io.IOException;
import java.net.Socket;

/** Octets as they are. */
record PlainWire(Socket socket) implements Wire {

    @Override
    public int read(byte[] target) throws IOException {
        return socket.getInputStream().read(target);
    }

    @Override
    public void write(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
    }

    @Override
    public void forget() {
        // It has nothing.
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
