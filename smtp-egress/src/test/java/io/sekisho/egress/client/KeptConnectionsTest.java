package io.sekisho.egress.client;

import static io.sekisho.egress.dialogue.Parcel.parcel;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.egress.delivery.DeliveryReport;
import io.sekisho.egress.delivery.RecipientOutcome;
import io.sekisho.egress.delivery.RecipientOutcome.Delivered;
import io.sekisho.egress.delivery.RecipientOutcome.Failed;
import io.sekisho.egress.delivery.RecipientOutcome.TlsUnavailable;
import io.sekisho.egress.dialogue.BytesContent;
import io.sekisho.egress.dialogue.Parcel;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.testkit.peer.Reaction;
import io.sekisho.testkit.peer.RecordedSession;
import io.sekisho.testkit.peer.ScriptedSmtpServer;
import io.sekisho.testkit.peer.StartTlsBehaviour;
import io.sekisho.testkit.peer.Step;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which connections are used again, and for which messages. */
class KeptConnectionsTest {

    private final Desk desk = new Desk().keeping(100);

    @AfterEach
    void close() {
        desk.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"NEVER", "OPPORTUNISTIC", "MANDATORY"})
    void sendsMessagesOverOneConnection(SecurityLevel level) {
        try (ScriptedSmtpServer peer = ScriptedSmtpServer.settings().start()) {
            for (int i = 0; i < 5; i++) {
                assertDelivered(parcel().level(level), peer);
            }

            assertThat(peer.sessions()).hasSize(1);
            assertThat(peer.messages()).hasSize(5);
            assertThat(peer.sessions().getFirst().tls().isPresent()).isEqualTo(level != SecurityLevel.NEVER);
        }
    }

    @Test
    void sendsOnlySoManyOverOne() {
        desk.keeping(2);
        try (ScriptedSmtpServer peer = ScriptedSmtpServer.settings().start()) {
            for (int i = 0; i < 5; i++) {
                assertDelivered(parcel(), peer);
            }

            Awaitility.await()
                    .untilAsserted(() -> assertThat(peer.sessions())
                            .filteredOn(session -> session.commands().contains("QUIT"))
                            .hasSize(2));
            assertThat(peer.sessions()).hasSize(3);
        }
    }

    @Test
    void givesNoMessageAConnectionInPlainTextThatNeedsTls() {
        try (ScriptedSmtpServer peer = ScriptedSmtpServer.settings()
                .startTls(StartTlsBehaviour.NOT_OFFERED)
                .start()) {
            assertDelivered(parcel(), peer);

            RecipientOutcome refused = Desk.outcome(
                    desk.deliver(parcel().level(SecurityLevel.MANDATORY).by(peer)));

            assertThat(refused).isInstanceOf(TlsUnavailable.class);
            assertThat(peer.messages()).hasSize(1);
            assertThat(peer.sessions().get(1).commands()).noneMatch(command -> command.startsWith("MAIL"));
        }
    }

    /** What is sent in plain text on purpose must not draw others with it. */
    @Test
    void offersTlsAgainToAMessageThatMayHaveIt() {
        try (ScriptedSmtpServer peer = ScriptedSmtpServer.settings().start()) {
            assertDelivered(parcel().level(SecurityLevel.NEVER), peer);
            assertDelivered(parcel().level(SecurityLevel.OPPORTUNISTIC), peer);

            assertThat(peer.sessions())
                    .extracting(session -> session.tls().isPresent())
                    .containsExactly(false, true);
        }
    }

    /** The certificate that MANDATORY did not ask about is judged before another message is named to the host. */
    @Test
    void judgesTheCertificateOfAKeptConnection() {
        try (ScriptedSmtpServer peer = ScriptedSmtpServer.settings().start()) {
            assertDelivered(parcel().level(SecurityLevel.MANDATORY), peer);

            RecipientOutcome refused =
                    Desk.outcome(desk.deliver(parcel().verified().by(peer)));

            assertThat(refused).isInstanceOf(TlsUnavailable.class);
            assertThat(peer.messages()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void makesANewConnectionWhereTheKeptOneHasEnded(boolean says421) {
        Reaction end = says421
                ? Reaction.answerAndClose("250 2.0.0 taken", "421 4.7.0 enough")
                : Reaction.answerAndClose("250 2.0.0 taken");
        try (ScriptedSmtpServer peer =
                ScriptedSmtpServer.settings().on(Step.END_OF_DATA, end).start()) {
            for (int i = 0; i < 20; i++) {
                DeliveryReport report = desk.deliver(parcel().by(peer));
                assertThat(Desk.outcome(report)).isInstanceOf(Delivered.class);
                assertThat(report.hostsTried()).hasSize(1);
            }

            assertThat(peer.sessions()).hasSize(20);
            assertThat(peer.messages()).hasSize(20);
        }
    }

    @Test
    void makesANewConnectionWhereTheHostHasHadEnough() {
        try (ScriptedSmtpServer peer = ScriptedSmtpServer.settings()
                .on(Step.MAIL, "again@", Reaction.answerAndClose("421 4.7.0 enough for one connection"))
                .start()) {
            assertDelivered(parcel(), peer);

            // It says so on a new connection too, where that is a reply as any other.
            RecipientOutcome outcome = Desk.outcome(
                    desk.deliver(parcel().from("again@customer.example").by(peer)));

            assertThat(outcome).isInstanceOf(RecipientOutcome.Deferred.class);
            assertThat(peer.sessions()).hasSize(2);
        }
    }

    @Test
    void goesOnAfterARefusal() {
        try (ScriptedSmtpServer peer = ScriptedSmtpServer.settings()
                .on(Step.RCPT, "nobody@", Reaction.answer("550 5.1.1 no such user"))
                .start()) {
            assertThat(Desk.outcome(
                            desk.deliver(parcel().to("nobody@partner.example").by(peer))))
                    .isInstanceOf(Failed.class);
            Awaitility.await().until(() -> sessionOf(peer).commands().contains("RSET"));
            assertDelivered(parcel(), peer);

            assertThat(peer.messages()).hasSize(1);
        }
    }

    @Test
    void sendsContentInChunks() {
        byte[] hostile = HostileContent.bytes(7, 300_000);
        try (ScriptedSmtpServer peer = ScriptedSmtpServer.settings()
                .keywords("PIPELINING", "SIZE 1000000", "8BITMIME", "CHUNKING")
                .start()) {
            for (int partOctets : new int[] {300_000, 100_000, 32 * 1024, 4_097}) {
                assertDelivered(parcel().content(new BytesContent(hostile, partOctets)), peer);
            }
            assertDelivered(parcel().content(BytesContent.of("")), peer);
            assertDelivered(parcel().content(BytesContent.of(".")), peer);

            assertThat(peer.messages().subList(0, 4))
                    .allSatisfy(message -> assertThat(message.bytes()).isEqualTo(hostile));
            assertThat(peer.messages().get(4).octets()).isZero();
            assertThat(peer.messages().get(5).bytes()).isEqualTo(".".getBytes(StandardCharsets.US_ASCII));
            assertThat(sessionOf(peer).commands())
                    .contains("BDAT 300000 LAST", "BDAT 100000", "BDAT 100000 LAST", "BDAT 0 LAST")
                    .noneMatch(command -> command.equals("DATA"));
        }
    }

    /** A lone CR or LF would be where one server sees the end of the message and the next one does not. */
    @ParameterizedTest
    @ValueSource(strings = {"a\rb\r\n", "a\nb\r\n", "a\r\n.\n.\r\n", "a\r"})
    void sendsNoChunkThatBreaksTheRuleOfLineEnds(String content) {
        try (ScriptedSmtpServer peer =
                ScriptedSmtpServer.settings().keywords("PIPELINING", "CHUNKING").start()) {
            RecipientOutcome outcome = Desk.outcome(
                    desk.deliver(parcel().content(BytesContent.of(content)).by(peer)));

            assertThat(outcome).isInstanceOf(RecipientOutcome.ContentLost.class);
            assertThat(peer.messages()).isEmpty();
            assertThat(sessionOf(peer).commands()).noneMatch(command -> command.startsWith("BDAT"));
        }
    }

    @Test
    void usesAsManyConnectionsAsMessagesAtOnce() {
        try (ScriptedSmtpServer peer = ScriptedSmtpServer.settings().start()) {
            IntStream.range(0, 40)
                    .mapToObj(i -> desk.courier().deliver(parcel().by(peer).build()))
                    .map(report -> report.subscribeAsCompletionStage())
                    .toList()
                    .forEach(report -> assertThat(Desk.outcome(report.join())).isInstanceOf(Delivered.class));

            assertThat(peer.messages()).hasSize(40);
            int connections = peer.sessions().size();
            for (int i = 0; i < 10; i++) {
                assertDelivered(parcel(), peer);
            }
            assertThat(peer.sessions()).hasSize(connections);
        }
    }

    private void assertDelivered(Parcel parcel, ScriptedSmtpServer peer) {
        assertThat(Desk.outcome(desk.deliver(parcel.by(peer)))).isInstanceOf(Delivered.class);
    }

    private static RecordedSession sessionOf(ScriptedSmtpServer peer) {
        assertThat(peer.sessions()).hasSize(1);
        return peer.sessions().getFirst();
    }
}
