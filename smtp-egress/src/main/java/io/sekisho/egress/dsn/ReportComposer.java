package io.sekisho.egress.dsn;

import io.sekisho.egress.dsn.DeliveryStatusPart.AddressForm;
import io.sekisho.mail.envelope.Envelope;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes a report as a message: {@code multipart/report} (RFC 3464, RFC 6522) that any server can take, 7-bit. Where the
 * sender's own address is not ASCII only SMTPUTF8 servers get it, and it has the forms of RFC 6533.
 *
 * <p>Thread safety: immutable.
 */
public final class ReportComposer {

    private final String hostname;
    private final ReportLanguage language;

    /** @param hostname of this gateway: the reporting MTA */
    public ReportComposer(String hostname, ReportLanguage language) {
        this.hostname = hostname;
        this.language = language;
    }

    /** What the Subject field of a report says, encoded. */
    String subject(Action action) {
        return EncodedWords.of(language.phrases().stream()
                .map(phrases -> phrases.subject(action))
                .collect(Collectors.joining(" / ")));
    }

    /** The Message-ID field of a report. */
    String messageId(Report report) {
        return "<" + report.id() + "@" + hostname + ">";
    }

    /** The whole message, lines ended by CRLF. */
    public byte[] compose(Report report) {
        String boundary = "=_report_" + report.id();
        AddressForm form =
                SafeText.isAscii(report.original().reversePath()) ? AddressForm.SEVEN_BIT : AddressForm.NATIVE;
        // RFC 6522 §3: the subtype of the second part; RFC 6533 §3 has one of its own.
        String type = form == AddressForm.NATIVE ? "global-delivery-status" : "delivery-status";
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(header(report, boundary, type).getBytes(StandardCharsets.UTF_8));
        MimePart.text("Notification", ExplanationPart.of(report, hostname, language))
                .writeTo(message, boundary);
        MimePart.fields("message/" + type, "Delivery report", DeliveryStatusPart.of(report, hostname, form))
                .writeTo(message, boundary);
        returned(report, form).ifPresent(part -> part.writeTo(message, boundary));
        message.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return message.toByteArray();
    }

    private String header(Report report, String boundary, String type) {
        Envelope original = report.original();
        StringBuilder head = new StringBuilder();
        head.append("From: Mail Delivery System <mailer-daemon@")
                .append(hostname)
                .append(">\r\n");
        head.append("To: <").append(reversePath(original)).append(">\r\n");
        head.append(SafeText.field("Subject", subject(report.action())));
        head.append(SafeText.field("Date", DeliveryStatusPart.date(report.at())));
        head.append("Message-ID: ").append(messageId(report)).append("\r\n");
        // RFC 3834 §2: nothing may answer it by itself.
        head.append("Auto-Submitted: auto-replied\r\n");
        original.messageId().filter(ReportComposer::isMessageId).ifPresent(id -> {
            head.append("In-Reply-To: ").append(id).append("\r\n");
            head.append("References: ").append(id).append("\r\n");
        });
        head.append("MIME-Version: 1.0\r\n");
        head.append("Content-Type: multipart/report; report-type=").append(type);
        head.append(";\r\n boundary=\"").append(boundary).append("\"\r\n\r\n");
        return head.append("This is a delivery report in MIME format.\r\n\r\n").toString();
    }

    private static Optional<MimePart> returned(Report report, AddressForm form) {
        return switch (report.returned()) {
            case ReturnedContent.Nothing nothing -> Optional.empty();
            case ReturnedContent.Headers(byte[] bytes) -> Optional.of(headers(bytes, form));
            case ReturnedContent.Whole(byte[] bytes) ->
                Optional.of(new MimePart("message/rfc822", "The message", "7bit", bytes));
        };
    }

    private static MimePart headers(byte[] bytes, AddressForm form) {
        String description = "Headers of the message";
        if (SevenBit.holds(bytes)) {
            return new MimePart("text/rfc822-headers", description, "7bit", bytes);
        }
        // RFC 6533 §6, for readers that know SMTPUTF8; others decode text, but nothing of the type message.
        return form == AddressForm.NATIVE && SevenBit.hasLines(bytes)
                ? new MimePart("message/global-headers", description, "8bit", bytes)
                : new MimePart(
                        "text/rfc822-headers; charset=utf-8",
                        description,
                        "quoted-printable",
                        QuotedPrintable.encode(bytes).getBytes(StandardCharsets.US_ASCII));
    }

    /** An address that is not ASCII stays as it is: only SMTPUTF8 servers get it (RFC 6531). */
    private static String reversePath(Envelope original) {
        StringBuilder safe = new StringBuilder();
        original.reversePath().codePoints().filter(c -> c >= ' ' && c != 0x7f).forEach(safe::appendCodePoint);
        return safe.toString();
    }

    /** What a sender wrote there may be anything; only what is plainly an identifier is repeated (RFC 5322 §3.6.4). */
    private static boolean isMessageId(String text) {
        return text.matches("<[!-;=?-~]{1,250}@[!-;=?-~]{1,250}>");
    }
}
