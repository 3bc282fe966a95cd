package io.sekisho.systemtests;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Lets a TLS client that knows nothing of SMTP shake hands with an SMTP server: says EHLO and STARTTLS for it, then passes octets.
 * For one connection.
 */
final class StartTlsBridge implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final ServerSocket door;
    private final int server;

    StartTlsBridge(int server) throws IOException {
        this.server = server;
        this.door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return door.getLocalPort();
    }

    private void serve() {
        try (Socket client = door.accept();
                Socket gateway = new Socket(InetAddress.getLoopbackAddress(), server)) {
            client.setSoTimeout(PATIENCE_MILLIS);
            gateway.setSoTimeout(PATIENCE_MILLIS);
            reply(gateway);
            say(gateway, "EHLO bridge.example");
            say(gateway, "STARTTLS");
            Thread.ofVirtual().start(() -> pass(client, gateway));
            // Behind QUIT the server closes; the client would wait for more to say.
            pass(gateway, client);
        } catch (IOException over) {
            // The client sees its end.
        }
    }

    private static void say(Socket gateway, String command) throws IOException {
        gateway.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        reply(gateway);
    }

    // Octet by octet: nothing behind the reply may be swallowed.
    private static void reply(Socket gateway) throws IOException {
        InputStream input = gateway.getInputStream();
        StringBuilder line = new StringBuilder();
        while (true) {
            int octet = input.read();
            if (octet < 0) {
                throw new IOException("the server closed");
            }
            line.append((char) octet);
            if (octet == '\n') {
                if (line.charAt(3) == ' ') {
                    return;
                }
                line.setLength(0);
            }
        }
    }

    private static void pass(Socket from, Socket to) {
        try {
            InputStream input = from.getInputStream();
            OutputStream target = to.getOutputStream();
            byte[] buffer = new byte[8_192];
            for (int length = input.read(buffer); length >= 0; length = input.read(buffer)) {
                target.write(buffer, 0, length);
            }
            to.shutdownOutput();
        } catch (IOException over) {
            // One side has closed.
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
