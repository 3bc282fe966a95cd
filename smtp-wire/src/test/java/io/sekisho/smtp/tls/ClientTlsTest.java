package io.sekisho.smtp.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.smtp.tls.ClientTls.Terms;
import io.sekisho.smtp.tls.HandshakeResult.Established;
import io.sekisho.smtp.tls.HandshakeResult.Failed;
import io.sekisho.testkit.certificate.KeyKind;
import io.sekisho.testkit.certificate.LeafRequest;
import io.sekisho.testkit.certificate.TestCertificates;
import io.sekisho.testkit.certificate.TestIdentity;
import io.sekisho.testkit.peer.PeerSettings;
import io.sekisho.testkit.peer.RecordedTls;
import io.sekisho.testkit.peer.ScriptedSmtpServer;
import io.sekisho.testkit.peer.StartTlsBehaviour;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientTlsTest {

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final TestIdentity RSA =
            TestCertificates.selfSigned(LeafRequest.named("mx.partner.example").withKey(KeyKind.RSA));

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
        "TLSv1.3, TLSV1_2, TLSV1_3",
        "TLSv1.2, TLSV1_2, TLSV1_3",
        "TLSv1.1, TLSV1_1, TLSV1_3",
        "TLSv1, TLSV1, TLSV1_3",
        "TLSv1, SSLV3, TLSV1_1",
    })
    void speaksTheVersionOfAJdkServer(String offered, TlsVersion lowest, TlsVersion highest) throws Exception {
        try (var peer = peer().tlsVersions(offered).start()) {
            Exchange exchange = startTls(peer, new Terms(Optional.of("mx.partner.example"), lowest, highest, SOON));

            TlsSession session = ((Established) exchange.result).session();
            assertThat(session.version().label()).isEqualTo(offered);
            assertThat(session.peerChain()).containsExactly(RSA.certificate());
            assertThat(exchange.afterEhlo).startsWith("250-mx.partner.example").doesNotContain("STARTTLS");
            RecordedTls seen = peer.sessions().getFirst().tls().orElseThrow();
            assertThat(seen.version()).isEqualTo(offered);
            assertThat(seen.cipher()).isEqualTo(session.cipher());
            assertThat(seen.serverName()).contains("mx.partner.example");
        }
    }

    @ParameterizedTest
    @CsvSource({"TLSv1, TLSV1_2, TLSV1_3", "TLSv1.2, TLSV1_3, TLSV1_3", "TLSv1.3, TLSV1_2, TLSV1_2"})
    void offersNoVersionOutsideItsRange(String peersOnly, TlsVersion lowest, TlsVersion highest) throws Exception {
        try (var peer = peer().tlsVersions(peersOnly).start()) {
            Exchange exchange = startTls(peer, new Terms(Optional.of("mx.partner.example"), lowest, highest, SOON));

            assertFailed(exchange, HandshakeFailure.VERSION_REFUSED);
        }
    }

    @ParameterizedTest
    @CsvSource({"CLOSED, CLOSED", "GARBAGE, NOT_TLS", "STALLED, TIMED_OUT", "INJECTED, PLAINTEXT_INJECTED"})
    void saysHowAPeerBreaksTheHandshake(StartTlsBehaviour behaviour, HandshakeFailure failure) throws Exception {
        try (var peer = peer().startTls(behaviour).start()) {
            Duration patience = failure == HandshakeFailure.TIMED_OUT ? Duration.ofMillis(200) : SOON;

            Exchange exchange = startTls(peer, Terms.of("mx.partner.example", TlsVersion.TLSV1_2, patience));

            assertFailed(exchange, failure);
            // Its connection is closed: the peer sees the end without our help.
            assertThat(peer.awaitEndedSessions(1, SOON)).hasSize(1);
        }
    }

    @Test
    void sendsNoServerNameWhereThereIsNone() throws Exception {
        try (var peer = peer().start()) {
            startTls(peer, new Terms(Optional.empty(), TlsVersion.TLSV1_2, TlsVersion.TLSV1_3, SOON));

            assertThat(peer.sessions().getFirst().tls().orElseThrow().serverName())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2", "TLSv1.3"})
    void presentsItsCertificateToAServerThatAsks(String version) throws Exception {
        TestIdentity identity = TestCertificates.selfSigned("gw.example");
        try (var peer = peer().tlsVersions(version).asksForClientCertificate().start();
                var tls = new ClientTls(Optional.of(TlsFixture.ours(identity)))) {
            startTls(peer, Terms.of("mx.partner.example", TlsVersion.TLSV1_2, SOON), tls);

            assertThat(peer.sessions().getFirst().tls().orElseThrow().clientChain())
                    .containsExactly(identity.certificate());
        }
    }

    @Test
    void resumesNoSession() throws Exception {
        try (var peer = peer().tlsVersions("TLSv1.2").start();
                var tls = new ClientTls()) {
            for (int i = 0; i < 3; i++) {
                Exchange exchange = startTls(peer, Terms.of("mx.partner.example", TlsVersion.TLSV1_2, SOON), tls);

                // A resumed session below TLS 1.3 has no key exchange.
                assertThat(((Established) exchange.result).session().group()).isPresent();
            }
        }
    }

    @Test
    void takesNoDataBeforeTheHandshakeForDecrypted() throws Exception {
        try (var peer = peer().startTls(StartTlsBehaviour.INJECTED).start()) {
            Exchange exchange = startTls(peer, Terms.of("mx.partner.example", TlsVersion.TLSV1_2, SOON));

            assertThat(exchange.decrypted).isEmpty();
        }
    }

    private static void assertFailed(Exchange exchange, HandshakeFailure failure) {
        assertThat(exchange.result).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.failure()).isEqualTo(failure);
            assertThat(failed.detail()).startsWith(failure.phrase());
        });
    }

    private static PeerSettings peer() {
        return ScriptedSmtpServer.settings().identity(RSA);
    }

    /** What a conversation up to EHLO inside TLS gave. */
    private record Exchange(HandshakeResult result, String afterEhlo, List<String> decrypted) {}

    private static Exchange startTls(ScriptedSmtpServer peer, Terms terms) throws Exception {
        try (var tls = new ClientTls()) {
            return startTls(peer, terms, tls);
        }
    }

    private static Exchange startTls(ScriptedSmtpServer peer, Terms terms, ClientTls tls) throws Exception {
        CompletableFuture<HandshakeResult> result = new CompletableFuture<>();
        CompletableFuture<String> afterEhlo = new CompletableFuture<>();
        List<String> decrypted = new java.util.concurrent.CopyOnWriteArrayList<>();
        NetSocket connected = TlsFixture.connect(
                vertx,
                peer.port(),
                socket -> socket.handler(first -> {
                    socket.handler(reply -> afterStartTls(socket, reply, terms, tls, text -> {
                                decrypted.add(text);
                                afterEhlo.complete(text);
                            })
                            .onComplete(done -> result.complete(done.result())));
                    socket.write("STARTTLS\r\n");
                }));
        HandshakeResult outcome = result.get(20, TimeUnit.SECONDS);
        if (outcome instanceof Established) {
            connected.write("EHLO gw.example\r\n");
            String text = afterEhlo.get(20, TimeUnit.SECONDS);
            TlsFixture.get(connected.close());
            return new Exchange(outcome, text, decrypted);
        }
        return new Exchange(outcome, "", decrypted);
    }

    private static io.vertx.core.Future<HandshakeResult> afterStartTls(
            NetSocket socket, Buffer reply, Terms terms, ClientTls tls, java.util.function.Consumer<String> decrypted) {
        int behind = reply.length() - (reply.toString().indexOf("\r\n") + 2);
        return tls.startTls(socket, behind, terms, data -> decrypted.accept(data.toString()));
    }
}
