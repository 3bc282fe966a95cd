package io.sekisho.ingress.listener;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client that speaks octets, one per character; for what no dialogue file can say. */
final class WireClient implements AutoCloseable {

    private static final int ANSWER_MILLIS = 10_000;

    private final Socket socket = new Socket();
    private final BufferedReader reader;

    WireClient(int port) {
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.setTcpNoDelay(true);
            reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A client that has read the banner and the reply to its EHLO. */
    static WireClient greeted(int port) {
        WireClient client = new WireClient(port);
        client.reply();
        client.say("EHLO client.example");
        return client;
    }

    /** Sends lines and reads one reply for the last of them. */
    String say(String... lines) {
        send(String.join("\r\n", lines) + "\r\n");
        String reply = "";
        for (int i = 0; i < lines.length; i++) {
            reply = reply();
        }
        return reply;
    }

    void send(String octets) {
        try {
            socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The last line of the next reply; empty where the server has closed. */
    String reply() {
        try {
            String line = reader.readLine();
            while (line != null && line.length() > 3 && line.charAt(3) == '-') {
                line = reader.readLine();
            }
            return line == null ? "" : line;
        } catch (SocketTimeoutException silent) {
            throw new AssertionError("the server says nothing", silent);
        } catch (IOException reset) {
            return "";
        }
    }

    List<String> replies(int count) {
        List<String> replies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            replies.add(reply());
        }
        return replies;
    }

    boolean hasOutput() {
        try {
            return reader.ready();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
