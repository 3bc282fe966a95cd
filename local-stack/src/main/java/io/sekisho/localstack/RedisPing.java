package io.sekisho.localstack;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks Redis whether it serves: PING in its protocol, without a client library. */
final class RedisPing {
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);

    private RedisPing() {}

    /** Returns after PONG; while its AOF is being read Redis answers LOADING instead. */
    static void ask(String host, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(PING);
            InputStream in = socket.getInputStream();
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c != -1 && c != '\r'; c = in.read()) {
                line.append((char) c);
            }
            if (!line.toString().equals("+PONG")) {
                throw new IOException("Redis says: " + line);
            }
        }
    }
}
