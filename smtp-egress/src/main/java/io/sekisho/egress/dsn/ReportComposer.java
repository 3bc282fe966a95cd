package io.sekisho.egress.dsn;

import io.sekisho.mail.envelope.Envelope;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes a report as a message: {@code multipart/report} (RFC 3464, RFC 6522) that any server can take, 7-bit unless the
 * sender's own address is not.
 *
 * <p>Thread safety: immutable.
 */
public final class ReportComposer {

    private final String hostname;

    /** @param hostname of this gateway: the reporting MTA */
    public ReportComposer(String hostname) {
        this.hostname = hostname;
    }

    /** What the Subject of a report says. */
    static String subject(Action action) {
        return action == Action.FAILED
                ? "Undelivered mail: your message was not delivered"
                : "Delayed mail: your message was not delivered yet";
    }

    /** The Message-ID field of a report. */
    String messageId(Report report) {
        return "<" + report.id() + "@" + hostname + ">";
    }

    /** The whole message, lines ended by CRLF. */
    public byte[] compose(Report report) {
        String boundary = "=_report_" + report.id();
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
        head.append("Content-Type: multipart/report; report-type=delivery-status;\r\n boundary=\"")
                .append(boundary)
                .append("\"\r\n\r\n");
        head.append("This is a delivery report in MIME format.\r\n\r\n");
        part(head, boundary, "text/plain; charset=us-ascii", "Notification", "7bit");
        head.append(ExplanationPart.of(report, hostname)).append("\r\n");
        part(head, boundary, "message/delivery-status", "Delivery report", "7bit");
        head.append(DeliveryStatusPart.of(report, hostname)).append("\r\n");
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
        returned(message, boundary, report.returned());
        message.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return message.toByteArray();
    }

    private static void returned(ByteArrayOutputStream message, String boundary, ReturnedContent returned) {
        StringBuilder head = new StringBuilder();
        switch (returned) {
            case ReturnedContent.Nothing nothing -> {}
            case ReturnedContent.Headers(byte[] bytes) -> {
                boolean ascii = SevenBit.holds(bytes);
                part(
                        head,
                        boundary,
                        "text/rfc822-headers" + (ascii ? "" : "; charset=utf-8"),
                        "Headers of the message",
                        ascii ? "7bit" : "quoted-printable");
                head.append(ascii ? new String(bytes, StandardCharsets.US_ASCII) : QuotedPrintable.encode(bytes))
                        .append("\r\n");
                message.writeBytes(head.toString().getBytes(StandardCharsets.US_ASCII));
            }
            case ReturnedContent.Whole(byte[] bytes) -> {
                part(head, boundary, "message/rfc822", "The message", "7bit");
                message.writeBytes(head.toString().getBytes(StandardCharsets.US_ASCII));
                message.writeBytes(bytes);
                message.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private static void part(
            StringBuilder text, String boundary, String type, String description, String transferEncoding) {
        text.append("--").append(boundary).append("\r\n");
        text.append("Content-Type: ").append(type).append("\r\n");
        text.append("Content-Description: ").append(description).append("\r\n");
        text.append("Content-Transfer-Encoding: ").append(transferEncoding).append("\r\n\r\n");
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
