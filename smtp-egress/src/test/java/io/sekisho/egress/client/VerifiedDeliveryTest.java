package io.sekisho.egress.client;

import static io.sekisho.egress.dialogue.Parcel.parcel;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.egress.delivery.RecipientOutcome.Delivered;
import io.sekisho.egress.delivery.RecipientOutcome.TlsUnavailable;
import io.sekisho.egress.delivery.TlsStep;
import io.sekisho.egress.dialogue.Parcel;
import io.sekisho.mail.event.AttemptFailure;
import io.sekisho.mail.event.Authentication;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.testkit.certificate.LeafRequest;
import io.sekisho.testkit.certificate.TestAuthority;
import io.sekisho.testkit.certificate.TestCertificates;
import io.sekisho.testkit.certificate.TestIdentity;
import io.sekisho.testkit.peer.ScriptedSmtpServer;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a host's certificate must be at VERIFIED. */
class VerifiedDeliveryTest {

    private static final TestAuthority AUTHORITY = TestCertificates.authority("Trusted Test Root");

    @TempDir
    private Path directory;

    private final Desk desk = new Desk();

    @BeforeEach
    void trust() {
        desk.trusting(AUTHORITY.writeTo(directory, "ca"));
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void deliversToAHostThatProvesItsConfiguredName() {
        try (ScriptedSmtpServer peer = presenting(AUTHORITY.issue("localhost"))) {
            Delivered delivered =
                    (Delivered) Desk.outcome(desk.deliver(parcel().verified().by(peer)));

            assertThat(delivered.hop().hop().authentication()).isEqualTo(Authentication.PKIX);
            assertThat(delivered.hop().hop().mxSecure()).contains(true);
        }
    }

    @Test
    void takesAnIntermediateAuthorityFromTheHost() {
        try (ScriptedSmtpServer peer =
                presenting(AUTHORITY.intermediate("Issuing Test CA").issue("localhost"))) {
            assertThat(Desk.outcome(desk.deliver(parcel().verified().by(peer)))).isInstanceOf(Delivered.class);
        }
    }

    @Test
    void saysThatANameFromDnsIsNotSecure() {
        try (ScriptedSmtpServer peer = presenting(AUTHORITY.issue("mx1.partner.example"))) {
            desk.smtpPort(peer.port());
            desk.dns()
                    .zone()
                    .mx("partner.example", 10, "mx1.partner.example")
                    .address("mx1.partner.example", "127.0.0.1");

            Delivered delivered = (Delivered) Desk.outcome(desk.deliver(parcel().verified()));

            assertThat(delivered.hop().hop().authentication()).isEqualTo(Authentication.PKIX);
            assertThat(delivered.hop().hop().mxSecure()).contains(false);
        }
    }

    @Test
    void asksForAPinnedNameInsteadOfTheHosts() {
        try (ScriptedSmtpServer peer = presenting(AUTHORITY.issue("mail.partner.example"))) {
            Delivered delivered = (Delivered) Desk.outcome(desk.deliver(
                    parcel().verified("other.example", "mail.partner.example").by(peer)));

            assertThat(delivered.hop().hop().authentication()).isEqualTo(Authentication.PKIX);
            assertThat(delivered.hop().hop().mxSecure()).isEmpty();
        }
    }

    @Test
    void refusesAHostWithoutThePinnedName() {
        try (ScriptedSmtpServer peer = presenting(AUTHORITY.issue("localhost"))) {
            assertInvalid(parcel().verified("mail.partner.example").by(peer), peer, "mail.partner.example");
        }
    }

    static Stream<Arguments> untrusted() {
        return Stream.of(
                Arguments.of("another name", AUTHORITY.issue("other.example"), "localhost"),
                Arguments.of(
                        "expired",
                        AUTHORITY.issue(LeafRequest.named("localhost").expired()),
                        "expired"),
                Arguments.of(
                        "not yet valid",
                        AUTHORITY.issue(LeafRequest.named("localhost").notYetValid()),
                        "not valid before"),
                Arguments.of(
                        "unknown authority",
                        TestCertificates.authority("Nobody's Root").issue("localhost"),
                        "no path to a trusted authority"),
                Arguments.of("self-signed", TestCertificates.selfSigned("localhost"), "self-signed"),
                Arguments.of(
                        "wrong usage",
                        AUTHORITY.issue(LeafRequest.named("localhost").withUsages(LeafRequest.Usage.CODE_SIGNING)),
                        "usage"),
                Arguments.of(
                        "name in CN only",
                        AUTHORITY.issue(LeafRequest.named("localhost").withoutAlternativeNames()),
                        "localhost"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void untrusted(String what, TestIdentity identity, String detail) {
        try (ScriptedSmtpServer peer = presenting(identity)) {
            assertInvalid(parcel().verified().by(peer), peer, detail);
        }
    }

    @Test
    void skipsAHostWithABadCertificateForOneWithAGood() {
        try (ScriptedSmtpServer bad = presenting(TestCertificates.selfSigned("localhost"));
                ScriptedSmtpServer good = presenting(AUTHORITY.issue("localhost"))) {
            Delivered delivered =
                    (Delivered) Desk.outcome(desk.deliver(parcel().verified().by(bad, good)));

            assertThat(delivered.hop().hop().port()).isEqualTo(good.port());
            TlsDeliveryTest.assertNoMail(bad);
        }
    }

    @Test
    void trustsTheSystemsAuthoritiesAndNoOtherWhereNoneAreConfigured() {
        try (Desk system = new Desk();
                ScriptedSmtpServer peer = presenting(AUTHORITY.issue("localhost"))) {
            TlsUnavailable tls = (TlsUnavailable)
                    Desk.outcome(system.deliver(parcel().verified().by(peer)));

            assertThat(tls.failure()).isEqualTo(AttemptFailure.CERTIFICATE_UNTRUSTED);
            TlsDeliveryTest.assertNoMail(peer);
        }
    }

    private void assertInvalid(Parcel parcel, ScriptedSmtpServer peer, String detail) {
        TlsUnavailable tls = (TlsUnavailable) Desk.outcome(desk.deliver(parcel));

        assertThat(tls.reason()).isEqualTo(BlockReason.CERTIFICATE_INVALID);
        assertThat(tls.enhancedStatus()).isEqualTo("4.7.5");
        assertThat(tls.step()).isEqualTo(TlsStep.CERTIFICATE);
        assertThat(tls.detail()).contains(detail);
        assertThat(tls.hop().hop().authentication()).isEqualTo(Authentication.NONE);
        assertThat(tls.hop().hop().tls().certificate()).isPresent();
        TlsDeliveryTest.assertNoMail(peer);
    }

    private static ScriptedSmtpServer presenting(TestIdentity identity) {
        return ScriptedSmtpServer.settings().identity(identity).start();
    }
}
