package io.sekisho.smtp.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.smtp.tls.ServerTls.ClientCertificate;
import io.sekisho.smtp.tls.TlsFixture.EchoServer;
import io.sekisho.testkit.certificate.TestCertificates;
import io.sekisho.testkit.certificate.TestIdentity;
import io.sekisho.testkit.outside.OutsideClients;
import io.sekisho.testkit.outside.OutsideProgram;
import io.sekisho.testkit.outside.RunningProgram;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which certificate a client is shown, and TLS from the first octet. */
class ServerNameTest {

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final TestIdentity OWN = TestCertificates.selfSigned("mx.example");
    private static final TestIdentity OTHER = TestCertificates.selfSigned("mx.other.example");

    private static Vertx vertx;

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopVertx() throws Exception {
        TlsFixture.get(vertx.close());
    }

    @ParameterizedTest
    @CsvSource({
        "-servername mx.other.example -tls1_3, mx.other.example, TLSV1_3",
        "-servername mx.other.example -tls1_2, mx.other.example, TLSV1_2",
        "-servername mx.example -tls1_3, mx.example, TLSV1_3",
        "-servername nobody.example -tls1_3, mx.example, TLSV1_3",
        "-noservername -tls1_3, mx.example, TLSV1_3",
    })
    void choosesTheCertificateForSClient(String options, String shown, TlsVersion version) throws Exception {
        OutsideProgram openssl = OutsideClients.assumeInstalled("openssl");
        try (var other = new ServerTls(TlsFixture.ours(OTHER));
                var server = new EchoServer(vertx, OWN, named(other));
                RunningProgram client = openssl.start(
                        ("s_client -starttls smtp -ign_eof -connect 127.0.0.1:" + server.port() + " " + options)
                                .split(" "))) {
            client.awaitOutput(Pattern.compile("CN ?= ?" + Pattern.quote(shown) + "\\n"), SOON);
            client.send("through TLS\n");

            client.awaitOutput(Pattern.compile("through TLS"), SOON);
            assertThat(server.session().version()).isEqualTo(version);
            assertThat(server.session().group()).isPresent();
        }
    }

    @Test
    void reportsAClientThatSpeaksNoTls() throws Exception {
        try (var other = new ServerTls(TlsFixture.ours(OTHER));
                var server = new EchoServer(vertx, OWN, named(other));
                Socket client = TlsFixture.upToStartTls(server.port())) {
            TlsFixture.send(client, "EHLO again.example\r\n");

            assertThat(server.result())
                    .isInstanceOfSatisfying(
                            HandshakeResult.Failed.class,
                            failed -> assertThat(failed.failure()).isEqualTo(HandshakeFailure.NOT_TLS));
        }
    }

    @Test
    void reportsAClientThatSaysNothing() throws Exception {
        ServerTls.Terms hasty = new ServerTls.Terms(
                TlsVersion.TLSV1_2,
                ClientCertificate.NOT_ASKED,
                Duration.ofMillis(100),
                Optional.of(name -> Optional.empty()));
        try (var server = new EchoServer(vertx, OWN, hasty);
                Socket silent = TlsFixture.upToStartTls(server.port())) {
            assertThat(silent.isConnected()).isTrue();
            assertThat(server.result())
                    .isInstanceOfSatisfying(
                            HandshakeResult.Failed.class,
                            failed -> assertThat(failed.failure()).isEqualTo(HandshakeFailure.TIMED_OUT));
        }
    }

    @Test
    void setsNothingAsideForAClientHelloThatIsAnnouncedTooLong() throws Exception {
        try (var other = new ServerTls(TlsFixture.ours(OTHER));
                var server = new EchoServer(vertx, OWN, named(other));
                Socket client = TlsFixture.upToStartTls(server.port())) {
            // A record of 16,384 octets, and in it the beginning of a ClientHello of 16 MiB.
            byte[] announced = new byte[5 + 16_384];
            System.arraycopy(HexFormat.of().parseHex("160301400001fffffe0303"), 0, announced, 0, 11);
            client.getOutputStream().write(announced);
            client.getOutputStream().flush();

            assertThat(server.result())
                    .isInstanceOfSatisfying(
                            HandshakeResult.Failed.class,
                            failed -> assertThat(failed.failure()).isEqualTo(HandshakeFailure.OTHER));
        }
    }

    @Test
    void givesAClientHelloNoTimeBesideThatOfTheHandshake() throws Exception {
        ServerTls.Terms terms = new ServerTls.Terms(
                TlsVersion.TLSV1_2,
                ClientCertificate.NOT_ASKED,
                Duration.ofSeconds(60),
                Optional.of(name -> Optional.empty()));
        AtomicLong clock = new AtomicLong();
        try (var own = new ServerTls(TlsFixture.ours(OWN))) {
            EmbeddedChannel connection = new EmbeddedChannel(
                    new ServerNameHandler(own, terms, terms.names().orElseThrow(), clock::get));
            try {
                clock.set(Duration.ofSeconds(40).toNanos());

                connection.writeInbound(Unpooled.wrappedBuffer(clientHello()));

                assertThat(connection.pipeline().get(SslHandler.class).getHandshakeTimeoutMillis())
                        .isEqualTo(Duration.ofSeconds(20).toMillis());
            } finally {
                connection.finishAndReleaseAll();
            }
        }
    }

