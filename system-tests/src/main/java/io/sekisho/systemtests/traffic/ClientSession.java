package io.sekisho.systemtests.traffic;

import io.sekisho.testkit.certificate.TrustManagers;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** One SMTP connection of a client, on plain sockets: commands one by one, replies as they come. One thread. */
public final class ClientSession implements AutoCloseable {

    private static final int CONNECT_MILLIS = 2_000;
    private static final int ANSWER_MILLIS = 30_000;
    private static final SSLContext TLS = context();

    private Socket socket = new Socket();
    private InputStream in;
    private OutputStream out;

    /** Connects, greets, and speaks TLS where told to. */
    public ClientSession(int port, Security security) throws IOException {
        try {
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            use(socket);
            expect(reply(), '2');
            say("EHLO client.partner.example", '2');
            if (security == Security.STARTTLS) {
                say("STARTTLS", '2');
                secure(port);
                say("EHLO client.partner.example", '2');
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Whether a client uses TLS. */
    public enum Security {
        PLAIN,
        STARTTLS
    }

    private void secure(int port) throws IOException {
        SSLSocket secured = (SSLSocket) TLS.getSocketFactory().createSocket(socket, "127.0.0.1", port, true);
        secured.startHandshake();
        use(secured);
    }

    private void use(Socket chosen) throws IOException {
        socket = chosen;
        in = new BufferedInputStream(chosen.getInputStream());
        out = new BufferedOutputStream(chosen.getOutputStream(), 16 * 1024);
    }

    /** MAIL, RCPT, DATA: until the gateway waits for the content. */
    public void open(String sender, List<String> recipients) throws IOException {
        say("MAIL FROM:<" + sender + "> BODY=8BITMIME", '2');
        for (String recipient : recipients) {
            say("RCPT TO:<" + recipient + ">", '2');
        }
        say("DATA", '3');
    }

    /** Content, with transparency dots, and the final dot; what is answered is in {@link #reply()}. */
    public void content(byte[] content) throws IOException {
        boolean lineBegins = true;
        for (byte octet : content) {
            if (lineBegins && octet == '.') {
                out.write('.');
            }
            out.write(octet);
            lineBegins = octet == '\n';
        }
        out.write(".\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    public void quit() throws IOException {
        say("QUIT", '2');
    }

    /** The last line of the next reply. */
    public String reply() throws IOException {
        String line = line();
        while (line.length() > 3 && line.charAt(3) == '-') {
            line = line();
        }
        return line;
    }

    private void say(String command, char replyClass) throws IOException {
        out.write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
        expect(reply(), replyClass);
    }

    private static void expect(String reply, char replyClass) throws IOException {
        if (reply.isEmpty() || reply.charAt(0) != replyClass) {
            throw new RefusedException(reply);
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new IOException("the gateway closed the connection");
            }
            if (octet != '\r') {
                line.append((char) octet);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException gone) {
            // Closing is all that was wanted.
        }
    }

    private static SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, TrustManagers.trustingAll(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The gateway answered, and not what was asked for. */
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1;

        private final String reply;

        RefusedException(String reply) {
            super("the gateway said " + reply);
            this.reply = reply;
        }

        String reply() {
            return reply;
        }
    }
}
