package io.sekisho.egress.client;

import static io.sekisho.egress.dialogue.Parcel.parcel;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.egress.delivery.DeliveryReport;
import io.sekisho.egress.delivery.HostAttempt;
import io.sekisho.egress.delivery.RecipientOutcome.Deferred;
import io.sekisho.egress.delivery.RecipientOutcome.Failed;
import io.sekisho.egress.delivery.RecipientOutcome.TlsUnavailable;
import io.sekisho.egress.dialogue.BytesContent;
import io.sekisho.egress.dialogue.Parcel;
import io.sekisho.mail.envelope.BodyType;
import io.sekisho.mail.event.AttemptFailure;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.testkit.certificate.LeafRequest;
import io.sekisho.testkit.certificate.TestAuthority;
import io.sekisho.testkit.certificate.TestCertificates;
import io.sekisho.testkit.certificate.TestIdentity;
import io.sekisho.testkit.peer.PeerSettings;
import io.sekisho.testkit.peer.Reaction;
import io.sekisho.testkit.peer.ScriptedSmtpServer;
import io.sekisho.testkit.peer.StartTlsBehaviour;
import io.sekisho.testkit.peer.Step;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a host does wrong has a name of its own, in the outcome and in what is told of the connection. */
class FailureKindsTest {

    private static final TestAuthority AUTHORITY = TestCertificates.authority("Trusted Test Root");

    @TempDir
    private Path directory;

    private final Desk desk = new Desk();

    @AfterEach
    void close() {
        desk.close();
    }

