package io.sekisho.testkit.peer;

import io.sekisho.testkit.certificate.TrustManagers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A blocking SMTP client for the peer's own tests. */
final class SimpleClient implements AutoCloseable {

    private Socket socket;
    private BufferedReader reader;

    SimpleClient(int port) throws IOException {
        use(new Socket(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(10_000);
    }

    private void use(Socket connection) throws IOException {
        socket = connection;
        reader = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** The next reply's lines joined by |, or "closed". */
    String reply() throws IOException {
        StringBuilder text = new StringBuilder();
        while (true) {
            String line = reader.readLine();
            if (line == null) {
                return text.isEmpty() ? "closed" : text + "|closed";
            }
            text.append(text.isEmpty() ? "" : "|").append(line);
            if (line.length() < 4 || line.charAt(3) != '-') {
                return text.toString();
            }
        }
    }

    /** As {@link #reply()}; a reset connection is closed too. */
    String replyOrReset() throws IOException {
        try {
            return reply();
        } catch (SocketException reset) {
            return "closed";
        }
    }

    String ask(String line) throws IOException {
        send(line + "\r\n");
        return reply();
    }

    void startTls(String version) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, TrustManagers.trustingAll(), null);
        SSLSocket secured = (SSLSocket)
                context.getSocketFactory().createSocket(socket, "mx.partner.example", socket.getPort(), true);
        secured.setEnabledProtocols(new String[] {version});
        secured.startHandshake();
        use(secured);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
