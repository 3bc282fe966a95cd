package io.sekisho.smtp.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.smtp.tls.HandshakeResult.Established;
import io.sekisho.smtp.tls.ServerTls.ClientCertificate;
import io.sekisho.smtp.tls.TlsFixture.EchoServer;
import io.sekisho.testkit.certificate.KeyKind;
import io.sekisho.testkit.certificate.LeafRequest;
import io.sekisho.testkit.certificate.TestCertificates;
import io.sekisho.testkit.certificate.TestIdentity;
import io.sekisho.testkit.outside.OutsideClients;
import io.sekisho.testkit.outside.OutsideProgram;
import io.sekisho.testkit.outside.RunningProgram;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The adapter against OpenSSL's own client and server. */
class OpenSslPeerTest {

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
        "-tls1_3, TLSV1_3, TLSV1_2",
        "-tls1_2, TLSV1_2, TLSV1_2",
        "-tls1_1, TLSV1_1, TLSV1_1",
        "-tls1, TLSV1, TLSV1",
    })
    void servesSClient(String option, TlsVersion version, TlsVersion floor) throws Exception {
        OutsideProgram openssl = OutsideClients.assumeInstalled("openssl");
        var terms = new ServerTls.Terms(floor, ClientCertificate.NOT_ASKED, SOON);
        try (var server = new EchoServer(vertx, RSA, terms);
                RunningProgram client = openssl.start(
                        "s_client",
                        "-starttls",
                        "smtp",
                        "-connect",
                        "127.0.0.1:" + server.port(),
                        option,
                        "-cipher",
                        "ALL:@SECLEVEL=0",
                        "-quiet",
                        "-ign_eof")) {
            client.send("through TLS\n");

            client.awaitOutput(Pattern.compile("through TLS"), SOON);
            assertThat(server.session().version()).isEqualTo(version);
            assertThat(server.session().group()).isPresent();
        }
    }

    @Test
    void refusesSClientUnderTheFloor() throws Exception {
        OutsideProgram openssl = OutsideClients.assumeInstalled("openssl");
        try (var server = new EchoServer(vertx, RSA, ServerTls.Terms.DEFAULT)) {
            var outcome = openssl.run(
                    SOON,
                    "s_client",
                    "-starttls",
                    "smtp",
                    "-connect",
                    "127.0.0.1:" + server.port(),
                    "-tls1_1",
                    "-cipher",
                    "ALL:@SECLEVEL=0");

            assertThat(outcome.isSuccess()).isFalse();
            assertThat(outcome.output()).contains("alert protocol version");
            assertThat(server.result()).isInstanceOf(HandshakeResult.Failed.class);
        }
    }

    @Test
    void takesTheCertificateOfSClient(@TempDir Path directory) throws Exception {
        OutsideProgram openssl = OutsideClients.assumeInstalled("openssl");
        TestIdentity identity =
                TestCertificates.authority("CA").intermediate("Intermediate").issue("client.example");
        TestIdentity.PemFiles pem = identity.writeTo(directory, "client");
        var terms = new ServerTls.Terms(TlsVersion.TLSV1_2, ClientCertificate.ASKED, SOON);
        try (var server = new EchoServer(vertx, RSA, terms);
                RunningProgram client = openssl.start(
                        "s_client",
                        "-starttls",
                        "smtp",
                        "-connect",
                        "127.0.0.1:" + server.port(),
                        "-cert",
                        pem.certificate().toString(),
                        "-key",
                        pem.key().toString(),
                        "-cert_chain",
                        pem.certificate().toString(),
                        "-quiet",
                        "-ign_eof")) {
            client.send("hello\n");

            client.awaitOutput(Pattern.compile("hello"), SOON);
            assertThat(server.session().peerChain()).startsWith(identity.certificate());
        }
    }

    @ParameterizedTest
    @CsvSource({"-tls1_3, TLSV1_3", "-tls1_2, TLSV1_2", "-tls1_1, TLSV1_1", "-tls1, TLSV1"})
    void reachesSServer(String option, TlsVersion version, @TempDir Path directory) throws Exception {
        OutsideProgram openssl = OutsideClients.assumeInstalled("openssl");
        TestIdentity.PemFiles pem = RSA.writeTo(directory, "server");
        try (RunningProgram server = openssl.start(
                        "s_server",
                        "-accept",
                        "127.0.0.1:0",
                        option,
                        "-cipher",
                        "ALL:@SECLEVEL=0",
                        "-cert",
                        pem.certificate().toString(),
                        "-key",
                        pem.key().toString());
                var tls = new ClientTls()) {
            int port = Integer.parseInt(server.awaitOutput(Pattern.compile("ACCEPT 127.0.0.1:(\\d+)"), SOON)
                    .group(1));
            CompletableFuture<HandshakeResult> result = new CompletableFuture<>();
            var terms =
                    new ClientTls.Terms(Optional.of("mx.partner.example"), TlsVersion.TLSV1, TlsVersion.TLSV1_3, SOON);

            TlsFixture.connect(
                    vertx,
                    port,
                    socket -> tls.startTls(socket, 0, terms, data -> {}).onSuccess(outcome -> {
                        socket.write("through TLS\n");
                        result.complete(outcome);
                    }));

            assertThat(result.get(20, TimeUnit.SECONDS)).isInstanceOfSatisfying(Established.class, established -> {
                assertThat(established.session().version()).isEqualTo(version);
                assertThat(established.session().peerChain()).containsExactly(RSA.certificate());
            });
            server.awaitOutput(Pattern.compile("through TLS"), SOON);
        }
    }
}
