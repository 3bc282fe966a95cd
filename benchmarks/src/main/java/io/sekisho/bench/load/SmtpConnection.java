package io.sekisho.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;

/** One client connection that pipelines MAIL, RCPT and DATA, as any mail server does. Not thread-safe. */
public final class SmtpConnection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final byte[] EHLO = LoadMessage.ascii("EHLO load.example\r\n");
    private static final byte[] START_TLS = LoadMessage.ascii("STARTTLS\r\n");
    private static final byte[] QUIT = LoadMessage.ascii("QUIT\r\n");

    private final Socket socket;
    private final byte[] input = new byte[4096];
    private Wire wire;
    private int next;
    private int end;

    private SmtpConnection(Socket socket) {
        this.socket = socket;
        this.wire = new PlainWire(socket);
    }

    /** Connects to a port of 127.0.0.1 and greets; with STARTTLS also shakes hands and greets again (RFC 3207 §4.2). */
    public static SmtpConnection open(int port, SessionKind kind) throws IOException {
        Socket socket = new Socket();
        SmtpConnection connection = new SmtpConnection(socket);
        try {
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            connection.expect(220);
            connection.say(EHLO, 250);
            if (kind == SessionKind.STARTTLS) {
                connection.say(START_TLS, 220);
                connection.wire = TlsWire.over(socket);
                connection.say(EHLO, 250);
            }
            return connection;
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    /** Sends a message; returns when the server has taken responsibility for it. */
    public void send(LoadMessage message) throws IOException {
        wire.write(message.commands());
        expect(250);
        expect(250);
        expect(354);
        say(message.content(), 250);
    }

    /** Sends a message too large to be kept whole; returns when the server has taken responsibility for it. */
    public void send(LargeMessage message) throws IOException {
        wire.write(message.commands());
        expect(250);
        expect(250);
        expect(354);
        wire.write(message.header());
        for (int piece = 0; piece < message.pieces(); piece++) {
            wire.write(message.piece());
        }
        say(LargeMessage.END, 250);
    }

    /** The open socket. What this side knew of its TLS is forgotten: nothing can be said over it any more. */
    Socket abandon() {
        wire.forget();
        return socket;
    }

    /** One command and the code of its reply, whatever it is. */
    public int ask(String command) throws IOException {
        wire.write(LoadMessage.ascii(command + "\r\n"));
        return Integer.parseInt(reply().substring(0, 3));
    }

    /** Says goodbye and closes. */
    public void quit() throws IOException {
        try (this) {
            say(QUIT, 221);
        }
    }

    private void say(byte[] octets, int code) throws IOException {
        wire.write(octets);
        expect(code);
    }

    private void expect(int code) throws IOException {
        String reply = reply();
        if (!reply.startsWith(Integer.toString(code))) {
            throw new ServerRefusal("expected " + code + ", the server said: " + reply);
        }
    }

    /** The last line of a reply. */
    private String reply() throws IOException {
        String line = line();
        while (line.length() > 3 && line.charAt(3) == '-') {
            line = line();
        }
        if (line.length() < 3) {
            throw new ServerRefusal("this is no reply: " + line);
        }
        return line;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            while (next < end) {
                char c = (char) (input[next++] & 0xff);
                if (c == '\n') {
                    return line.toString().stripTrailing();
                }
                line.append(c);
            }
            end = wire.read(input);
            next = 0;
            if (end < 0) {
                throw new ServerRefusal("the server closed the connection"
                        + (line.isEmpty() ? "" : " after: " + line.toString().strip()));
            }
        }
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }

    @Override
    public String toString() {
        return "SmtpConnection[" + new String(input, 0, Math.max(end, 0), StandardCharsets.ISO_8859_1).strip() + "]";
    }
}
