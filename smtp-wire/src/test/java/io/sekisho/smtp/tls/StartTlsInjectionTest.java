package io.sekisho.smtp.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.smtp.command.CommandLine;
import io.sekisho.smtp.command.CommandLineDecoder;
import io.sekisho.smtp.tls.HandshakeResult.Failed;
import io.sekisho.testkit.certificate.TestCertificates;
import io.sekisho.testkit.certificate.TestIdentity;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** CVE-2011-0411: whatever is sent behind STARTTLS, in whatever segments, never counts as said inside TLS. */
class StartTlsInjectionTest {

    private static final TestIdentity IDENTITY = TestCertificates.selfSigned("gw.example");
    private static final String INJECTED = "RSET\r\nMAIL FROM:<injected@evil.example>\r\n";

    private final BlockingQueue<HandshakeResult> results = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> decrypted = new LinkedBlockingQueue<>();
    private Vertx vertx;
    private ServerTls tls;
    private NetServer listener;

    @BeforeEach
    void listen() throws Exception {
        vertx = Vertx.vertx();
        tls = new ServerTls(TlsFixture.ours(IDENTITY));
        listener = vertx.createNetServer().connectHandler(this::serve);
        TlsFixture.get(listener.listen(0, "127.0.0.1"));
    }

    @AfterEach
    void stop() throws Exception {
        TlsFixture.get(vertx.close());
        tls.close();
    }

    @Test
    void refusesWhatIsInjectedInAnySegments() throws Exception {
        Random random = new Random(411);
        String all = "STARTTLS\r\n" + INJECTED;
        for (int round = 0; round < 60; round++) {
            try (Socket client = TlsFixture.connect(listener.actualPort())) {
                client.setTcpNoDelay(true);
                int first = 1 + random.nextInt(all.length() - 1);
                int second = first + random.nextInt(all.length() - first);
                sendQuietly(client, all.substring(0, first));
                sendQuietly(client, all.substring(first, second));
                sendQuietly(client, all.substring(second));
                shakeHandsQuietly(client);

                assertThat(results.poll(20, TimeUnit.SECONDS))
                        .as("cut at %d and %d", first, second)
                        .isInstanceOfSatisfying(
                                Failed.class,
                                failed -> assertThat(failed.failure())
                                        .isIn(HandshakeFailure.PLAINTEXT_INJECTED, HandshakeFailure.NOT_TLS));
            }
        }
        assertThat(decrypted).isEmpty();
    }

    @Test
    void servesAClientThatWaits() throws Exception {
        try (Socket client = TlsFixture.connect(listener.actualPort())) {
            TlsFixture.send(client, "STARTTLS\r\n");
            assertThat(TlsFixture.reply(client)).startsWith("220");
            try (SSLSocket secured = TlsFixture.jdkClient(client, "TLSv1.3")) {
                TlsFixture.send(secured, "EHLO inside.example\r\n");

                assertThat(decrypted.poll(20, TimeUnit.SECONDS)).isEqualTo("EHLO inside.example\r\n");
            }
        }
    }

    private void serve(NetSocket socket) {
        CommandLineDecoder decoder = new CommandLineDecoder();
        socket.handler(received -> {
            ByteBuffer input = ByteBuffer.wrap(received.getBytes());
            Optional<CommandLine> line = decoder.decode(input);
            if (line.isPresent()) {
                tls.startTls(
                                socket,
                                Buffer.buffer("220 go\r\n"),
                                input.remaining(),
                                ServerTls.Terms.DEFAULT,
                                data -> decrypted.add(data.toString()))
                        .onSuccess(result -> {
                            results.add(result);
                            if (result instanceof Failed) {
                                socket.close();
                            }
                        });
            }
        });
    }

    private static void sendQuietly(Socket client, String text) {
        try {
            TlsFixture.send(client, text);
        } catch (IOException closed) {
            // The server has seen enough.
        }
    }

    private static void shakeHandsQuietly(Socket client) {
        try {
            TlsFixture.jdkClient(client, "TLSv1.3").startHandshake();
        } catch (IOException refused) {
            // As it must be.
        }
    }
}
