package io.sekisho.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.localstack.cluster.Service;
import io.sekisho.systemtests.arena.ManagedDomains;
import io.sekisho.systemtests.arena.Rest;
import io.sekisho.testkit.certificate.KeyKind;
import io.sekisho.testkit.certificate.LeafRequest;
import io.sekisho.testkit.certificate.TestCertificates;
import io.sekisho.testkit.outside.Outcome;
import io.sekisho.testkit.outside.OutsideClients;
import io.sekisho.testkit.outside.OutsideProgram;
import io.sekisho.testkit.outside.RunningProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each TLS version with a real client: OpenSSL's from TLSv1 on, NSS's for SSLv3. A rule for 127.0.0.1 opens the handshake; what the
 * recipient's domain asks decides at RCPT.
 */
@ExtendWith(SharedArena.class)
class TlsVersionsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<String, String> OPTIONS =
            Map.of("TLSv1", "-tls1", "TLSv1.1", "-tls1_1", "TLSv1.2", "-tls1_2", "TLSv1.3", "-tls1_3");

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"TLSv1, TLSv1.1", "TLSv1.1, TLSv1.2", "TLSv1.2, TLSv1.3"})
    void isTakenWhereItSufficesAndRefusedWhereMoreIsAsked(String version, String next, Cluster cluster) {
        demand("at-least-" + label(version) + ".example", version, cluster);
        demand("at-least-" + label(next) + ".example", next, cluster);

        Outcome outcome = openssl(
                cluster.smtpPort(),
                version,
                conversation(
                        "box@at-least-" + label(version) + ".example", "box@at-least-" + label(next) + ".example"));

        assertThat(outcome.output())
                .contains("250 2.1.5")
                .contains("550 5.7.10")
                .contains(next + " or newer is required, the session is " + version);
    }

    @Test
    void theNewestIsTakenByTheStrictest(Cluster cluster) {
        demand("at-least-tlsv1-3.example", "TLSv1.3", cluster);

        Outcome outcome = openssl(cluster.smtpPort(), "TLSv1.3", conversation("box@at-least-tlsv1-3.example"));

        assertThat(outcome.output()).contains("250 2.1.5");
    }

    @Test
    void sslv3IsTakenInLegacyModeOnlyAndOnlyWhereARuleSaysSo(Cluster cluster) throws Exception {
        demand("at-least-sslv3.example", "SSLv3", cluster);
        demand("at-least-tlsv1.example", "TLSv1", cluster);
        String conversation = conversation("box@at-least-sslv3.example", "box@at-least-tlsv1.example");
        var pem = TestCertificates.selfSigned(
                        LeafRequest.named("legacy.example").withKey(KeyKind.RSA))
                .writeTo(directory, "legacy");

        assertThat(nss(cluster.smtpPort(), conversation)).doesNotContain("250 2.1.5");
        try (Cluster legacy = AnotherIngress.beside(
                cluster,
                directory,
                Map.of(
                        "sekisho.smtp.tls.engine",
                        "JDK_LEGACY",
                        "sekisho.smtp.tls.certificate",
                        pem.certificate().toString(),
                        "sekisho.smtp.tls.key",
                        pem.key().toString()))) {
            String heard = nss(legacy.smtpPort(), conversation);

            assertThat(heard)
                    .contains("250 2.1.5")
                    .contains("550 5.7.10")
                    .contains("TLSv1 or newer is required, the session is SSLv3");
            // What was recorded of the session would no longer be true behind a second handshake.
            assertThat(renegotiating(legacy.smtpPort()).output())
                    .contains("RENEGOTIATING")
                    .contains("alert handshake failure");
            Outcome modern = openssl(legacy.smtpPort(), "TLSv1.3", conversation("box@at-least-sslv3.example"));
            assertThat(modern.output()).contains("250 2.1.5");
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(new Rest(cluster)
                                .must(
                                        Service.TRACKING,
                                        "GET",
                                        "/api/v1/messages?domain=at-least-tlsv1.example&blockReason=TLS_VERSION_TOO_LOW&upstreamTls=SSLv3",
                                        null)
                                .path("items"))
                        .isNotEmpty());
    }

    private static void demand(String domain, String version, Cluster cluster) {
        Rest rest = new Rest(cluster);
        if (rest.call(Service.POLICY, "GET", "/api/v1/domains/" + domain, null).status() == 200) {
            // The test before has set it.
            return;
        }
        rest.must(Service.POLICY, "PUT", "/api/v1/domains/" + domain, "{}");
        rest.must(Service.POLICY, "POST", "/api/v1/domains/" + domain + "/tls-peers", """
                {"direction": "INBOUND", "peer": "127.0.0.1", "level": "MANDATORY", "minimumVersion": "%s"}""".formatted(version));
        new ManagedDomains(cluster).awaitInForce(domain);
    }

    private static String label(String version) {
        return version.toLowerCase(java.util.Locale.ROOT).replace('.', '-');
    }

    private static String conversation(String... recipients) {
        List<String> lines = new ArrayList<>(List.of("EHLO client.example", "MAIL FROM:<a@partner.example>"));
        for (String recipient : recipients) {
            lines.add("RCPT TO:<" + recipient + ">");
        }
        lines.add("QUIT");
        return String.join("\r\n", lines) + "\r\n";
    }

    private static Outcome openssl(int port, String version, String conversation) {
        return OutsideClients.assumeInstalled("openssl")
                .runWithInput(
                        PATIENCE,
                        conversation,
                        "s_client",
                        "-starttls",
                        "smtp",
                        "-connect",
                        "127.0.0.1:" + port,
                        OPTIONS.get(version),
                        "-cipher",
                        "ALL:@SECLEVEL=0",
                        "-quiet",
                        "-ign_eof");
    }

    private static Outcome renegotiating(int port) {
        return OutsideClients.assumeInstalled("openssl")
                .runWithInput(
                        PATIENCE, "R\n", "s_client", "-starttls", "smtp", "-connect", "127.0.0.1:" + port, "-tls1_2");
    }

    /** What NSS's client shows of its conversation up to the reply to QUIT, or up to its own end. */
    private static String nss(int port, String conversation) throws Exception {
        OutsideProgram tstclnt = OutsideClients.assumeInstalled("tstclnt");
        try (StartTlsBridge bridge = new StartTlsBridge(port);
                RunningProgram client = tstclnt.start(
                        "-h",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(bridge.port()),
                        "-V",
                        "ssl3:ssl3",
                        "-D",
                        "-o",
                        "-4")) {
            client.send(conversation);
            client.awaitOutput(Pattern.compile("221 |SSL_ERROR|PR_.*failed|error"), PATIENCE);
            return client.output();
        }
    }
}
