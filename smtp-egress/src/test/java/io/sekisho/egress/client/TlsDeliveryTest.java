package io.sekisho.egress.client;

import static io.sekisho.egress.dialogue.Parcel.parcel;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.egress.delivery.DeliveryReport;
import io.sekisho.egress.delivery.HostAttempt;
import io.sekisho.egress.delivery.HostAttempt.Result;
import io.sekisho.egress.delivery.RecipientOutcome.Delivered;
import io.sekisho.egress.delivery.RecipientOutcome.TlsUnavailable;
import io.sekisho.egress.delivery.Route;
import io.sekisho.egress.delivery.TlsStep;
import io.sekisho.egress.dialogue.Parcel;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.Hop;
import io.sekisho.mail.event.Verdict;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.testkit.certificate.LeafRequest;
import io.sekisho.testkit.certificate.TestCertificates;
import io.sekisho.testkit.peer.RecordedMessage;
import io.sekisho.testkit.peer.RecordedSession;
import io.sekisho.testkit.peer.RecordedTls;
import io.sekisho.testkit.peer.ScriptedSmtpServer;
import io.sekisho.testkit.peer.StartTlsBehaviour;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is done about STARTTLS at each level, against a peer whose TLS is the JDK's. */
class TlsDeliveryTest {

    private final Desk desk = new Desk();

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void usesTlsWhereOfferedAndTellsWhatTheSessionHad() {
        try (ScriptedSmtpServer peer = ScriptedSmtpServer.settings().start()) {
            DeliveryReport report = desk.deliver(parcel().by(peer));

            Delivered delivered = (Delivered) Desk.outcome(report);
            Hop hop = delivered.hop().hop();
            assertThat(hop.host()).isEqualTo("localhost");
            assertThat(hop.address()).contains("127.0.0.1");
            assertThat(hop.port()).isEqualTo(peer.port());
            assertThat(hop.tls().protocol()).isEqualTo("TLSv1.3");
            assertThat(hop.tls().cipher()).isPresent();
            assertThat(hop.tls().group()).isPresent();
            assertThat(hop.tls().certificate()).isPresent();
            assertThat(delivered.hop().policy()).hasValueSatisfying(policy -> {
                assertThat(policy.ruleIds()).containsExactly("rule-1");
                assertThat(policy.effective()).isEqualTo("TLSv1.3");
                assertThat(policy.verdict()).isEqualTo(Verdict.MET);
            });
            RecordedMessage message = peer.messages().getFirst();
            assertThat(message.tls()).map(RecordedTls::version).contains("TLSv1.3");
            assertThat(message.text()).isEqualTo(Parcel.TEXT);
            assertThat(message.forwardPaths()).containsExactly("someone@partner.example");
        }
    }

    @Test
    void usesTheVersionThatTheHostHas() {
        try (ScriptedSmtpServer peer =
                ScriptedSmtpServer.settings().tlsVersions("TLSv1.2").start()) {
            Delivered delivered = (Delivered) Desk.outcome(
                    desk.deliver(parcel().level(SecurityLevel.MANDATORY).by(peer)));

            assertThat(delivered.hop().hop().tls().protocol()).isEqualTo("TLSv1.2");
        }
    }

    @Test
    void sendsInPlainTextWhereTlsIsNotOffered() {
        try (ScriptedSmtpServer peer = startTls(StartTlsBehaviour.NOT_OFFERED)) {
            Delivered delivered = (Delivered) Desk.outcome(desk.deliver(parcel().by(peer)));

            assertThat(delivered.hop().hop().tls().protocol()).isEqualTo("NONE");
            assertThat(delivered.hop().policy())
                    .hasValueSatisfying(policy -> assertThat(policy.effective()).isEqualTo("NONE"));
        }
    }

