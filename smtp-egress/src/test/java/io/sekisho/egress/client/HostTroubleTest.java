package io.sekisho.egress.client;

import static io.sekisho.egress.dialogue.Parcel.parcel;
import static io.sekisho.egress.dialogue.Parcel.recipient;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.egress.delivery.DeferralCause;
import io.sekisho.egress.delivery.DeliveryReport;
import io.sekisho.egress.delivery.DeliverySettings.Bounds;
import io.sekisho.egress.delivery.HostAttempt;
import io.sekisho.egress.delivery.HostAttempt.Result;
import io.sekisho.egress.delivery.RecipientOutcome;
import io.sekisho.egress.delivery.RecipientOutcome.Deferred;
import io.sekisho.egress.delivery.RecipientOutcome.Delivered;
import io.sekisho.egress.delivery.RecipientOutcome.Failed;
import io.sekisho.egress.delivery.Route;
import io.sekisho.egress.dialogue.BytesContent;
import io.sekisho.egress.dialogue.Parcel;
import io.sekisho.mail.envelope.BodyType;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.testkit.peer.PeerSettings;
import io.sekisho.testkit.peer.Reaction;
import io.sekisho.testkit.peer.ScriptedSmtpServer;
import io.sekisho.testkit.peer.StartTlsBehaviour;
import io.sekisho.testkit.peer.Step;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts that are down, slow, broken or unwilling, and what the others are then asked. */
class HostTroubleTest {

    /** Long enough for a good host on a busy machine, in plain text. */
    private static final Duration SHORT = Duration.ofSeconds(3);

    private final Desk desk = new Desk();

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void goesToTheNextHostWhereNobodyListens() {
        ScriptedSmtpServer gone = good().start();
        gone.close();
        try (ScriptedSmtpServer next = good().start()) {
            DeliveryReport report = desk.deliver(parcel().by(gone, next));

            assertThat(Desk.outcome(report)).isInstanceOf(Delivered.class);
            assertThat(report.hostsTried().getFirst().result()).isEqualTo(Result.UNREACHABLE);
            assertThat(report.hostsTried().getFirst().detail())
                    .contains("cannot connect to localhost[127.0.0.1]:" + gone.port());
        }
    }

    @Test
    void defersWhereNoHostCanBeReached() {
        ScriptedSmtpServer gone = good().start();
        gone.close();

        Deferred deferred = (Deferred) Desk.outcome(desk.deliver(parcel().by(gone)));

        assertThat(deferred.cause()).isInstanceOf(DeferralCause.HostUnreachable.class);
        assertThat(deferred.enhancedStatus()).isEqualTo("4.4.1");
    }

