package io.sekisho.ingress.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekisho.ingress.certificate.WatchedCertificate.Look;
import io.sekisho.smtp.tls.ServerTls;
import io.sekisho.smtp.tls.TlsEngine;
import io.sekisho.testkit.certificate.LeafRequest;
import io.sekisho.testkit.certificate.TestCertificates;
import io.sekisho.testkit.certificate.TestIdentity;
import io.sekisho.testkit.certificate.TrustManagers;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedCertificateTest {

    private final TestIdentity first = TestCertificates.selfSigned(LeafRequest.named("first.example"));
    private final TestIdentity second = TestCertificates.selfSigned(LeafRequest.named("second.example"));
    private final Vertx vertx = Vertx.vertx();

    @TempDir
    Path directory;

    private WatchedCertificate watched;
    private NetServer server;

    @BeforeEach
    void start() throws Exception {
        TestIdentity.PemFiles files = first.writeTo(directory, "gw");
        watched = new WatchedCertificate(files.certificate(), files.key(), TlsEngine.BORINGSSL);
        server = vertx.createNetServer()
                .connectHandler(socket ->
                        watched.current().startTls(socket, Buffer.buffer(), 0, ServerTls.Terms.DEFAULT, socket::write))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        watched.close();
    }

    @Test
    void findsNothingNewWhereNothingChanged() {
        assertThat(watched.look()).isEqualTo(new Look.Unchanged());
    }

    @Test
    void givesNewSessionsTheNewCertificateAndLetsTheOldOnesGoOn() throws Exception {
        try (SSLSocket before = connect()) {
            assertThat(certificateOf(before)).isEqualTo(first.certificate());

            for (int round = 0; round < 3; round++) {
                TestIdentity next = round % 2 == 0 ? second : first;
                next.writeTo(directory, "gw");
                assertThat(watched.look()).isEqualTo(new Look.Loaded(next.certificate()));
                try (SSLSocket after = connect()) {
                    assertThat(certificateOf(after)).isEqualTo(next.certificate());
                }
                assertThat(echo(before)).isEqualTo('x');
            }
        }
        assertThat(watched.certificate()).isEqualTo(second.certificate());
    }

    @Test
    void keepsWhatItHasWhileTheFilesDoNotFitTogether() throws Exception {
        Files.writeString(certificateFile(), second.certificatePem());

        assertThat(watched.look()).isInstanceOf(Look.Unusable.class);
        assertThat(watched.look()).isEqualTo(new Look.Unchanged());
        assertThat(watched.certificate()).isEqualTo(first.certificate());
        try (SSLSocket session = connect()) {
            assertThat(certificateOf(session)).isEqualTo(first.certificate());
        }

        second.writeTo(directory, "gw");
        assertThat(watched.look()).isEqualTo(new Look.Loaded(second.certificate()));
    }

    @Test
    void keepsWhatItHasWhileTheFilesAreAway() throws Exception {
        Files.delete(certificateFile());

        assertThat(watched.look())
                .isInstanceOfSatisfying(
                        Look.Unusable.class,
                        unusable -> assertThat(unusable.reason()).contains("cannot be read"));
        assertThat(watched.certificate()).isEqualTo(first.certificate());
    }

    @Test
    void isNotMadeOfWhatCannotBeUsed() {
        assertThatThrownBy(() -> new WatchedCertificate(
                        directory.resolve("none"), directory.resolve("none"), TlsEngine.BORINGSSL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none");
    }

    @Test
    void isWatched() {
        CertificateWatch watch = CertificateWatch.start(vertx, watched, Duration.ofMillis(20));
        second.writeTo(directory, "gw");

        Awaitility.await().until(() -> watched.certificate().equals(second.certificate()));
        watch.close();
    }

    private Path certificateFile() throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> {
                        try {
                            return Files.readString(file).contains("BEGIN CERTIFICATE");
                        } catch (IOException failed) {
                            throw new UncheckedIOException(failed);
                        }
                    })
                    .findFirst()
                    .orElseThrow();
        }
    }

    private SSLSocket connect() throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, TrustManagers.trustingAll(), null);
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
        SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(plain, "gw.example", 25, true);
        secured.setSoTimeout(10_000);
        secured.startHandshake();
        return secured;
    }

    private static Certificate certificateOf(SSLSocket session) throws IOException {
        return session.getSession().getPeerCertificates()[0];
    }

    private static int echo(SSLSocket session) throws IOException {
        session.getOutputStream().write('x');
        session.getOutputStream().flush();
        return session.getInputStream().read();
    }
}
