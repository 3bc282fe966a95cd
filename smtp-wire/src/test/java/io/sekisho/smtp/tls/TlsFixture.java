package io.sekisho.smtp.tls;

import io.sekisho.testkit.certificate.TestIdentity;
import io.sekisho.testkit.certificate.TrustManagers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** What the TLS tests share: a tiny STARTTLS server on our adapter, and JDK peers. */
final class TlsFixture {

    private TlsFixture() {}

    static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    static TlsIdentity ours(TestIdentity identity) {
        return new TlsIdentity(identity.key(), identity.chain());
    }

    /** A server that says 220, answers EHLO, and at STARTTLS turns to TLS; afterwards it echoes. */
    static final class EchoServer implements AutoCloseable {

        private final NetServer listener;
        final ServerTls tls;
        final CompletableFuture<HandshakeResult> result = new CompletableFuture<>();
        volatile ServerTls.Terms terms;

        EchoServer(Vertx vertx, TestIdentity identity, ServerTls.Terms terms) throws Exception {
            this.terms = terms;
            tls = new ServerTls(ours(identity));
            listener = vertx.createNetServer().connectHandler(socket -> {
                socket.write("220 gw.example ESMTP\r\n");
                socket.handler(command -> command(socket, command));
            });
            get(listener.listen(0, "127.0.0.1"));
        }

        private void command(NetSocket socket, Buffer received) {
            String text = received.toString();
            if (!text.startsWith("STARTTLS\r\n")) {
                socket.write("250-gw.example\r\n250 STARTTLS\r\n");
                return;
            }
            int behind = received.length() - "STARTTLS\r\n".length();
            tls.startTls(socket, Buffer.buffer("220 2.0.0 go ahead\r\n"), behind, terms, socket::write)
                    .onSuccess(result::complete)
                    .onFailure(result::completeExceptionally);
        }

        int port() {
            return listener.actualPort();
        }

        HandshakeResult result() throws Exception {
            return result.get(20, TimeUnit.SECONDS);
        }

        TlsSession session() throws Exception {
            return ((HandshakeResult.Established) result()).session();
        }

        @Override
        public void close() {
            listener.close().toCompletionStage().toCompletableFuture().join();
            tls.close();
        }
    }

    /**
     * Connects as a client. On a context of its own, so that the socket has its handler before its first octets arrive.
     */
    static NetSocket connect(Vertx vertx, int port, Consumer<NetSocket> use) throws Exception {
        Promise<NetSocket> connected = Promise.promise();
        vertx.getOrCreateContext()
                .runOnContext(turn -> vertx.createNetClient()
                        .connect(port, "127.0.0.1")
                        .onSuccess(use::accept)
                        .onComplete(connected));
        return get(connected.future());
    }

    static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** Reads up to the end of a reply, octet by octet, so that nothing behind it is swallowed. */
    static String reply(Socket socket) throws IOException {
        StringBuilder text = new StringBuilder();
        int start = 0;
        while (true) {
            int octet = socket.getInputStream().read();
            if (octet < 0) {
                return text.append("closed").toString();
            }
            text.append((char) octet);
            if (octet == '\n') {
                if (text.charAt(start + 3) == ' ') {
                    return text.toString();
                }
                start = text.length();
            }
        }
    }

    static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Goes as far as the server's 220 to STARTTLS. */
    static Socket upToStartTls(int port) throws IOException {
        Socket socket = connect(port);
        reply(socket);
        send(socket, "EHLO jdk.example\r\n");
        reply(socket);
        send(socket, "STARTTLS\r\n");
        reply(socket);
        return socket;
    }

    /** A JDK client's TLS over a socket; not yet shaken hands. */
    static SSLSocket jdkClient(Socket socket, KeyManager[] keys, TrustManager[] trust, String... versions)
            throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            SSLSocket secured =
                    (SSLSocket) context.getSocketFactory().createSocket(socket, "gw.example", socket.getPort(), true);
            secured.setEnabledProtocols(versions);
            return secured;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static SSLSocket jdkClient(Socket socket, String... versions) throws IOException {
        return jdkClient(socket, null, TrustManagers.trustingAll(), versions);
    }
}