    @ParameterizedTest
    @EnumSource(names = {"BANNER", "EHLO", "MAIL", "RCPT", "DATA"})
    void goesToTheNextHostWhereOneIsSilent(Step step) {
        desk.impatient(SHORT);
        try (ScriptedSmtpServer silent = good().on(step, Reaction.silence()).start();
                ScriptedSmtpServer next = good().start()) {
            DeliveryReport report =
                    desk.deliver(parcel().level(SecurityLevel.NEVER).by(silent, next));

            assertThat(Desk.outcome(report)).isInstanceOf(Delivered.class);
            assertThat(first(report).detail()).contains("did not come within 3 s", ":" + silent.port());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BANNER", "EHLO", "MAIL", "RCPT", "DATA"})
    void goesToTheNextHostWhereOneCloses(Step step) {
        try (ScriptedSmtpServer closing = good().on(step, Reaction.close()).start();
                ScriptedSmtpServer next = good().start()) {
            DeliveryReport report = desk.deliver(parcel().by(closing, next));

            assertThat(Desk.outcome(report)).isInstanceOf(Delivered.class);
            assertThat(first(report).result()).isEqualTo(Result.UNREACHABLE);
            assertThat(first(report).detail()).contains("closed the connection");
        }
    }

    @Test
    void goesToTheNextHostWhereOneClosesInTheContent() {
        byte[] large = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd\r\n"
                .repeat(100_000)
                .getBytes(StandardCharsets.US_ASCII);
        try (ScriptedSmtpServer closing =
                        good().on(Step.CONTENT, Reaction.closeAfter(1_000_000)).start();
                ScriptedSmtpServer next = good().start()) {
            DeliveryReport report = desk.deliver(
                    parcel().content(new BytesContent(large, 512 * 1024)).by(closing, next));

            assertThat(Desk.outcome(report)).isInstanceOf(Delivered.class);
            assertThat(next.messages().getFirst().octets()).isEqualTo(large.length);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n",
                "2x0 hello\r\n",
                "220-a\r\n250 b\r\n",
                "220hello\r\n",
                "220 a\r\n220 b\r\n",
                "999 hello\r\n"
            })
    void goesToTheNextHostWhereOneSpeaksNoSmtp(String greeting) {
        try (ScriptedSmtpServer odd =
                        good().on(Step.BANNER, Reaction.octets(greeting)).start();
                ScriptedSmtpServer next = good().start()) {
            DeliveryReport report = desk.deliver(parcel().by(odd, next));

            assertThat(Desk.outcome(report)).isInstanceOf(Delivered.class);
            assertThat(first(report).result()).isEqualTo(Result.UNREACHABLE);
        }
    }

    @Test
    void breaksOffAReplyThatNeverEnds() {
        String endless = "220-still greeting you\r\n".repeat(10_000);
        try (ScriptedSmtpServer odd =
                good().on(Step.BANNER, Reaction.octets(endless)).start()) {
            Deferred deferred = (Deferred) Desk.outcome(desk.deliver(parcel().by(odd)));

            assertThat(deferred.cause()).isInstanceOf(DeferralCause.ProtocolViolated.class);
            assertThat(deferred.detail()).contains("REPLY_TOO_LONG");
        }
    }

    @Test
    void takesLinesOfAnyLengthThatHostsReallySend() {
        try (ScriptedSmtpServer wordy = good().on(Step.BANNER, Reaction.answer("220 " + "x".repeat(1_500)))
                .start()) {
            assertThat(Desk.outcome(desk.deliver(parcel().by(wordy)))).isInstanceOf(Delivered.class);
        }
    }

    @Test
    void triesNoOtherHostWhereTheReplyToTheContentIsLost() {
        try (ScriptedSmtpServer lost =
                        good().on(Step.END_OF_DATA, Reaction.close()).start();
                ScriptedSmtpServer next = good().start()) {
            Deferred deferred = (Deferred) Desk.outcome(desk.deliver(parcel().by(lost, next)));

            assertThat(deferred.cause()).isInstanceOf(DeferralCause.ReplyLost.class);
            assertThat(next.sessions()).isEmpty();
        }
    }

    @Test
    void asksTheNextHostForRecipientsThatTheFirstDefers() {
        try (ScriptedSmtpServer busy = good().refuse("b@partner.example", "450 4.2.0 greylisted")
                        .refuse("c@partner.example", "550 5.1.1 unknown")
                        .start();
                ScriptedSmtpServer next = good().start()) {
            DeliveryReport report =
                    desk.deliver(parcel().to("a@partner.example", "b@partner.example", "c@partner.example")
                            .by(busy, next));

            assertThat(report.of(recipient("a@partner.example"))).isInstanceOf(Delivered.class);
            assertThat(report.of(recipient("b@partner.example")))
                    .isInstanceOfSatisfying(
                            Delivered.class,
                            delivered ->
                                    assertThat(delivered.hop().hop().port()).isEqualTo(next.port()));
            assertThat(report.of(recipient("c@partner.example"))).isInstanceOf(Failed.class);
            assertThat(busy.messages().getFirst().forwardPaths()).containsExactly("a@partner.example");
            assertThat(next.messages().getFirst().forwardPaths()).containsExactly("b@partner.example");
        }
    }

    @Test
    void defersWhereEveryHostDefers() {
        try (ScriptedSmtpServer one =
                        good().on(Step.RCPT, Reaction.answer("450 4.2.1 later")).start();
                ScriptedSmtpServer two = good().on(Step.BANNER, Reaction.answerAndClose("421 4.3.2 down"))
                        .start()) {
            Deferred deferred = (Deferred) Desk.outcome(desk.deliver(parcel().by(one, two)));

            assertThat(deferred.cause()).isInstanceOf(DeferralCause.Replied.class);
            assertThat(deferred.enhancedStatus()).isEqualTo("4.2.1");
            assertThat(deferred.reply())
                    .hasValueSatisfying(reply -> assertThat(reply.code()).isEqualTo(450));
        }
    }

    @Test
    void defersWhereOnlySomeHostsFailedForTls() {
        try (ScriptedSmtpServer plain =
                        good().startTls(StartTlsBehaviour.NOT_OFFERED).start();
                ScriptedSmtpServer busy =
                        good().on(Step.MAIL, Reaction.answer("451 4.3.0 later")).start()) {
            assertThat(Desk.outcome(
                            desk.deliver(parcel().level(SecurityLevel.MANDATORY).by(plain, busy))))
                    .isInstanceOfSatisfying(
                            Deferred.class,
                            deferred -> assertThat(deferred.cause()).isInstanceOf(DeferralCause.Replied.class));
        }
    }

    @Test
    void bouncesNothingBecauseOneHostGreetsWithARefusal() {
        try (ScriptedSmtpServer refusing = good().on(Step.BANNER, Reaction.answer("554 5.3.2 no mail here"))
                        .start();
                ScriptedSmtpServer next = good().start()) {
            assertThat(Desk.outcome(desk.deliver(parcel().by(refusing, next)))).isInstanceOf(Delivered.class);
            assertThat(Desk.outcome(desk.deliver(parcel().by(refusing)))).isInstanceOf(Failed.class);
        }
    }

    @Test
    void failsForEightBitContentOnlyAfterAllHostsLackIt() {
        try (ScriptedSmtpServer seven = good().keywords("PIPELINING").start();
                ScriptedSmtpServer eight = good().start()) {
            Failed failed = (Failed) Desk.outcome(
                    desk.deliver(parcel().body(BodyType.EIGHT_BIT_MIME).by(seven)));
            assertThat(failed.enhancedStatus()).isEqualTo("5.6.3");

            assertThat(Desk.outcome(
                            desk.deliver(parcel().body(BodyType.EIGHT_BIT_MIME).by(seven, eight))))
                    .isInstanceOf(Delivered.class);
            assertThat(eight.messages().getFirst().mail()).contains("BODY=8BITMIME");
        }
    }

    @Test
    void failsForSmtpUtf8OnlyAfterAllHostsLackIt() {
        try (ScriptedSmtpServer ascii = good().keywords("8BITMIME").start();
                ScriptedSmtpServer utf8 = good().start()) {
            Parcel parcel = parcel().from("送信者@customer.example").to("ü@partner.example");
            Failed failed = (Failed) Desk.outcome(desk.deliver(parcel.by(ascii)));
            assertThat(failed.enhancedStatus()).isEqualTo("5.6.7");

            assertThat(Desk.outcome(desk.deliver(parcel.by(ascii, utf8)))).isInstanceOf(Delivered.class);
            assertThat(utf8.messages().getFirst().reversePath()).isNotEmpty();
        }
    }

    @Test
    void failsOverFromOneAddressOfAHostToTheNext() {
        try (ScriptedSmtpServer peer = good().start()) {
            desk.smtpPort(peer.port());
            desk.dns()
                    .zone()
                    .mx("partner.example", 10, "mx.partner.example")
                    .address("mx.partner.example", "127.0.0.2")
                    .address("mx.partner.example", "127.0.0.1");

            DeliveryReport report = desk.deliver(parcel());

            assertThat(((Delivered) Desk.outcome(report)).hop().hop().address()).contains("127.0.0.1");
        }
    }

    @Test
    void neverConnectsToAnAddressThatIsNotAllowed() {
        try (Desk strict = new Desk().nothingAllowed();
                ScriptedSmtpServer peer = good().start()) {
            strict.smtpPort(peer.port());
            strict.dns()
                    .zone()
                    .mx("partner.example", 10, "mx.partner.example")
                    .address("mx.partner.example", "127.0.0.1");

            Deferred byDns = (Deferred) Desk.outcome(strict.deliver(parcel()));
            Deferred byConfiguration = (Deferred) Desk.outcome(strict.deliver(parcel().by(peer)));

            assertThat(byDns.cause()).isInstanceOf(DeferralCause.NoRoute.class);
            assertThat(byDns.detail()).contains("127.0.0.1", "sekisho.allowed-next-hop-networks");
            assertThat(byConfiguration.cause()).isInstanceOf(DeferralCause.NoRoute.class);
            assertThat(peer.sessions()).isEmpty();
        }
    }

    @Test
    void makesNoConnectionWithoutTheClaim() {
        try (ScriptedSmtpServer peer = good().start()) {
            Deferred deferred = (Deferred)
                    Desk.outcome(desk.deliver(parcel().claim(() -> false).by(peer)));

            assertThat(deferred.cause()).isInstanceOf(DeferralCause.ClaimLost.class);
            assertThat(peer.sessions()).isEmpty();
        }
    }

    @Test
    void sendsNoContentOnceTheClaimIsLost() {
        AtomicInteger asked = new AtomicInteger();
        try (ScriptedSmtpServer peer = good().start()) {
            Deferred deferred = (Deferred) Desk.outcome(desk.deliver(
                    parcel().claim(() -> asked.getAndIncrement() == 0).by(peer)));

            assertThat(deferred.cause()).isInstanceOf(DeferralCause.ClaimLost.class);
            peer.awaitEndedSessions(1, Duration.ofSeconds(60));
            assertThat(peer.messages()).isEmpty();
        }
    }

    @Test
    void endsAnAttemptThatTakesTooLong() {
        try (Desk bounded = new Desk().bounds(new Bounds(5, 4, SHORT, 100, 100));
                ScriptedSmtpServer silent =
                        good().on(Step.MAIL, Reaction.silence()).start();
                ScriptedSmtpServer next = good().start()) {
            DeliveryReport report =
                    bounded.deliver(parcel().level(SecurityLevel.NEVER).by(silent, next));

            assertThat(((Deferred) Desk.outcome(report)).cause()).isInstanceOf(DeferralCause.TimeExceeded.class);
            assertThat(report.hostsTried()).extracting(HostAttempt::result).containsExactly(Result.ABANDONED);
            assertThat(next.sessions()).isEmpty();
        }
    }

    @Test
    void tellsOfAReplyEvenWhereTheTimeIsUpLater() {
        try (Desk bounded = new Desk().bounds(new Bounds(5, 4, SHORT, 100, 100));
                ScriptedSmtpServer busy =
                        good().on(Step.MAIL, Reaction.answer("451 4.3.0 later")).start();
                ScriptedSmtpServer silent =
                        good().on(Step.MAIL, Reaction.silence()).start()) {
            Deferred deferred = (Deferred) Desk.outcome(
                    bounded.deliver(parcel().level(SecurityLevel.NEVER).by(busy, silent)));

            assertThat(deferred.cause()).isInstanceOf(DeferralCause.Replied.class);
        }
    }

    @Test
    void waitsForTheReplyToTheContentBeyondTheBoundOfTheAttempt() {
        try (Desk bounded = new Desk().bounds(new Bounds(5, 4, SHORT, 100, 100));
                ScriptedSmtpServer slow = good().on(
                                Step.END_OF_DATA,
                                Reaction.later(SHORT.multipliedBy(2), Reaction.answer("250 2.0.0 at last")))
                        .start()) {
            assertThat(Desk.outcome(
                            bounded.deliver(parcel().level(SecurityLevel.NEVER).by(slow))))
                    .isInstanceOf(Delivered.class);
        }
    }

    @Test
    void triesNoMoreHostsThanItMay() {
        try (Desk bounded = new Desk().bounds(new Bounds(1, 4, Duration.ofMinutes(1), 100, 100));
                ScriptedSmtpServer busy =
                        good().on(Step.MAIL, Reaction.answer("451 later")).start();
                ScriptedSmtpServer next = good().start()) {
            assertThat(Desk.outcome(bounded.deliver(parcel().by(busy, next)))).isInstanceOf(Deferred.class);
            assertThat(next.sessions()).isEmpty();
        }
    }

    @Test
    void reportsADomainWithoutMailWithoutTryingAnything() {
        desk.dns().zone().nullMx("partner.example");

        DeliveryReport report = desk.deliver(parcel().by(new Route.MailExchangers(Parcel.PARTNER)));

        assertThat(report.hostsTried()).isEmpty();
        RecipientOutcome outcome = Desk.outcome(report);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.enhancedStatus()).isEqualTo("5.1.10"));
    }

    private static PeerSettings good() {
        return ScriptedSmtpServer.settings();
    }

    private static HostAttempt first(DeliveryReport report) {
        return report.hostsTried().getFirst();
    }
}