    @Test
    void prefersWhatTheListenerWasGivenToAnotherCertificateOfTheSameName() throws Exception {
        TestIdentity alike = TestCertificates.selfSigned("mx.example");
        try (var other = new ServerTls(TlsFixture.ours(alike));
                var server = new EchoServer(
                        vertx,
                        OWN,
                        new ServerTls.Terms(
                                TlsVersion.TLSV1_2,
                                ClientCertificate.NOT_ASKED,
                                SOON,
                                Optional.of(name -> Optional.of(other))));
                SSLSocket client = TlsFixture.jdkClient(TlsFixture.upToStartTls(server.port()), "TLSv1.3", "TLSv1.2")) {
            SSLParameters asking = client.getSSLParameters();
            asking.setServerNames(List.of(new SNIHostName("mx.example")));
            client.setSSLParameters(asking);
            client.startHandshake();

            assertThat((X509Certificate) client.getSession().getPeerCertificates()[0])
                    .isEqualTo(OWN.certificate());
        }
    }

    @Test
    void shakesHandsWithACertificateThatIsGivenBackBeforeClientHello() throws Exception {
        CompletableFuture<HandshakeResult> result = new CompletableFuture<>();
        var own = new ServerTls(TlsFixture.ours(OWN));
        try (var other = new ServerTls(TlsFixture.ours(OTHER))) {
            NetServer listener = vertx.createNetServer().connectHandler(socket -> {
                own.implicitTls(socket, Buffer.buffer(), named(other), socket::write)
                        .onSuccess(result::complete);
                own.close();
            });
            try {
                TlsFixture.get(listener.listen(0, "127.0.0.1"));
                try (SSLSocket client =
                        TlsFixture.jdkClient(TlsFixture.connect(listener.actualPort()), "TLSv1.3", "TLSv1.2")) {
                    client.startHandshake();

                    assertThat(result.get(20, TimeUnit.SECONDS)).isInstanceOf(HandshakeResult.Established.class);
                }
            } finally {
                TlsFixture.get(listener.close());
            }
        }
    }

    private static byte[] clientHello() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, null, null);
        SSLEngine engine = context.createSSLEngine("mx.example", 25);
        engine.setUseClientMode(true);
        ByteBuffer hello = ByteBuffer.allocate(32_768);
        engine.wrap(ByteBuffer.allocate(0), hello);
        return Arrays.copyOf(hello.array(), hello.position());
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "5", "200"})
    void beginsWithTheFirstOctetHoweverManyWereReadBefore(int readBefore) throws Exception {
        CompletableFuture<HandshakeResult> result = new CompletableFuture<>();
        try (var tls = new ServerTls(TlsFixture.ours(OWN))) {
            NetServer listener = vertx.createNetServer().connectHandler(socket -> {
                Buffer first = Buffer.buffer();
                if (readBefore == 0) {
                    tls.implicitTls(socket, first, ServerTls.Terms.DEFAULT, socket::write)
                            .onSuccess(result::complete);
                    return;
                }
                socket.handler(octets -> {
                    first.appendBuffer(octets);
                    if (first.length() >= readBefore) {
                        tls.implicitTls(socket, first, ServerTls.Terms.DEFAULT, socket::write)
                                .onSuccess(result::complete);
                    }
                });
            });
            try {
                TlsFixture.get(listener.listen(0, "127.0.0.1"));
                try (SSLSocket client =
                        TlsFixture.jdkClient(TlsFixture.connect(listener.actualPort()), "TLSv1.3", "TLSv1.2")) {
                    client.startHandshake();
                    TlsFixture.send(client, "220?\r\n");

                    assertThat(client.getInputStream().readNBytes(6)).asString().isEqualTo("220?\r\n");
                    assertThat((X509Certificate) client.getSession().getPeerCertificates()[0])
                            .isEqualTo(OWN.certificate());
                    assertThat(result.get(20, TimeUnit.SECONDS)).isInstanceOf(HandshakeResult.Established.class);
                }
            } finally {
                TlsFixture.get(listener.close());
            }
        }
    }

    private static ServerTls.Terms named(ServerTls other) {
        return new ServerTls.Terms(
                TlsVersion.TLSV1_2,
                ClientCertificate.NOT_ASKED,
                SOON,
                Optional.of(name -> name.equals("mx.other.example") ? Optional.of(other) : Optional.empty()));
    }
}
