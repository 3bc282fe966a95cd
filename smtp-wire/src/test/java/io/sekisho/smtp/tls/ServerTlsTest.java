package io.sekisho.smtp.tls;

import static io.sekisho.smtp.tls.TlsFixture.jdkClient;
import static io.sekisho.smtp.tls.TlsFixture.reply;
import static io.sekisho.smtp.tls.TlsFixture.send;
import static io.sekisho.smtp.tls.TlsFixture.upToStartTls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.smtp.tls.HandshakeResult.Failed;
import io.sekisho.smtp.tls.ServerTls.ClientCertificate;
import io.sekisho.smtp.tls.ServerTls.Terms;
import io.sekisho.smtp.tls.TlsFixture.EchoServer;
import io.sekisho.testkit.certificate.KeyKind;
import io.sekisho.testkit.certificate.LeafRequest;
import io.sekisho.testkit.certificate.TestAuthority;
import io.sekisho.testkit.certificate.TestCertificates;
import io.sekisho.testkit.certificate.TestIdentity;
import io.sekisho.testkit.certificate.TrustManagers;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerTlsTest {

    private static final TestAuthority AUTHORITY = TestCertificates.authority("Server Test CA", KeyKind.RSA);
    private static final TestIdentity RSA =
            AUTHORITY.issue(LeafRequest.named("gw.example").withKey(KeyKind.RSA));
    private static final TestIdentity EC = AUTHORITY.issue("gw.example");

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
        "TLSv1.3, TLSV1_2, EC",
        "TLSv1.2, TLSV1_2, EC",
        "TLSv1.3, TLSV1_2, RSA",
        "TLSv1.2, TLSV1_2, RSA",
        "TLSv1.1, TLSV1_1, RSA",
        "TLSv1, TLSV1, RSA",
        "TLSv1, TLSV1, EC",
        "TLSv1, SSLV3, RSA",
        "TLSv1.3, TLSV1_3, EC",
    })
    void speaksTheVersionOfAJdkClient(String version, TlsVersion floor, KeyKind key) throws Exception {
        try (var server = new EchoServer(vertx, key == KeyKind.RSA ? RSA : EC, floor(floor));
                SSLSocket client = jdkClient(upToStartTls(server.port()), version)) {
            send(client, "hello\r\n");

            assertThat(octets(client, 7)).isEqualTo("hello\r\n");
            assertThat(server.session().version().label()).isEqualTo(version);
            assertThat(server.session().cipher()).isEqualTo(client.getSession().getCipherSuite());
            assertThat(server.session().facts().protocol()).isEqualTo(version);
        }
    }

    @ParameterizedTest
    @CsvSource({"TLSv1, TLSV1_2", "TLSv1.1, TLSV1_2", "TLSv1, TLSV1_1", "TLSv1.2, TLSV1_3"})
    void refusesAVersionUnderTheFloor(String version, TlsVersion floor) throws Exception {
        try (var server = new EchoServer(vertx, RSA, floor(floor));
                SSLSocket client = jdkClient(upToStartTls(server.port()), version)) {

            assertThatThrownBy(client::startHandshake).isInstanceOf(SSLException.class);

            assertThat(server.result()).isInstanceOfSatisfying(Failed.class, failed -> {
                assertThat(failed.failure()).isEqualTo(HandshakeFailure.VERSION_REFUSED);
                assertThat(failed.detail()).contains("no common TLS version");
            });
        }
    }

    @Test
    void holdsEachConnectionToItsOwnFloor() throws Exception {
        // One listener, one context: only the terms differ, as they do for a named legacy peer.
        try (var server = new EchoServer(vertx, RSA, floor(TlsVersion.TLSV1_2));
                SSLSocket stranger = jdkClient(upToStartTls(server.port()), "TLSv1")) {
            assertThatThrownBy(stranger::startHandshake).isInstanceOf(SSLException.class);

            server.terms = floor(TlsVersion.TLSV1);
            try (SSLSocket legacy = jdkClient(upToStartTls(server.port()), "TLSv1");
                    SSLSocket modern = jdkClient(upToStartTls(server.port()), "TLSv1", "TLSv1.2", "TLSv1.3")) {
                legacy.startHandshake();
                modern.startHandshake();
                assertThat(legacy.getSession().getProtocol()).isEqualTo("TLSv1");
                assertThat(modern.getSession().getProtocol()).isEqualTo("TLSv1.3");
            }

            server.terms = floor(TlsVersion.TLSV1_2);
            try (SSLSocket again = jdkClient(upToStartTls(server.port()), "TLSv1")) {
                assertThatThrownBy(again::startHandshake).isInstanceOf(SSLException.class);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, x25519, X25519",
        "TLSv1.3, secp256r1, P-256",
        "TLSv1.3, secp384r1, P-384",
        "TLSv1.2, x25519, X25519",
        "TLSv1.2, secp256r1, P-256",
        "TLSv1.2, secp384r1, P-384",
    })
    void tellsTheKeyExchangeGroup(String version, String offered, String group) throws Exception {
        // RSA: below TLS 1.3 an EC certificate would need its own curve among the groups.
        try (var server = new EchoServer(vertx, RSA, Terms.DEFAULT);
                SSLSocket client = jdkClient(upToStartTls(server.port()), version)) {
            SSLParameters parameters = client.getSSLParameters();
            parameters.setNamedGroups(new String[] {offered});
            client.setSSLParameters(parameters);
            client.startHandshake();

            assertThat(server.session().group()).contains(group);
        }
    }

    @Test
    void tellsNoGroupWhereThereIsNone() throws Exception {
        try (var server = new EchoServer(vertx, RSA, Terms.DEFAULT);
                SSLSocket client = jdkClient(upToStartTls(server.port()), "TLSv1.2")) {
            client.setEnabledCipherSuites(new String[] {"TLS_RSA_WITH_AES_128_GCM_SHA256"});
            client.startHandshake();

            assertThat(server.session().group()).isEmpty();
            assertThat(server.session().cipher()).isEqualTo("TLS_RSA_WITH_AES_128_GCM_SHA256");
        }
    }

    @Test
    void agreesWithItselfOnAPostQuantumGroup() throws Exception {
        try (var server = new EchoServer(vertx, EC, Terms.DEFAULT);
                var tls = new ClientTls()) {
            CompletableFuture<HandshakeResult> client = new CompletableFuture<>();
            TlsFixture.connect(vertx, server.port(), socket -> {
                socket.handler(reply -> {
                    if (reply.toString().startsWith("220 2.0.0")) {
                        tls.startTls(
                                        socket,
                                        0,
                                        ClientTls.Terms.of("gw.example", TlsVersion.TLSV1_2, soon()),
                                        more -> {})
                                .onSuccess(client::complete);
                    } else {
                        socket.write("STARTTLS\r\n");
                    }
                });
            });

            var established = (HandshakeResult.Established) client.get(20, TimeUnit.SECONDS);
            assertThat(established.session().group()).contains("X25519MLKEM768");
            assertThat(server.session().group()).contains("X25519MLKEM768");
            assertThat(established.session().facts().certificate()).hasValueSatisfying(certificate -> {
                assertThat(certificate.subject()).isEqualTo("CN=gw.example");
                assertThat(certificate.issuer()).isEqualTo("CN=Server Test CA");
                assertThat(certificate.sha256()).isEqualTo(EC.sha256());
                assertThat(certificate.notAfter())
                        .isEqualTo(EC.certificate().getNotAfter().toInstant());
            });
        }
    }

    @Test
    void collectsTheClientsCertificateWithoutJudgingIt() throws Exception {
        TestIdentity unknown =
                TestCertificates.selfSigned(LeafRequest.named("client.example").expired());
        Terms asking = new Terms(TlsVersion.TLSV1_2, ClientCertificate.ASKED, soon());
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            try (var server = new EchoServer(vertx, EC, asking);
                    SSLSocket client = jdkClient(
                            upToStartTls(server.port()), unknown.keyManagers(), TrustManagers.trustingAll(), version)) {
                client.startHandshake();
                send(client, "x\r\n");

                assertThat(octets(client, 3)).isEqualTo("x\r\n");
                assertThat(server.session().peerChain()).containsExactly(unknown.certificate());
            }
        }
    }

    @Test
    void takesAClientWithoutCertificate() throws Exception {
        Terms asking = new Terms(TlsVersion.TLSV1_2, ClientCertificate.ASKED, soon());
        try (var server = new EchoServer(vertx, EC, asking);
                SSLSocket client = jdkClient(upToStartTls(server.port()), "TLSv1.3")) {
            client.startHandshake();

            assertThat(server.session().peerChain()).isEmpty();
        }
    }

    @Test
    void asksForNoCertificateUnlessToldTo() throws Exception {
        TestIdentity identity = TestCertificates.selfSigned("client.example");
        try (var server = new EchoServer(vertx, EC, Terms.DEFAULT);
                SSLSocket client = jdkClient(
                        upToStartTls(server.port()), identity.keyManagers(), TrustManagers.trustingAll(), "TLSv1.3")) {
            client.startHandshake();

            assertThat(server.session().peerChain()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSET\r\n", "x", "EHLO a\r\nMAIL FROM:<a@b.example>\r\n"})
    void refusesPlainTextInTheSegmentOfStartTls(String injected) throws Exception {
        try (var server = new EchoServer(vertx, EC, Terms.DEFAULT);
                Socket client = TlsFixture.connect(server.port())) {
            reply(client);
            send(client, "STARTTLS\r\n" + injected);

            assertThat(server.result())
                    .isInstanceOfSatisfying(
                            Failed.class,
                            failed -> assertThat(failed.failure()).isEqualTo(HandshakeFailure.PLAINTEXT_INJECTED));
        }
    }

    @Test
    void refusesPlainTextThatAPausedSocketHeldBack() throws Exception {
        CompletableFuture<HandshakeResult> result = new CompletableFuture<>();
        CompletableFuture<Buffer> leaked = new CompletableFuture<>();
        CompletableFuture<Void> paused = new CompletableFuture<>();
        try (var tls = new ServerTls(TlsFixture.ours(EC))) {
            var listener = vertx.createNetServer()
                    .connectHandler(socket -> socket.handler(first -> {
                        // As a server does that waits for an answer of its policy: the second segment stays in the
                        // socket.
                        socket.pause();
                        onNextRead(
                                socket,
                                () -> tls.startTls(
                                                socket, Buffer.buffer("220 go\r\n"), 0, Terms.DEFAULT, leaked::complete)
                                        .onSuccess(result::complete));
                        paused.complete(null);
                    }));
            TlsFixture.get(listener.listen(0, "127.0.0.1"));
            try (Socket client = TlsFixture.connect(listener.actualPort())) {
                send(client, "STARTTLS\r\n");
                paused.get(20, TimeUnit.SECONDS);
                send(client, "MAIL FROM:<injected@evil.example>\r\n");

                assertThat(result.get(20, TimeUnit.SECONDS))
                        .isInstanceOfSatisfying(
                                Failed.class,
                                failed -> assertThat(failed.failure()).isEqualTo(HandshakeFailure.PLAINTEXT_INJECTED));
                assertThat(leaked).isNotDone();
            } finally {
                TlsFixture.get(listener.close());
            }
        }
    }

    /** Runs an action once the socket has read, but not delivered, its next octets. */
    private static void onNextRead(NetSocket socket, Runnable action) {
        ((NetSocketInternal) socket).channelHandlerContext().pipeline().addFirst(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object octets) throws Exception {
                super.channelRead(context, octets);
                context.pipeline().remove(this);
                context.executor().execute(action);
            }
        });
    }

    @Test
    void timesOut() throws Exception {
        Terms hasty = new Terms(TlsVersion.TLSV1_2, ClientCertificate.NOT_ASKED, Duration.ofMillis(100));
        try (var server = new EchoServer(vertx, EC, hasty);
                Socket client = upToStartTls(server.port())) {

            assertThat(server.result())
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.failure()).isEqualTo(HandshakeFailure.TIMED_OUT));
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EHLO again\r\n", "GET / HTTP/1.1\r\n\r\n", "\0\0\0\0\0\0\0\0\0\0"})
    void saysWhenTheOtherSideDoesNotSpeakTls(String nonsense) throws Exception {
        try (var server = new EchoServer(vertx, EC, Terms.DEFAULT);
                Socket client = upToStartTls(server.port())) {
            send(client, nonsense);

            assertThat(server.result()).isInstanceOfSatisfying(Failed.class, failed -> {
                assertThat(failed.failure()).isEqualTo(HandshakeFailure.NOT_TLS);
                assertThat(failed.detail()).matches("[\\x20-\\x7e]+");
            });
        }
    }

    @Test
    void saysWhenTheOtherSideGoesAway() throws Exception {
        try (var server = new EchoServer(vertx, EC, Terms.DEFAULT)) {
            upToStartTls(server.port()).close();

            assertThat(server.result())
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.failure()).isEqualTo(HandshakeFailure.CLOSED));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void namesTheAlertOfAClientThatDistrustsUs(String version) throws Exception {
        TestAuthority other = TestCertificates.authority("Other CA");
        try (var server = new EchoServer(vertx, EC, Terms.DEFAULT);
                SSLSocket client = jdkClient(upToStartTls(server.port()), null, other.trustManagers(), version)) {

            assertThatThrownBy(client::startHandshake).isInstanceOf(SSLException.class);

            assertThat(server.result()).isInstanceOfSatisfying(Failed.class, failed -> {
                assertThat(failed.failure()).isEqualTo(HandshakeFailure.ALERT);
                assertThat(failed.detail()).contains("certificate");
            });
        }
    }

    @Test
    void saysWhenThereIsNoCommonCipher() throws Exception {
        try (var server = new EchoServer(vertx, EC, Terms.DEFAULT);
                SSLSocket client = jdkClient(upToStartTls(server.port()), "TLSv1.2")) {
            client.setEnabledCipherSuites(new String[] {"TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"});

            assertThatThrownBy(client::startHandshake).isInstanceOf(SSLException.class);

            assertThat(server.result())
                    .isInstanceOfSatisfying(
                            Failed.class,
                            failed -> assertThat(failed.failure()).isEqualTo(HandshakeFailure.NO_SHARED_CIPHER));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLSV1_2", "TLSV1_3"})
    void carriesManyOctetsBothWays(TlsVersion version) throws Exception {
        byte[] sent = new byte[3 * 1024 * 1024];
        new Random(3207).nextBytes(sent);
        try (var server = new EchoServer(vertx, EC, Terms.DEFAULT);
                SSLSocket client = jdkClient(upToStartTls(server.port()), version.label())) {
            client.startHandshake();
            Thread writer = Thread.startVirtualThread(() -> write(client, sent));

            byte[] echoed = client.getInputStream().readNBytes(sent.length);

            writer.join();
            assertThat(echoed).isEqualTo(sent);
        }
    }

    @Test
    void startsOnTheEventLoopOnly() throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        try (var tls = new ServerTls(TlsFixture.ours(EC))) {
            var listener = vertx.createNetServer()
                    .connectHandler(socket -> Thread.startVirtualThread(() -> {
                        try {
                            tls.startTls(socket, Buffer.buffer(), 0, Terms.DEFAULT, data -> {});
                            thrown.complete(null);
                        } catch (IllegalStateException expected) {
                            thrown.complete(expected);
                        }
                    }));
            TlsFixture.get(listener.listen(0, "127.0.0.1"));
            try (Socket client = TlsFixture.connect(listener.actualPort())) {
                assertThat(client.isConnected()).isTrue();
                assertThat(thrown.get(20, TimeUnit.SECONDS)).hasMessageContaining("event loop");
            } finally {
                TlsFixture.get(listener.close());
            }
        }
    }

    @Test
    void readsNoMoreOfTheSessionThanWasSaid() {
        TlsSession session = new TlsSession(TlsVersion.TLSV1_2, "X", Optional.empty(), List.of());

        assertThat(session.facts().certificate()).isEmpty();
        assertThat(session.facts().group()).isEmpty();
    }

    private static Terms floor(TlsVersion floor) {
        return new Terms(floor, ClientCertificate.NOT_ASKED, soon());
    }

    private static Duration soon() {
        return Duration.ofSeconds(15);
    }

    private static String octets(Socket socket, int octets) throws IOException {
        return new String(socket.getInputStream().readNBytes(octets), java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static void write(Socket socket, byte[] octets) {
        try {
            socket.getOutputStream().write(octets);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }
}
