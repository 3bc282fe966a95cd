package io.sekisho.ingress;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A client that has said EHLO; octets are characters. */
final class SmtpClient implements AutoCloseable {

    private static final int ANSWER_MILLIS = 10_000;

    private final Socket socket = new Socket();
    private final BufferedReader reader;

    SmtpClient(int port) {
        this(port, "");
    }

    /**
     * A client that comes through a balancer.
     *
     * @param header of the PROXY protocol; empty for none
     */
    SmtpClient(int port, String header) {
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.setTcpNoDelay(true);
            reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        send(header);
        reply();
        say("EHLO client.example");
    }

    /** Sends a command, or content with its final dot, and reads the reply. */
    String say(String octets) {
        send(octets + "\r\n");
        return reply();
    }

    private void send(String octets) {
        try {
            socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private String reply() {
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

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
