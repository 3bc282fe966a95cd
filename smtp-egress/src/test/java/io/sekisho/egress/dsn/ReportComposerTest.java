package io.sekisho.egress.dsn;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.egress.TestMail;
import io.sekisho.egress.delivery.TlsStep;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.envelope.BodyType;
import io.sekisho.mail.envelope.DsnParameters;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.envelope.MessageIds;
import io.sekisho.mail.envelope.Recipient;
import io.sekisho.mail.event.ReplyFacts;
import io.sekisho.mail.policy.Direction;
import jakarta.mail.BodyPart;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReportComposerTest {

    private static final Instant RECEIVED = Instant.parse("2026-11-24T07:00:00Z");
    private static final UUID ID = MessageIds.derived("report");
    private static final String HEADERS = "From: alice@customer.example\r\nSubject: hello\r\n";

    private final ReportComposer composer = new ReportComposer("gw.sekisho.example", ReportLanguage.EN);

    @Test
    void isAMultipartReportOfThreeParts() throws Exception {
        MimeMessage message = parse(report(Action.FAILED, tlsFailure(), headers(HEADERS)));
        assertThat(message.getFrom()[0].toString()).contains("mailer-daemon@gw.sekisho.example");
        assertThat(message.getAllRecipients()[0].toString()).isEqualTo("alice@customer.example");
        assertThat(message.getHeader("Auto-Submitted", null)).isEqualTo("auto-replied");
        assertThat(message.getMessageID()).isEqualTo("<" + ID + "@gw.sekisho.example>");
        assertThat(message.getHeader("In-Reply-To", null)).isEqualTo("<1@customer.example>");
        assertThat(message.getSentDate()).isEqualTo(RECEIVED.plusSeconds(5));
        assertThat(message.getContentType()).contains("multipart/report", "report-type=delivery-status");
        MimeMultipart parts = (MimeMultipart) message.getContent();
        assertThat(types(parts)).containsExactly("text/plain", "message/delivery-status", "text/rfc822-headers");
        assertThat(text(parts.getBodyPart(2)).stripTrailing()).isEqualTo(HEADERS.stripTrailing());
    }

    @Test
    void namesTheRuleAndTheStepOfTlsThatFailed() throws Exception {
        MimeMultipart parts = parts(report(Action.FAILED, tlsFailure(), headers(HEADERS)));
        List<InternetHeaders> status = status(parts);
        assertThat(status).hasSize(2);
        assertThat(status.get(0).getHeader("Reporting-MTA", null)).isEqualTo("dns; gw.sekisho.example");
        assertThat(status.get(0).getHeader("Arrival-Date", null)).isEqualTo("Tue, 24 Nov 2026 07:00:00 +0000");
        assertThat(status.get(0).getHeader("Original-Envelope-Id", null)).isEqualTo("QQ314159+x");
        InternetHeaders bob = status.get(1);
        assertThat(bob.getHeader("Original-Recipient", null)).isEqualTo("rfc822; Bob+x@partner.example");
        assertThat(bob.getHeader("Final-Recipient", null)).isEqualTo("rfc822; bob@partner.example");
        assertThat(bob.getHeader("Action", null)).isEqualTo("failed");
        assertThat(bob.getHeader("Status", null)).isEqualTo("5.7.10");
        assertThat(bob.getHeader("Remote-MTA", null)).isEqualTo("dns; mx.partner.example");
        assertThat(bob.getHeader("Diagnostic-Code", null)).startsWith("X-Sekisho; mx.partner.example does not offer");
        assertThat(bob.getHeader("X-Sekisho-Rule", null)).isEqualTo("rule-7");
        assertThat(bob.getHeader("X-Sekisho-TLS-Step", null)).isEqualTo("OFFER");
        assertThat(text(parts.getBodyPart(0)))
                .contains("<bob@partner.example>", "STARTTLS was not offered", "rule-7", "Status: 5.7.10");
    }

    @Test
    void repeatsWhatTheHostAnswered() throws Exception {
        ReportedRecipient about = refused(new ReplyFacts(550, Optional.of("5.1.1"), "no such user"));
        InternetHeaders bob =
                status(parts(report(Action.FAILED, about, headers(HEADERS)))).get(1);
        assertThat(bob.getHeader("Diagnostic-Code", null)).isEqualTo("smtp; 550 5.1.1 no such user");
        assertThat(bob.getHeader("X-Sekisho-Rule", null)).isNull();
    }

    @Test
    void returnsTheWholeMessageByteForByte() throws Exception {
        byte[] original =
                (HEADERS + "\r\nHello.\r\n.dot\r\n--almost a boundary\r\n").getBytes(StandardCharsets.US_ASCII);
        MimeMultipart parts = parts(report(Action.FAILED, tlsFailure(), new ReturnedContent.Whole(original)));
        assertThat(types(parts)).containsExactly("text/plain", "message/delivery-status", "message/rfc822");
        try (InputStream in = parts.getBodyPart(2).getInputStream()) {
            assertThat(in.readAllBytes()).isEqualTo(original);
        }
    }

    @Test
    void leavesTheThirdPartOutWhereTheContentIsLost() throws Exception {
        MimeMultipart parts = parts(report(Action.FAILED, tlsFailure(), new ReturnedContent.Nothing()));
        assertThat(types(parts)).containsExactly("text/plain", "message/delivery-status");
    }

    @Test
    void tellsADelayWithTheTimeUntilWhichItIsTried() throws Exception {
        ReportedRecipient about = new ReportedRecipient(
                recipient("bob@partner.example"),
                "4.4.7",
                Optional.empty(),
                Optional.empty(),
                ReportedRecipient.Reason.TOLD_BELOW,
                "no host could be reached",
                List.of(),
                Optional.empty(),
                RECEIVED,
                Optional.of(RECEIVED.plusSeconds(432_000)));
        MimeMultipart parts = parts(report(Action.DELAYED, about, headers(HEADERS)));
        InternetHeaders bob = status(parts).get(1);
        assertThat(bob.getHeader("Action", null)).isEqualTo("delayed");
        assertThat(bob.getHeader("Will-Retry-Until", null)).isEqualTo("Sun, 29 Nov 2026 07:00:00 +0000");
        assertThat(text(parts.getBodyPart(0))).contains("WARNING ONLY");
    }

    @Test
    void letsNothingThatAHostSaidBeginAFieldOrAPart() throws Exception {
        String evil =
                "no\r\n\r\n--=_report_" + ID + "\r\nContent-Type: text/html\r\n\r\n<b>\u0000\u001b[31mhi\r\nBcc: all";
        ReportedRecipient about = new ReportedRecipient(
                new Recipient(
                        "bob@partner.example",
                        DomainName.parse("partner.example"),
                        Direction.OUTBOUND,
                        List.of(),
                        Optional.empty(),
                        Optional.of("rfc822;x+0D+0AAction:+20delivered")),
                "5.0.0\r\nAction: delivered",
                Optional.of("mx\r\nStatus: 2.0.0"),
                Optional.of(new ReplyFacts(550, Optional.of("5.1.1"), evil)),
                ReportedRecipient.Reason.TOLD_BELOW,
                evil,
                List.of("rule\r\nAction: relayed"),
                Optional.of(TlsStep.OFFER),
                RECEIVED,
                Optional.empty());
        byte[] bytes = composer.compose(report(Action.FAILED, about, headers(HEADERS)));
        MimeMultipart parts = (MimeMultipart) parse(bytes).getContent();
        assertThat(types(parts)).containsExactly("text/plain", "message/delivery-status", "text/rfc822-headers");
        InternetHeaders bob = status(parts).get(1);
        assertThat(bob.getHeader("Action")).containsExactly("failed");
        assertThat(bob.getHeader("Status")).hasSize(1);
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("\u0000", "\u001b", "\nBcc");
    }

    @Test
    void isSevenBitInShortLinesWhateverTheHostSaid() {
        String long8bit = "größe ".repeat(500) + "x".repeat(3_000);
        byte[] bytes = composer.compose(report(
                Action.FAILED,
                refused(new ReplyFacts(550, Optional.empty(), long8bit)),
                headers("Subject: Grüße\r\n")));
        assertThat(SevenBit.holds(bytes)).isTrue();
    }

    @Test
    void encodesHeadersThatAreNotAscii() throws Exception {
        String original = "Subject: Grüße " + "ü".repeat(100) + " \r\nFrom: a@b.example\r\n";
        MimeMultipart parts = parts(report(Action.FAILED, tlsFailure(), headers(original)));
        assertThat(parts.getBodyPart(2).getContentType()).contains("utf-8");
        assertThat(text(parts.getBodyPart(2)).stripTrailing()).isEqualTo(original.stripTrailing());
    }

    @Test
    void writesAnAddressThatIsNotAsciiInTheFormOfRfc6533() throws Exception {
        ReportedRecipient about = new ReportedRecipient(
                recipient("dörte@partner.example"),
                "5.1.1",
                Optional.empty(),
                Optional.empty(),
                ReportedRecipient.Reason.TOLD_BELOW,
                "no such user",
                List.of(),
                Optional.empty(),
                RECEIVED,
                Optional.empty());
        InternetHeaders status =
                status(parts(report(Action.FAILED, about, headers(HEADERS)))).get(1);
        assertThat(status.getHeader("Final-Recipient", null)).isEqualTo("utf-8; d\\x{F6}rte@partner.example");
    }

    @Test
    void goesBackFromTheNullSenderAndBelongsToTheDomainsOfItsMessage() {
        Report report = report(Action.FAILED, tlsFailure(), headers(HEADERS));
        List<DomainName> domains = List.of(DomainName.parse("customer.example"));
        Envelope home = ReportEnvelope.of(report, composer, 900, domains, domain -> true)
                .orElseThrow();
        assertThat(home.hasNullSender()).isTrue();
        assertThat(home.id()).isEqualTo(ID);
        assertThat(home.size()).isEqualTo(900);
        assertThat(home.body()).isEqualTo(BodyType.SEVEN_BIT);
        assertThat(home.reportedDomains()).isEqualTo(domains);
        Recipient sender = home.recipients().get(0);
        assertThat(sender.forwardPath()).isEqualTo("alice@customer.example");
        assertThat(sender.direction()).isEqualTo(Direction.INBOUND);
        assertThat(sender.notifyOn()).contains("NEVER");
        Envelope away = ReportEnvelope.of(report, composer, 900, domains, domain -> false)
                .orElseThrow();
        assertThat(away.recipients().get(0).direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(away.recipients().get(0).authorisedFor()).isEqualTo(domains);
    }

    @Test
    void needsSmtpUtf8OnlyWhereTheSendersOwnAddressDoes() {
        Report report = new Report(
                ID,
                Action.FAILED,
                TestMail.mail()
                        .from("älice@customer.example")
                        .to(recipient("bob@partner.example"))
                        .envelope(),
                List.of(tlsFailure()),
                headers(HEADERS),
                RECEIVED);
        Envelope home = ReportEnvelope.of(report, composer, 1, List.of(), domain -> true)
                .orElseThrow();
        assertThat(home.smtpUtf8()).isTrue();
        assertThat(home.body()).isEqualTo(BodyType.EIGHT_BIT_MIME);
        assertThat(new String(composer.compose(report), StandardCharsets.UTF_8))
                .contains("To: <älice@customer.example>");
    }

    @Test
    void hasNoWayToAnAddressLiteral() {
        Report report = new Report(
                ID,
                Action.FAILED,
                TestMail.mail()
                        .from("alice@[192.0.2.1]")
                        .to(recipient("b@partner.example"))
                        .envelope(),
                List.of(tlsFailure()),
                headers(HEADERS),
                RECEIVED);
        assertThat(ReportEnvelope.of(report, composer, 1, List.of(), domain -> true))
                .isEmpty();
    }

    @Test
    void tellsWhatTheRecipientsAdministratorMustDo() throws Exception {
        assertThat(text(parts(report(Action.FAILED, tlsFailure(), headers(HEADERS)))
                        .getBodyPart(0)))
                .containsPattern("administrator of mx.partner.example\\s+must do")
                .containsPattern("switch STARTTLS\\s+on");
    }

    @ParameterizedTest
    @EnumSource(TlsStep.class)
    void hasAdviceForEachStepOfTlsInEachLanguage(TlsStep step) {
        for (Phrases phrases : ReportLanguage.BOTH.phrases()) {
            assertThat(phrases.advice(step, "mx.partner.example"))
                    .contains("mx.partner.example")
                    .hasSizeGreaterThan(40);
            assertThat(phrases.tlsStep(step)).contains("TLS");
        }
    }

    @Test
    void speaksJapaneseToPeopleAndTheSameToMachines() throws Exception {
        Report report = report(Action.FAILED, tlsFailure(), headers(HEADERS));
        byte[] bytes = new ReportComposer("gw.sekisho.example", ReportLanguage.JA).compose(report);
        assertThat(SevenBit.holds(bytes)).isTrue();
        MimeMessage message = parse(bytes);
        assertThat(message.getSubject()).isEqualTo("配信不能通知: メールを配信できませんでした");
        MimeMultipart parts = (MimeMultipart) message.getContent();
        assertThat(parts.getBodyPart(0).getContentType()).containsIgnoringCase("charset=utf-8");
        assertThat(text(parts.getBodyPart(0)))
                .contains("STARTTLSが提供されていない", "rule-7", "mx.partner.example の管理者", "ステータス: 5.7.10")
                .doesNotContain("Your message");
        assertThat(text(parts.getBodyPart(1))).isEqualTo(text(parts(report).getBodyPart(1)));
    }

    @Test
    void speaksBothLanguagesOneBelowTheOther() throws Exception {
        MimeMessage message = parse(new ReportComposer("gw.sekisho.example", ReportLanguage.BOTH)
                .compose(report(Action.DELAYED, tlsFailure(), headers(HEADERS))));
        assertThat(message.getSubject()).contains("Delayed mail", "配信遅延通知");
        String text = text(((MimeMultipart) message.getContent()).getBodyPart(0));
        assertThat(text.indexOf("WARNING ONLY")).isPositive().isLessThan(text.indexOf("これは警告です"));
        assertThat(text.lines())
                .allSatisfy(line -> assertThat(
                                line.codePoints().map(c -> c > 0x2e80 ? 2 : 1).sum())
                        .isLessThanOrEqualTo(78));
    }

    @Test
    void tellsThatAMessageWasPassedOn() throws Exception {
        ReportedRecipient about = new ReportedRecipient(
                recipient("bob@partner.example"),
                "2.0.0",
                Optional.of("mx.partner.example"),
                Optional.of(new ReplyFacts(250, Optional.of("2.0.0"), "queued")),
                ReportedRecipient.Reason.TOLD_BELOW,
                "",
                List.of(),
                Optional.empty(),
                RECEIVED,
                Optional.empty());
        MimeMultipart parts = parts(report(Action.RELAYED, about, headers(HEADERS)));
        InternetHeaders bob = status(parts).get(1);
        assertThat(bob.getHeader("Action", null)).isEqualTo("relayed");
        assertThat(bob.getHeader("Status", null)).isEqualTo("2.0.0");
        assertThat(bob.getHeader("Diagnostic-Code", null)).isEqualTo("smtp; 250 2.0.0 queued");
        assertThat(bob.getHeader("Final-Log-ID", null)).hasSize(36);
        assertThat(text(parts.getBodyPart(0))).contains("passed on", "last confirmation");
    }

    @Test
    void namesTheReasonBeforeTheLastAttemptOfWhatExpired() throws Exception {
        ReportedRecipient about = new ReportedRecipient(
                recipient("bob@partner.example"),
                "5.4.1",
                Optional.empty(),
                Optional.empty(),
                ReportedRecipient.Reason.EXPIRED,
                "cannot connect",
                List.of(),
                Optional.empty(),
                RECEIVED,
                Optional.empty());
        MimeMultipart parts = parts(report(Action.FAILED, about, headers(HEADERS)));
        assertThat(status(parts).get(1).getHeader("Diagnostic-Code", null))
                .isEqualTo("X-Sekisho; It could not be delivered within its time; the last attempt: cannot connect");
    }

    @Test
    void hasTheFormsOfRfc6533WhereTheSendersAddressNeedsSmtpUtf8() throws Exception {
        Report report = new Report(
                ID,
                Action.FAILED,
                TestMail.mail()
                        .from("älice@customer.example")
                        .smtpUtf8()
                        .to(recipient("dörte@partner.example"))
                        .envelope(),
                List.of(new ReportedRecipient(
                        recipient("dörte@partner.example"),
                        "5.1.1",
                        Optional.empty(),
                        Optional.empty(),
                        ReportedRecipient.Reason.TOLD_BELOW,
                        "no such user",
                        List.of(),
                        Optional.empty(),
                        RECEIVED,
                        Optional.empty())),
                headers("Subject: Grüße\r\n"),
                RECEIVED);
        MimeMessage message = parse(report);
        assertThat(message.getContentType()).contains("report-type=global-delivery-status");
        MimeMultipart parts = (MimeMultipart) message.getContent();
        assertThat(types(parts))
                .containsExactly("text/plain", "message/global-delivery-status", "message/global-headers");
        assertThat(text(parts.getBodyPart(1))).contains("Final-Recipient: utf-8; dörte@partner.example\r\n");
        assertThat(text(parts.getBodyPart(0))).contains("<dörte@partner.example>");
        assertThat(text(parts.getBodyPart(2))).contains("Grüße");
    }

    @Test
    void letsNoAddressSteerTheReadersScreen() {
        // U+202E turns the direction of writing round.
        assertThat(SafeText.readableAddress("d\u00f6rte\u202egpj@partner.example"))
                .isEqualTo("d\u00f6rte\\x{202E}gpj@partner.example");
    }

    private static Report report(Action action, ReportedRecipient about, ReturnedContent returned) {
        Envelope original = TestMail.mail()
                .receivedAt(RECEIVED)
                .dsn(new DsnParameters(Optional.empty(), Optional.of("QQ314159+2Bx")))
                .to(about.recipient())
                .envelope();
        return new Report(ID, action, original, List.of(about), returned, RECEIVED.plusSeconds(5));
    }

    private static ReportedRecipient tlsFailure() {
        return new ReportedRecipient(
                new Recipient(
                        "bob@partner.example",
                        DomainName.parse("partner.example"),
                        Direction.OUTBOUND,
                        List.of(DomainName.parse("customer.example")),
                        Optional.empty(),
                        Optional.of("rfc822;Bob+2Bx@partner.example")),
                "5.7.10",
                Optional.of("mx.partner.example"),
                Optional.empty(),
                ReportedRecipient.Reason.TOLD_BELOW,
                "mx.partner.example does not offer STARTTLS",
                List.of("rule-7"),
                Optional.of(TlsStep.OFFER),
                RECEIVED.plusSeconds(4),
                Optional.empty());
    }

    private static ReportedRecipient refused(ReplyFacts reply) {
        return new ReportedRecipient(
                recipient("bob@partner.example"),
                "5.1.1",
                Optional.of("mx.partner.example"),
                Optional.of(reply),
                ReportedRecipient.Reason.TOLD_BELOW,
                "the host refused the recipient",
                List.of(),
                Optional.empty(),
                RECEIVED,
                Optional.empty());
    }

    private static Recipient recipient(String address) {
        return TestMail.outbound(address);
    }

    private static ReturnedContent headers(String text) {
        return new ReturnedContent.Headers(text.getBytes(StandardCharsets.UTF_8));
    }

    private MimeMessage parse(Report report) throws Exception {
        return parse(composer.compose(report));
    }

    private static MimeMessage parse(byte[] bytes) throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes));
    }

    private MimeMultipart parts(Report report) throws Exception {
        return (MimeMultipart) parse(report).getContent();
    }

    private static List<String> types(MimeMultipart parts) throws Exception {
        List<String> types = new ArrayList<>();
        for (int i = 0; i < parts.getCount(); i++) {
            String type = parts.getBodyPart(i).getContentType();
            types.add(type.split(";", 2)[0]);
        }
        return types;
    }

    private static String text(BodyPart part) throws Exception {
        try (InputStream in = part.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The blocks of fields of the delivery-status part (RFC 3464 §2.1). */
    private static List<InternetHeaders> status(MimeMultipart parts) throws Exception {
        List<InternetHeaders> blocks = new ArrayList<>();
        for (String block : text(parts.getBodyPart(1)).strip().split("\r\n\r\n", -1)) {
            blocks.add(new InternetHeaders(
                    new ByteArrayInputStream((block + "\r\n\r\n").getBytes(StandardCharsets.UTF_8)), true));
        }
        for (InternetHeaders block : blocks) {
            // Unfolded, as a reader sees it.
            for (String name : List.of("Diagnostic-Code", "X-Sekisho-Rule")) {
                String value = block.getHeader(name, null);
                if (value != null) {
                    block.setHeader(name, value.replaceAll("\r\n\\s+", " "));
                }
            }
        }
        return blocks;
    }
}