    static Stream<Arguments> conversations() {
        return Stream.of(
                row("greeting 421", AttemptFailure.GREETING_REFUSED, on(Step.BANNER, "421 4.3.2 down")),
                row("greeting 450", AttemptFailure.GREETING_REFUSED, on(Step.BANNER, "450 4.3.2 later")),
                row("greeting 521", AttemptFailure.GREETING_REFUSED, on(Step.BANNER, "521 no mail")),
                row("greeting 554", AttemptFailure.GREETING_REFUSED, on(Step.BANNER, "554 5.3.2 no mail here")),
                row(
                        "greeting of several lines",
                        AttemptFailure.GREETING_REFUSED,
                        on(Step.BANNER, "554-no", "554 mail")),
                row("greeting 354", AttemptFailure.REPLY_OUT_OF_PLACE, on(Step.BANNER, "354 go")),
                row("greeting that is no SMTP", AttemptFailure.REPLY_MALFORMED, octets(Step.BANNER, "SSH-2.0-x\r\n")),
                row("lines of two codes", AttemptFailure.REPLY_MALFORMED, octets(Step.EHLO, "250-a\r\n220 b\r\n")),
                row("two greetings", AttemptFailure.REPLY_OUT_OF_PLACE, octets(Step.BANNER, "220 a\r\n220 b\r\n")),
                row("closed at the greeting", AttemptFailure.CONNECTION_LOST, closing(Step.BANNER)),
                row("closed at EHLO", AttemptFailure.CONNECTION_LOST, closing(Step.EHLO)),
                row("closed at MAIL", AttemptFailure.CONNECTION_LOST, closing(Step.MAIL)),
                row("closed at RCPT", AttemptFailure.CONNECTION_LOST, closing(Step.RCPT)),
                row("closed at DATA", AttemptFailure.CONNECTION_LOST, closing(Step.DATA)),
                row(
                        "closed in the content",
                        AttemptFailure.CONNECTION_LOST_IN_CONTENT,
                        good().on(Step.CONTENT, Reaction.closeAfter(500_000))),
                row("closed after the content", AttemptFailure.REPLY_LOST, closing(Step.END_OF_DATA)),
                row("silent at the greeting", AttemptFailure.REPLY_TIMED_OUT, silent(Step.BANNER)),
                row("silent at MAIL", AttemptFailure.REPLY_TIMED_OUT, silent(Step.MAIL)),
                row("EHLO 451", AttemptFailure.EHLO_REFUSED, on(Step.EHLO, "451 4.3.0 later")),
                row(
                        "EHLO and HELO 550",
                        AttemptFailure.EHLO_REFUSED,
                        on(Step.EHLO, "550 go away").on(Step.HELO, Reaction.answer("550 go away"))),
                row("MAIL 451", AttemptFailure.MAIL_REFUSED, on(Step.MAIL, "451 4.7.1 later")),
                row("RCPT 450", AttemptFailure.RECIPIENT_REFUSED, on(Step.RCPT, "450 4.2.0 greylisted")),
                row("RCPT 550", AttemptFailure.RECIPIENT_REFUSED, on(Step.RCPT, "550 5.1.1 unknown")),
                row("DATA 451", AttemptFailure.DATA_REFUSED, on(Step.DATA, "451 4.3.0 later")),
                row("content 552", AttemptFailure.CONTENT_REFUSED, on(Step.END_OF_DATA, "552 5.2.2 full")),
                row("no room", AttemptFailure.MESSAGE_TOO_LARGE, good().keywords("SIZE 10")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void conversations(String what, AttemptFailure failure, PeerSettings settings) {
        if (failure == AttemptFailure.REPLY_TIMED_OUT) {
            desk.impatient(Duration.ofSeconds(2));
        }
        byte[] content = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd\r\n"
                .repeat(50_000)
                .getBytes(StandardCharsets.US_ASCII);
        try (ScriptedSmtpServer peer = settings.start()) {
            assertFailure(
                    failure,
                    desk.deliver(parcel().level(SecurityLevel.NEVER)
                            .content(new BytesContent(content, 512 * 1024))
                            .by(peer)));
        }
    }

    static Stream<Arguments> tls() {
        return Stream.of(
                row(StartTlsBehaviour.NOT_OFFERED, AttemptFailure.STARTTLS_NOT_OFFERED),
                row(StartTlsBehaviour.REFUSED, AttemptFailure.STARTTLS_REFUSED),
                row(StartTlsBehaviour.GARBAGE, AttemptFailure.HANDSHAKE_FAILED),
                row(StartTlsBehaviour.CLOSED, AttemptFailure.HANDSHAKE_FAILED),
                row(StartTlsBehaviour.INJECTED, AttemptFailure.STARTTLS_INJECTED),
                Arguments.of(
                        "minimum TLSv1.3, the host has TLSv1.2",
                        AttemptFailure.TLS_VERSION_TOO_LOW,
                        good().tlsVersions("TLSv1.2"),
                        parcel().level(SecurityLevel.MANDATORY, TlsVersion.TLSV1_3)),
                certificate(
                        "expired",
                        AttemptFailure.CERTIFICATE_EXPIRED,
                        AUTHORITY.issue(LeafRequest.named("localhost").expired())),
                certificate("another name", AttemptFailure.CERTIFICATE_NAME_MISMATCH, AUTHORITY.issue("other.example")),
                certificate(
                        "unknown authority",
                        AttemptFailure.CERTIFICATE_UNTRUSTED,
                        TestCertificates.authority("Nobody's Root").issue("localhost")),
                certificate(
                        "self-signed", AttemptFailure.CERTIFICATE_UNTRUSTED, TestCertificates.selfSigned("localhost")),
                certificate(
                        "not yet valid",
                        AttemptFailure.CERTIFICATE_INVALID,
                        AUTHORITY.issue(LeafRequest.named("localhost").notYetValid())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void tls(String what, AttemptFailure failure, PeerSettings settings, Parcel parcel) {
        desk.trusting(AUTHORITY.writeTo(directory, "ca"));
        try (ScriptedSmtpServer peer = settings.start()) {
            assertFailure(failure, desk.deliver(parcel.by(peer)));
        }
    }

    @Test
    void isToldOfTheHandshakeThatIsFollowedByPlainText() {
        try (ScriptedSmtpServer peer =
                good().startTls(StartTlsBehaviour.GARBAGE).start()) {
            List<HostAttempt> hosts = desk.deliver(parcel().by(peer)).hostsTried();

            assertThat(hosts)
                    .extracting(HostAttempt::failure)
                    .containsExactly(Optional.of(AttemptFailure.HANDSHAKE_FAILED), Optional.empty());
        }
    }

    @Test
    void isToldOfHostsThatLackWhatTheMessageNeeds() {
        try (ScriptedSmtpServer peer = good().keywords("PIPELINING").start()) {
            assertFailure(
                    AttemptFailure.BODY_TYPE_NOT_SUPPORTED,
                    desk.deliver(parcel().body(BodyType.EIGHT_BIT_MIME).by(peer)));
            assertFailure(
                    AttemptFailure.SMTPUTF8_NOT_SUPPORTED,
                    desk.deliver(parcel().withSmtpUtf8().by(peer)));
        }
    }

    @Test
    void isToldWithoutAnyHost() {
        desk.dns().zone().nullMx("partner.example");
        assertThat(failure(desk.deliver(parcel()))).isEqualTo(AttemptFailure.NULL_MX);
        ScriptedSmtpServer gone = good().start();
        gone.close();
        assertFailure(AttemptFailure.CONNECT_FAILED, desk.deliver(parcel().by(gone)));
    }

    private static void assertFailure(AttemptFailure failure, DeliveryReport report) {
        assertThat(failure(report)).isEqualTo(failure);
        // localhost has a second address, which may not be connected to.
        assertThat(report.hostsTried().getFirst().failure()).contains(failure);
    }

    private static AttemptFailure failure(DeliveryReport report) {
        return switch (Desk.outcome(report)) {
            case Deferred deferred -> deferred.failure();
            case Failed failed -> failed.failure();
            case TlsUnavailable tls -> tls.failure();
            default -> throw new AssertionError("no failure: " + report);
        };
    }

    private static Arguments row(String what, AttemptFailure failure, PeerSettings settings) {
        return Arguments.of(what, failure, settings);
    }

    private static Arguments row(StartTlsBehaviour behaviour, AttemptFailure failure) {
        return Arguments.of(
                "STARTTLS " + behaviour, failure, good().startTls(behaviour), parcel().level(SecurityLevel.MANDATORY));
    }

    private static Arguments certificate(String what, AttemptFailure failure, TestIdentity identity) {
        return Arguments.of(what, failure, good().identity(identity), parcel().verified());
    }

    private static PeerSettings good() {
        return ScriptedSmtpServer.settings();
    }

    private static PeerSettings on(Step step, String... lines) {
        return good().on(step, Reaction.answer(lines));
    }

    private static PeerSettings octets(Step step, String octets) {
        return good().on(step, Reaction.octets(octets));
    }

    private static PeerSettings closing(Step step) {
        return good().on(step, Reaction.close());
    }

    private static PeerSettings silent(Step step) {
        return good().on(step, Reaction.silence());
    }
}