    @Test
    void sendsInPlainTextAtLevelNeverThoughTlsIsOffered() {
        try (ScriptedSmtpServer peer = ScriptedSmtpServer.settings().start()) {
            desk.deliver(parcel().level(SecurityLevel.NEVER).by(peer));

            assertThat(peer.messages())
                    .singleElement()
                    .satisfies(message -> assertThat(message.tls()).isEmpty());
            assertThat(peer.sessions().getFirst().commands()).doesNotContain("STARTTLS");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GARBAGE", "CLOSED", "STALLED", "INJECTED"})
    void fallsBackToPlainTextOnANewConnectionWhereTlsIsOpportunistic(StartTlsBehaviour behaviour) {
        if (behaviour == StartTlsBehaviour.STALLED) {
            desk.impatient(Duration.ofSeconds(3));
        }
        try (ScriptedSmtpServer peer = startTls(behaviour)) {
            DeliveryReport report = desk.deliver(parcel().by(peer));

            assertThat(Desk.outcome(report)).isInstanceOf(Delivered.class);
            assertThat(report.hostsTried())
                    .extracting(HostAttempt::result)
                    .containsExactly(Result.FELL_BACK_TO_PLAIN_TEXT, Result.TOOK_MESSAGE);
            assertThat(report.hostsTried().getFirst().detail()).contains("handshake", "new connection");
            assertThat(report.hostsTried().getLast().hop().hop().tls().isTls()).isFalse();
            assertThat(peer.sessions()).hasSize(2);
            RecordedSession second = peer.sessions().getLast();
            assertThat(second.messages()).hasSize(1);
            assertThat(second.commands()).doesNotContain("STARTTLS");
            assertThat(peer.sessions().getFirst().commands()).noneMatch(line -> line.startsWith("MAIL"));
        }
    }

    @Test
    void fallsBackWhereTheOfferedVersionsDoNotMeet() {
        try (ScriptedSmtpServer peer =
                ScriptedSmtpServer.settings().tlsVersions("TLSv1.2").start()) {
            DeliveryReport report = desk.deliver(parcel().level(SecurityLevel.OPPORTUNISTIC, TlsVersion.TLSV1_3)
                    .by(peer));

            assertThat(Desk.outcome(report)).isInstanceOf(Delivered.class);
            assertThat(report.hostsTried())
                    .extracting(HostAttempt::result)
                    .containsExactly(Result.FELL_BACK_TO_PLAIN_TEXT, Result.TOOK_MESSAGE);
        }
    }

    @Test
    void goesOnWithoutTlsOnTheSameConnectionWhereStartTlsIsRefused() {
        try (ScriptedSmtpServer peer = startTls(StartTlsBehaviour.REFUSED)) {
            DeliveryReport report = desk.deliver(parcel().by(peer));

            assertThat(Desk.outcome(report)).isInstanceOf(Delivered.class);
            assertThat(peer.sessions()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_OFFERED", "REFUSED", "GARBAGE", "CLOSED", "STALLED", "INJECTED"})
    void sendsNothingWithoutTlsWhereItIsMandatory(StartTlsBehaviour behaviour) {
        if (behaviour == StartTlsBehaviour.STALLED) {
            desk.impatient(Duration.ofSeconds(3));
        }
        try (ScriptedSmtpServer peer = startTls(behaviour)) {
            DeliveryReport report =
                    desk.deliver(parcel().level(SecurityLevel.MANDATORY).by(peer));

            TlsUnavailable tls = (TlsUnavailable) Desk.outcome(report);
            TlsStep step = switch (behaviour) {
                case NOT_OFFERED -> TlsStep.OFFER;
                case REFUSED -> TlsStep.STARTTLS;
                default -> TlsStep.HANDSHAKE;
            };
            assertThat(tls.step()).isEqualTo(step);
            assertThat(tls.reason()).isEqualTo(BlockReason.TLS_NOT_AVAILABLE);
            assertThat(tls.enhancedStatus()).isEqualTo(step == TlsStep.HANDSHAKE ? "4.7.5" : "4.7.4");
            assertThat(tls.detail()).contains("localhost[127.0.0.1]:" + peer.port());
            assertThat(tls.hop().policy()).hasValueSatisfying(policy -> {
                assertThat(policy.verdict()).isEqualTo(Verdict.UNMET);
                assertThat(policy.effective()).isEqualTo("NONE");
            });
            assertThat(report.hostsTried().getFirst().blockReason()).contains(BlockReason.TLS_NOT_AVAILABLE);
            assertNoMail(peer);
        }
    }

    @Test
    void skipsAHostWithoutTlsForOneThatHasIt() {
        try (ScriptedSmtpServer without = startTls(StartTlsBehaviour.NOT_OFFERED);
                ScriptedSmtpServer with = ScriptedSmtpServer.settings().start()) {
            DeliveryReport report =
                    desk.deliver(parcel().level(SecurityLevel.MANDATORY).by(without, with));

            Delivered delivered = (Delivered) Desk.outcome(report);
            assertThat(delivered.hop().hop().port()).isEqualTo(with.port());
            assertNoMail(without);
        }
    }

    @Test
    void tellsOfEveryHostWhereAllFailedForTls() {
        try (ScriptedSmtpServer plain = startTls(StartTlsBehaviour.NOT_OFFERED);
                ScriptedSmtpServer broken = startTls(StartTlsBehaviour.GARBAGE)) {
            DeliveryReport report =
                    desk.deliver(parcel().level(SecurityLevel.MANDATORY).by(plain, broken));

            TlsUnavailable tls = (TlsUnavailable) Desk.outcome(report);
            assertThat(tls.step()).isEqualTo(TlsStep.OFFER);
            assertThat(tls.detail()).contains("not offered", "handshake", ":" + broken.port());
        }
    }

    @Test
    void namesBothVersionsWhereTheSessionIsBelowTheMinimum() {
        try (ScriptedSmtpServer peer =
                ScriptedSmtpServer.settings().tlsVersions("TLSv1.2").start()) {
            DeliveryReport report = desk.deliver(
                    parcel().level(SecurityLevel.MANDATORY, TlsVersion.TLSV1_3).by(peer));

            TlsUnavailable tls = (TlsUnavailable) Desk.outcome(report);
            assertThat(tls.reason()).isEqualTo(BlockReason.TLS_VERSION_TOO_LOW);
            assertThat(tls.step()).isEqualTo(TlsStep.VERSION);
            assertThat(tls.enhancedStatus()).isEqualTo("4.7.5");
            assertThat(tls.detail()).contains("TLSv1.2", "TLSv1.3");
            assertThat(tls.hop().hop().tls().protocol()).isEqualTo("TLSv1.2");
            assertNoMail(peer);
        }
    }

    @Test
    void doesNotJudgeTheCertificateBelowVerified() {
        try (ScriptedSmtpServer peer = ScriptedSmtpServer.settings()
                .identity(TestCertificates.selfSigned(
                        LeafRequest.named("other.example").expired()))
                .start()) {
            assertThat(Desk.outcome(
                            desk.deliver(parcel().level(SecurityLevel.MANDATORY).by(peer))))
                    .isInstanceOf(Delivered.class);
        }
    }

    @Test
    void presentsTheNameOfTheHost() {
        try (ScriptedSmtpServer peer = ScriptedSmtpServer.settings().start()) {
            desk.smtpPort(peer.port());
            desk.dns()
                    .zone()
                    .mx("partner.example", 10, "mx1.partner.example")
                    .cname("mx1.partner.example", "somewhere.else.example")
                    .address("somewhere.else.example", "127.0.0.1");

            desk.deliver(parcel());

            assertThat(peer.messages().getFirst().tls().flatMap(RecordedTls::serverName))
                    .contains("mx1.partner.example");
        }
    }

    @Test
    void copesWithAHostNameThatIsNoHostName() {
        try (ScriptedSmtpServer peer = ScriptedSmtpServer.settings().start()) {
            desk.smtpPort(peer.port());
            desk.dns()
                    .zone()
                    .mx("partner.example", 10, "_mx_1.partner.example")
                    .address("_mx_1.partner.example", "127.0.0.1");

            assertThat(Desk.outcome(desk.deliver(parcel().level(SecurityLevel.MANDATORY))))
                    .isInstanceOf(Delivered.class);
        }
    }

    @Test
    void presentsNoNameWhereTheRouteIsAnAddress() {
        try (ScriptedSmtpServer peer = ScriptedSmtpServer.settings().start()) {
            desk.deliver(parcel().by(new Route.StaticRoute("127.0.0.1", peer.port())));

            assertThat(peer.messages().getFirst().tls())
                    .hasValueSatisfying(tls -> assertThat(tls.serverName()).isEmpty());
        }
    }

    private static ScriptedSmtpServer startTls(StartTlsBehaviour behaviour) {
        return ScriptedSmtpServer.settings().startTls(behaviour).start();
    }

    static void assertNoMail(ScriptedSmtpServer peer) {
        assertThat(peer.messages()).isEmpty();
        assertThat(peer.sessions())
                .isNotEmpty()
                .allSatisfy(session -> assertThat(session.commands())
                        .noneMatch(line -> line.startsWith("MAIL") || line.startsWith("RCPT")));
    }
}
