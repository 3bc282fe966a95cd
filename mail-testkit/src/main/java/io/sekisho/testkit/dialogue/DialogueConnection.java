package io.sekisho.testkit.dialogue;

import io.sekisho.testkit.certificate.TestIdentity;
import io.sekisho.testkit.certificate.TrustManagers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** The connection of a running dialogue, and the record of all that was said on it. Not thread safe. */
final class DialogueConnection implements AutoCloseable {

    private static final int LONGEST_SHOWN = 200;
    private static final int MAX_LINE = 64 * 1024;

    private final StringBuilder transcript = new StringBuilder();
    private final Duration timeout;
    private Socket socket;

    DialogueConnection(String host, int port, Duration timeout) throws IOException {
        this.timeout = timeout;
        socket = new Socket();
        socket.connect(new InetSocketAddress(host, port), Math.toIntExact(timeout.toMillis()));
        socket.setSoTimeout(Math.toIntExact(timeout.toMillis()));
        note("connected to " + host + ":" + port);
    }

    /** All that was said so far. */
    String transcript() {
        return transcript.toString();
    }

    void send(String text, int times) throws IOException {
        String shown = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
        transcript
                .append("  -> ")
                .append(visible(shown))
                .append(times > 1 ? " (" + times + " times)" : "")
                .append('\n');
        boolean latin1 = text.chars().allMatch(c -> c < 0x100);
        byte[] octets = text.getBytes(latin1 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        try {
            ByteArrayOutputStream pieces = new ByteArrayOutputStream();
            for (int i = 0; i < times; i++) {
                pieces.writeBytes(octets);
                if (pieces.size() > MAX_LINE || i == times - 1) {
                    socket.getOutputStream().write(pieces.toByteArray());
                    pieces.reset();
                }
            }
            socket.getOutputStream().flush();
        } catch (SocketException gone) {
            // What the server said before it closed can still be read; the next expectation tells.
            note("the server closed while we were sending");
        }
    }

    /** The next line without its CRLF; empty if the server has closed. */
    Optional<String> readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (line.size() < MAX_LINE) {
            int octet = read();
            if (octet < 0 && line.size() == 0) {
                note("the server closed");
                return Optional.empty();
            }
            if (octet == '\n' || octet < 0) {
                String text = line.toString(StandardCharsets.UTF_8);
                boolean whole = octet == '\n' && text.endsWith("\r");
                String stripped = whole ? text.substring(0, text.length() - 1) : text;
                transcript
                        .append("  <- ")
                        .append(visible(stripped))
                        .append(whole ? "" : " (no CRLF)")
                        .append('\n');
                return Optional.of(stripped);
            }
            line.write(octet);
        }
        throw new IOException("the server sent a line over " + MAX_LINE + " octets");
    }

    private int read() throws IOException {
        try {
            return socket.getInputStream().read();
        } catch (SocketException reset) {
            return -1;
        }
    }

    void startTls(Optional<String> version, String serverName, Optional<TestIdentity> identity) throws IOException {
        SSLSocket secured = (SSLSocket)
                context(identity).getSocketFactory().createSocket(socket, serverName, socket.getPort(), true);
        version.ifPresent(only -> secured.setEnabledProtocols(new String[] {only}));
        secured.startHandshake();
        secured.setSoTimeout(Math.toIntExact(timeout.toMillis()));
        socket = secured;
        note(secured.getSession().getProtocol() + " " + secured.getSession().getCipherSuite());
    }

    private static SSLContext context(Optional<TestIdentity> identity) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManager[] keys = identity.map(TestIdentity::keyManagers).orElse(null);
            context.init(keys, TrustManagers.trustingAll(), null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void note(String what) {
        transcript.append("  -- ").append(what).append('\n');
    }

    private static String visible(String text) {
        String withoutEnd = text.endsWith("\r\n") ? text.substring(0, text.length() - 2) : text;
        StringBuilder shown = new StringBuilder();
        withoutEnd.chars().forEach(c -> {
            switch (c) {
                case '\r' -> shown.append("\\r");
                case '\n' -> shown.append("\\n");
                case 0 -> shown.append("\\0");
                default -> shown.append((char) c);
            }
        });
        return shown.toString();
    }
}
