package io.sekisho.egress.dialogue;

import static io.sekisho.egress.dialogue.Parcel.parcel;
import static io.sekisho.egress.dialogue.Parcel.recipient;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.egress.delivery.DeferralCause;
import io.sekisho.egress.delivery.HostAttempt;
import io.sekisho.egress.delivery.RecipientOutcome;
import io.sekisho.egress.delivery.RecipientOutcome.Deferred;
import io.sekisho.egress.delivery.RecipientOutcome.Delivered;
import io.sekisho.egress.delivery.RecipientOutcome.Failed;
import io.sekisho.egress.delivery.RecipientOutcome.TlsUnavailable;
import io.sekisho.egress.delivery.ReportDuty;
import io.sekisho.egress.delivery.TlsStep;
import io.sekisho.mail.envelope.BodyType;
import io.sekisho.mail.envelope.Recipient;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DialogueTest {

    private static final String GREETING = "220 mx.partner.example ESMTP";
    private static final String[] PLAIN_EHLO = {"250-mx.partner.example", "250 SIZE 1000000"};
    private static final String[] PIPELINED_EHLO = {"250-mx.partner.example", "250 PIPELINING"};
    private static final String[] TLS_EHLO = {"250-mx.partner.example", "250-PIPELINING", "250 STARTTLS"};

    @Test
    void sendsOneCommandAtATimeWherePipeliningIsNotOffered() {
        Play play = Play.of(parcel().to("a@partner.example", "b@partner.example"))
                .host(GREETING)
                .host(PLAIN_EHLO);
        assertThat(play.sent()).endsWith("MAIL FROM:<sender@customer.example> SIZE=24\r\n");

        play.host("250 ok").host("250 ok").host("250 ok");

        assertThat(play.sent())
                .isEqualTo(Play.lines(
                        "EHLO gateway.example",
                        "MAIL FROM:<sender@customer.example> SIZE=24",
                        "RCPT TO:<a@partner.example>",
                        "RCPT TO:<b@partner.example>",
                        "DATA"));
        assertThat(play.state()).isInstanceOf(AwaitingData.class);
    }

    @Test
    void sendsTheEnvelopeInOneGroupWherePipeliningIsOffered() {
        Play play = Play.of(parcel().to("a@partner.example", "b@partner.example"))
                .host(GREETING)
                .host(PIPELINED_EHLO);

        assertThat(play.effects().getLast())
                .isEqualTo(new Effect.Send(Play.lines(
                        "MAIL FROM:<sender@customer.example>",
                        "RCPT TO:<a@partner.example>",
                        "RCPT TO:<b@partner.example>",
                        "DATA")));
    }

    @Test
    void deliversAndTakesLeave() {
        Play play = inContent(parcel()).tell(new Input.ContentSent()).host("250 2.0.0 queued as 1");

        assertThat(play.result().settled().values())
                .singleElement()
                .isInstanceOfSatisfying(
                        Delivered.class,
                        delivered -> assertThat(delivered.reply().text()).isEqualTo("queued as 1"));
        assertThat(play.result().host().result()).isEqualTo(HostAttempt.Result.TOOK_MESSAGE);
        play.tell(new Input.Farewell());
        assertThat(play.sent()).endsWith("QUIT\r\n");
        assertThat(play.host("221 bye").effects().getLast()).isEqualTo(new Effect.Close());
    }

    @Test
    void givesEachRecipientItsOwnOutcome() {
        Play play = Play.of(parcel().to("good@partner.example", "busy@partner.example", "bad@partner.example"))
                .host(GREETING)
                .host(PIPELINED_EHLO)
                .host("250 ok", "250 ok", "451 4.2.1 later", "550 5.1.1 no such user", "354 go");

        play.tell(new Input.ContentSent()).host("250 ok");

        SessionResult result = play.result();
        assertThat(result.settled())
                .containsOnlyKeys(recipient("good@partner.example"), recipient("bad@partner.example"));
        assertThat(result.settled().get(recipient("good@partner.example"))).isInstanceOf(Delivered.class);
        assertThat(result.settled().get(recipient("bad@partner.example")))
                .isInstanceOfSatisfying(Failed.class, failed -> {
                    assertThat(failed.enhancedStatus()).isEqualTo("5.1.1");
                    assertThat(failed.detail()).contains("RCPT TO", "no such user");
                });
        assertThat(result.setbacks().get(recipient("busy@partner.example")))
                .isInstanceOfSatisfying(
                        Deferred.class,
                        deferred -> assertThat(deferred.enhancedStatus()).isEqualTo("4.2.1"));
    }

    @Test
    void countsTheReplyToTheContentForTheAcceptedRecipientsOnly() {
        Play play = Play.of(parcel().to("good@partner.example", "busy@partner.example"))
                .host(GREETING)
                .host(PIPELINED_EHLO)
                .host("250 ok", "250 ok", "450 4.2.0 greylisted", "354 go")
                .tell(new Input.ContentSent())
                .host("554 5.6.0 content refused");

        assertThat(play.result().settled().get(recipient("good@partner.example")))
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.enhancedStatus()).isEqualTo("5.6.0"));
        assertThat(play.result().setbacks().get(recipient("busy@partner.example")))
                .isInstanceOfSatisfying(
                        Deferred.class,
                        deferred -> assertThat(deferred.enhancedStatus()).isEqualTo("4.2.0"));
    }

    @Test
    void takes552ToRcptForTooManyRecipients() {
        Play play =
                Play.of(parcel()).host(GREETING).host(PLAIN_EHLO).host("250 ok").host("552 too many recipients");

        assertThat(play.result().setbacks().values()).singleElement().isInstanceOf(Deferred.class);
    }

    @Test
    void takes552WithMailboxFullForPermanent() {
        Play play =
                Play.of(parcel()).host(GREETING).host(PLAIN_EHLO).host("250 ok").host("552 5.2.2 mailbox full");

        assertThat(play.result().settled().values()).singleElement().isInstanceOf(Failed.class);
    }

    @Test
    void givesNoContentToAHostThatTakesDataWithoutRecipients() {
        Play play = Play.of(parcel())
                .host(GREETING)
                .host(PIPELINED_EHLO)
                .host("250 ok", "550 5.1.1 no", "354 go on all the same");
        assertThat(play.sent()).endsWith("DATA\r\n.\r\n");

        play.host("554 no valid recipients");

        assertThat(play.has(Effect.SendContent.class)).isFalse();
        assertThat(play.result().settled().values()).singleElement().isInstanceOf(Failed.class);
    }

    @Test
    void failsAllRecipientsWhoseSenderIsRefused() {
        Play play = Play.of(parcel().to("a@partner.example", "b@partner.example"))
                .host(GREETING)
                .host(PIPELINED_EHLO)
                .host("550 5.7.1 not from you", "503 5.5.1 MAIL first", "503 5.5.1 MAIL first", "503 5.5.1 MAIL first");

        assertThat(play.result().settled().values())
                .hasSize(2)
                .allSatisfy(outcome ->
                        assertThat(((Failed) outcome).enhancedStatus()).isEqualTo("5.7.1"));
    }

    @Test
    void greetsWithHeloWhereEhloIsUnknown() {
        Play play = Play.of(parcel()).host(GREETING).host("502 5.5.1 what").host("250 mx.partner.example");

        assertThat(play.sent())
                .isEqualTo("EHLO gateway.example\r\nHELO gateway.example\r\nMAIL FROM:<sender@customer.example>\r\n");
    }

    @Test
    void doesNotGreetWithHeloWhereTlsIsRequired() {
        Play play =
                Play.of(parcel().level(SecurityLevel.MANDATORY)).host(GREETING).host("502 5.5.1 what");

        assertThat(play.sent()).doesNotContain("HELO ");
        assertThat(tls(play).step()).isEqualTo(TlsStep.OFFER);
    }

    @Test
    void skipsAHostWhoseGreetingIsARefusal() {
        Play play = Play.of(parcel()).host("554 5.7.1 not for you");

        assertThat(play.result().setbacks().values()).singleElement().isInstanceOf(Failed.class);
        assertThat(play.result().settled()).isEmpty();
    }

    @Test
    void startsTlsAndGreetsAgain() {
        Play play = Play.of(parcel())
                .host(GREETING)
                .host(TLS_EHLO)
                .host("220 go")
                .secured(TlsVersion.TLSV1_3)
                .host("250-mx.partner.example", "250 SIZE 1000");

        assertThat(play.effects()).contains(new Effect.StartTls(TlsVersion.TLSV1_2, Optional.of("mx.partner.example")));
        assertThat(play.sent())
                .isEqualTo(Play.lines(
                        "EHLO gateway.example",
                        "STARTTLS",
                        "EHLO gateway.example",
                        "MAIL FROM:<sender@customer.example> SIZE=24"));
    }

    @Test
    void forgetsWhatWasOfferedBeforeTls() {
        Play play = Play.of(parcel())
                .host(GREETING)
                .host(TLS_EHLO)
                .host("220 go")
                .secured(TlsVersion.TLSV1_3)
                .host("250 mx.partner.example");

        assertThat(play.sent()).endsWith("MAIL FROM:<sender@customer.example>\r\n");
    }

    @Test
    void neverStartsTlsAtLevelNever() {
        Play play = Play.of(parcel().level(SecurityLevel.NEVER)).host(GREETING).host(TLS_EHLO);

        assertThat(play.sent()).doesNotContain("STARTTLS").contains("MAIL FROM");
    }

    @Test
    void offersFromTheStatedMinimumWhereTlsIsOpportunistic() {
        Play play = Play.of(parcel().level(SecurityLevel.OPPORTUNISTIC, TlsVersion.TLSV1_3))
                .host(GREETING)
                .host(TLS_EHLO)
                .host("220 go");

        assertThat(play.effects()).contains(new Effect.StartTls(TlsVersion.TLSV1_3, Optional.of("mx.partner.example")));
    }

    @Test
    void offersALegacyVersionToThePeerThatIsSetSo() {
        Play play = Play.of(parcel().level(SecurityLevel.MANDATORY, TlsVersion.TLSV1))
                .host(GREETING)
                .host(TLS_EHLO)
                .host("220 go");

        assertThat(play.effects()).contains(new Effect.StartTls(TlsVersion.TLSV1, Optional.of("mx.partner.example")));
    }

    @Test
    void takesBytesBehindTheReplyToStartTlsForAnAttack() {
        Play play = Play.of(parcel().level(SecurityLevel.MANDATORY))
                .host(GREETING)
                .host(TLS_EHLO)
                .host("220 go", "250 injected");

        assertThat(play.has(Effect.StartTls.class)).isFalse();
        assertThat(tls(play).detail()).contains("injected");
        assertThat(tls(play).step()).isEqualTo(TlsStep.HANDSHAKE);
        assertThat(play.effects()).endsWith(new Effect.Close());
    }

    @Test
    void breaksOffWhenTheHostSaysMoreThanItWasAsked() {
        Play play = Play.of(parcel()).host(GREETING, "250 and one reply too many");

        assertThat(deferred(play).cause()).isInstanceOf(DeferralCause.ProtocolViolated.class);
        assertThat(play.sent()).isEmpty();
    }

    @Test
    void goesOnInPlainTextWhereOpportunisticStartTlsIsRefused() {
        Play play = Play.of(parcel()).host(GREETING).host(TLS_EHLO).host("454 4.7.0 not now");

        assertThat(play.sent()).contains("MAIL FROM");
    }

    @Test
    void skipsAHostThatRefusesStartTlsWhereItIsRequired() {
        for (String refusal : List.of("454 4.7.0 not now", "502 5.5.1 not at all", "501 5.5.4 syntax")) {
            Play play = Play.of(parcel().level(SecurityLevel.MANDATORY))
                    .host(GREETING)
                    .host(TLS_EHLO)
                    .host(refusal);

            assertThat(tls(play).reason()).isEqualTo(BlockReason.TLS_NOT_AVAILABLE);
            assertThat(tls(play).enhancedStatus()).isEqualTo("4.7.4");
            assertThat(tls(play).step()).isEqualTo(TlsStep.STARTTLS);
            assertThat(play.sent()).doesNotContain("MAIL FROM");
        }
    }

    @Test
    void fallsBackToPlainTextAfterABrokenOpportunisticHandshake() {
        Play play = Play.of(parcel())
                .host(GREETING)
                .host(TLS_EHLO)
                .host("220 go")
                .tell(new Input.HandshakeFailed(Input.HandshakeFailed.Reason.OTHER, "alert 40"));

        assertThat(play.result().continuation()).isEqualTo(SessionResult.Continuation.PLAIN_TEXT);
        assertThat(play.result().host().detail()).contains("alert 40", "new connection");
        assertThat(play.sent()).doesNotContain("MAIL FROM");
    }

    @Test
    void takesACloseRightAfterTheHandshakeForPartOfIt() {
        Play play = Play.of(parcel().level(SecurityLevel.MANDATORY))
                .host(GREETING)
                .host(TLS_EHLO)
                .host("220 go")
                .secured(TlsVersion.TLSV1_3)
                .tell(new Input.Interruption.Lost("alert"));

        assertThat(tls(play).step()).isEqualTo(TlsStep.HANDSHAKE);
        assertThat(tls(play).hop().policy())
                .hasValueSatisfying(policy -> assertThat(policy.effective()).isEqualTo("NONE"));
    }

    @Test
    void judgesTheVersionBeforeMail() {
        Play play = Play.of(parcel().level(SecurityLevel.MANDATORY, TlsVersion.TLSV1_3))
                .host(GREETING)
                .host(TLS_EHLO)
                .host("220 go")
                .secured(TlsVersion.TLSV1_2)
                .host("250 mx.partner.example");

        assertThat(tls(play).reason()).isEqualTo(BlockReason.TLS_VERSION_TOO_LOW);
        assertThat(tls(play).enhancedStatus()).isEqualTo("4.7.5");
        assertThat(tls(play).detail()).contains("TLSv1.2", "TLSv1.3");
        assertThat(play.sent()).doesNotContain("MAIL FROM");
    }

    @Test
    void takesAHandshakeWithoutCommonVersionForATooLowOne() {
        Play play = Play.of(parcel().level(SecurityLevel.MANDATORY))
                .host(GREETING)
                .host(TLS_EHLO)
                .host("220 go")
                .tell(new Input.HandshakeFailed(Input.HandshakeFailed.Reason.VERSION, "alert protocol version"));

        assertThat(tls(play).reason()).isEqualTo(BlockReason.TLS_VERSION_TOO_LOW);
        assertThat(tls(play).step()).isEqualTo(TlsStep.VERSION);
        assertThat(tls(play).detail()).contains("TLSv1.2", "alert protocol version");
    }

    @Test
    void judgesTheCertificateBeforeMail() {
        Play play = Play.of(parcel().verified("mail.pinned.example"))
                .host(GREETING)
                .host(TLS_EHLO)
                .host("220 go")
                .secured(TlsVersion.TLSV1_3, names -> Optional.of("names " + names.anyOf() + " are not there"))
                .host("250 mx.partner.example");

        assertThat(tls(play).reason()).isEqualTo(BlockReason.CERTIFICATE_INVALID);
        assertThat(tls(play).detail()).contains("mail.pinned.example");
        assertThat(play.sent()).doesNotContain("MAIL FROM");
    }

    @Test
    void skipsAHostWithoutStartTlsWhereItIsRequired() {
        Play play =
                Play.of(parcel().level(SecurityLevel.MANDATORY)).host(GREETING).host(PLAIN_EHLO);

        assertThat(tls(play).reason()).isEqualTo(BlockReason.TLS_NOT_AVAILABLE);
        assertThat(tls(play).enhancedStatus()).isEqualTo("4.7.4");
        assertThat(tls(play).step()).isEqualTo(TlsStep.OFFER);
        assertThat(play.sent()).isEqualTo("EHLO gateway.example\r\nQUIT\r\n");
    }

    @Test
    void namesWhatTheMessageNeedsAndTheHostOffers() {
        Recipient asking = new Recipient(
                "a@partner.example",
                Parcel.PARTNER,
                Direction.OUTBOUND,
                List.of(),
                Optional.of("FAILURE,DELAY"),
                Optional.of("rfc822;a@partner.example"));
        Play play = Play.of(parcel().to(asking)
                        .body(BodyType.EIGHT_BIT_MIME)
                        .withSmtpUtf8()
                        .dsn("HDRS", "QQ314159"))
                .host(GREETING)
                .host("250-mx", "250-8BITMIME", "250-SMTPUTF8", "250-DSN", "250-PIPELINING", "250 SIZE");

        assertThat(play.sent())
                .contains(Play.lines(
                        "MAIL FROM:<sender@customer.example> SIZE=24 BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=QQ314159",
                        "RCPT TO:<a@partner.example> NOTIFY=FAILURE,DELAY ORCPT=rfc822;a@partner.example"));
    }

    @Test
    void keepsDsnParametersFromAHostThatDoesNotKnowThem() {
        Play play = Play.of(parcel().dsn("FULL", "x")).host(GREETING).host(PLAIN_EHLO);

        assertThat(play.sent()).contains("MAIL FROM:<sender@customer.example> SIZE=24\r\n");
    }

    @Test
    void leavesReportsOfSuccessToAHostThatOffersDsn() {
        assertThat(duty("250-mx", "250 DSN")).isEqualTo(ReportDuty.PASSED_ON);
        assertThat(duty("250 mx")).isEqualTo(ReportDuty.OURS);
    }

    private static ReportDuty duty(String... ehlo) {
        Play play = Play.of(parcel())
                .host(GREETING)
                .host(ehlo)
                .host("250 ok")
                .host("250 ok")
                .host("354 go")
                .tell(new Input.ContentSent())
                .host("250 ok");
        return ((Delivered) play.result().settled().values().iterator().next()).duty();
    }

    @Test
    void passesOverAHostThatLacksWhatTheMessageNeeds() {
        assertIncapable(parcel().body(BodyType.EIGHT_BIT_MIME), "5.6.3", "250 mx");
        assertIncapable(parcel().body(BodyType.BINARY_MIME), "5.6.3", "250-mx", "250-8BITMIME", "250 CHUNKING");
        assertIncapable(parcel().withSmtpUtf8(), "5.6.7", "250-mx", "250 8BITMIME");
        assertIncapable(parcel().to("ä@partner.example"), "5.6.7", "250 mx");
        assertIncapable(parcel(), "5.3.4", "250-mx", "250 SIZE 23");
    }

    @Test
    void saysThatALostReplyToTheContentMayDouble() {
        for (Input.Interruption end :
                List.of(new Input.Interruption.Lost(""), new Input.Interruption.TimedOut(Duration.ofMinutes(10)))) {
            Play play = inContent(parcel()).tell(new Input.ContentSent()).tell(end);

            assertThat(play.result().settled().values())
                    .singleElement()
                    .isInstanceOfSatisfying(Deferred.class, outcome -> {
                        assertThat(outcome.cause()).isInstanceOf(DeferralCause.ReplyLost.class);
                        assertThat(outcome.detail()).contains("twice");
                    });
        }
    }

    @Test
    void isNotGivenUpOnceTheFinalDotIsSent() {
        Play play = inContent(parcel())
                .tell(new Input.ContentSent())
                .tell(new Input.Interruption.Abandoned(new DeferralCause.TimeExceeded(), "late"))
                .host("250 ok");

        assertThat(play.result().settled().values()).singleElement().isInstanceOf(Delivered.class);
    }

    @Test
    void takesARefusalInTheMiddleOfTheContentAsTheHostsWord() {
        Play play = inContent(parcel()).host("552 5.3.4 too big");

        assertThat(play.result().settled().values()).singleElement().isInstanceOf(Failed.class);
        assertThat(play.effects()).endsWith(new Effect.Close());
        assertThat(play.sent()).doesNotContain("QUIT");
    }

    @Test
    void takesAcceptanceInTheMiddleOfTheContentForNonsense() {
        Play play = inContent(parcel()).host("250 ok");

        assertThat(deferred(play).cause()).isInstanceOf(DeferralCause.ProtocolViolated.class);
    }

    @Test
    void takesAReplyOfTheWrongKindForNonsense() {
        assertThat(deferred(Play.of(parcel()).host("354 what")).cause())
                .isInstanceOf(DeferralCause.ProtocolViolated.class);
        assertThat(deferred(Play.of(parcel()).host(GREETING).host("354 what")).cause())
                .isInstanceOf(DeferralCause.ProtocolViolated.class);
        assertThat(deferred(Play.of(parcel())
                                .host(GREETING)
                                .host(PIPELINED_EHLO)
                                .host("250 ok", "250 ok", "250 not 354"))
                        .cause())
                .isInstanceOf(DeferralCause.ProtocolViolated.class);
        assertThat(deferred(Play.of(parcel()).host("HTTP/1.1 400 Bad Request")).detail())
                .contains("HTTP/1.1 400 Bad Request", "mx.partner.example[192.0.2.1]:25");
    }

    private static Play inContent(Parcel parcel) {
        return Play.of(parcel).host(GREETING).host(PIPELINED_EHLO).host("250 ok", "250 ok", "354 go");
    }

    private static void assertIncapable(Parcel parcel, String status, String... ehlo) {
        Play play = Play.of(parcel).host(GREETING).host(ehlo);
        assertThat(play.result().settled()).isEmpty();
        assertThat(play.result().setbacks().values())
                .singleElement()
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.enhancedStatus()).isEqualTo(status));
        assertThat(play.sent()).isEqualTo("EHLO gateway.example\r\n");
        assertThat(play.effects()).contains(new Effect.Rest());
    }

    private static TlsUnavailable tls(Play play) {
        return (TlsUnavailable) only(play);
    }

    private static Deferred deferred(Play play) {
        return (Deferred) only(play);
    }

    private static RecipientOutcome only(Play play) {
        return play.result().setbacks().values().iterator().next();
    }
}
