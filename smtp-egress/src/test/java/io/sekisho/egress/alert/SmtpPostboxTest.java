package io.sekisho.egress.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekisho.egress.alert.AlertSettings.Protection;
import io.sekisho.egress.alert.AlertSettings.Server;
import io.sekisho.testkit.certificate.TestAuthority;
import io.sekisho.testkit.certificate.TestCertificates;
import io.sekisho.testkit.peer.Reaction;
import io.sekisho.testkit.peer.RecordedMessage;
import io.sekisho.testkit.peer.ScriptedSmtpServer;
import io.sekisho.testkit.peer.StartTlsBehaviour;
import io.sekisho.testkit.peer.Step;
import io.vertx.core.Vertx;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The postmaster's mail on its way to a real server. */
class SmtpPostboxTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final TestAuthority AUTHORITY = TestCertificates.authority("Operator Test Root");

    @TempDir
    private Path directory;

    private final Vertx vertx = Vertx.vertx();
    private Path trusted;

    @BeforeEach
    void trust() {
        trusted = AUTHORITY.writeTo(directory, "ca");
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void sendsInsideTls() throws Exception {
        try (ScriptedSmtpServer server = presenting("localhost")) {
            send(server, Protection.STARTTLS, AlertLanguage.ENGLISH);
            RecordedMessage arrived = server.awaitMessage(any -> true, LIMIT);
            assertThat(arrived.tls()).isPresent();
            assertThat(arrived.reversePath()).isEqualTo("postmaster@gw.sekisho.example");
            assertThat(arrived.forwardPaths()).containsExactly("one@operator.example", "two@operator.example");
            MimeMessage message = message(arrived);
            assertThat(message.getSubject()).isEqualTo("[gw.sekisho.example] mail waits for too long (1 destinations)");
            assertThat(message.getHeader("Auto-Submitted", null)).isEqualTo("auto-generated");
            assertThat(message.getHeader("Message-ID", null)).isNotBlank();
            assertThat(message.getHeader("Date", null)).isNotBlank();
            assertThat((String) message.getContent())
                    .contains("- partner.example: waits since 2026-11-24T07:00:00Z; the host is away");
        }
    }

    @Test
    void writesInJapanese() throws Exception {
        try (ScriptedSmtpServer server = presenting("localhost")) {
            send(server, Protection.STARTTLS, AlertLanguage.JAPANESE);
            RecordedMessage arrived = server.awaitMessage(any -> true, LIMIT);
            assertThat(new String(arrived.bytes(), StandardCharsets.ISO_8859_1).chars())
                    .allMatch(octet -> octet < 0x80);
            MimeMessage message = message(arrived);
            assertThat(message.getSubject()).isEqualTo("[gw.sekisho.example] メールが長時間滞留しています (1 宛先)");
            assertThat((String) message.getContent()).contains("partner.example: 2026-11-24T07:00:00Z から待機");
        }
    }

    @Test
    void sendsNothingToAServerThatOffersNoTls() {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.settings()
                .hostname("localhost")
                .startTls(StartTlsBehaviour.NOT_OFFERED)
                .start()) {
            assertThatThrownBy(() -> send(server, Protection.STARTTLS, AlertLanguage.ENGLISH))
                    .hasStackTraceContaining("STARTTLS");
            assertThat(server.messages()).isEmpty();
        }
    }

    @Test
    void sendsNothingToAServerOfAnotherName() {
        try (ScriptedSmtpServer server = presenting("other.example")) {
            assertThatThrownBy(() -> send(server, Protection.STARTTLS, AlertLanguage.ENGLISH))
                    .isNotNull();
            assertThat(server.messages()).isEmpty();
        }
    }

    @Test
    void sendsNothingToAServerThatNobodyVouchesFor() {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.settings()
                .hostname("localhost")
                .identity(TestCertificates.selfSigned("localhost"))
                .start()) {
            assertThatThrownBy(() -> send(server, Protection.STARTTLS, AlertLanguage.ENGLISH))
                    .isNotNull();
            assertThat(server.messages()).isEmpty();
        }
    }

    @Test
    void saysWhatTheServerSaid() {
        try (ScriptedSmtpServer server = presenting("localhost")) {
            server.nowOn(Step.RCPT, ".*", Reaction.answer("452 4.3.1 disk full"));
            assertThatThrownBy(() -> send(server, Protection.STARTTLS, AlertLanguage.ENGLISH))
                    .hasStackTraceContaining("disk full");
        }
    }

    @Test
    void sendsInClearOnlyWhereThatIsConfigured() {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.settings()
                .hostname("localhost")
                .startTls(StartTlsBehaviour.NOT_OFFERED)
                .start()) {
            send(server, Protection.NONE, AlertLanguage.ENGLISH);
            assertThat(server.awaitMessage(any -> true, LIMIT).tls()).isEmpty();
        }
    }

    private void send(ScriptedSmtpServer server, Protection protection, AlertLanguage language) {
        AlertSettings settings = new AlertSettings(
                "gw.sekisho.example",
                new Server("localhost", server.port(), protection, Optional.of(trusted), Optional.empty()),
                "postmaster@gw.sekisho.example",
                List.of("one@operator.example", "two@operator.example"),
                language,
                Duration.ofHours(8),
                Duration.ofDays(14));
        AlertFact fact = new AlertFact(
                AlertCause.QUEUE_AGE, "partner.example", Instant.parse("2026-11-24T07:00:00Z"), "the host is away");
        try (SmtpPostbox postbox = new SmtpPostbox(vertx, settings)) {
            postbox.send(AlertMail.of(AlertCause.QUEUE_AGE, List.of(fact), 0, settings))
                    .await()
                    .atMost(LIMIT);
        }
    }

    private static ScriptedSmtpServer presenting(String name) {
        return ScriptedSmtpServer.settings()
                .hostname(name)
                .identity(AUTHORITY.issue(name))
                .start();
    }

    private static MimeMessage message(RecordedMessage arrived) throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()), arrived.open());
    }
}
