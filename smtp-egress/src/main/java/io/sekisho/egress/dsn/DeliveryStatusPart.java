package io.sekisho.egress.dsn;

import io.sekisho.mail.event.ReplyFacts;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The part of a report that machines read: {@code message/delivery-status} (RFC 3464 §2). */
final class DeliveryStatusPart {

    /** RFC 5322 §3.3. */
    static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss Z", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final StringBuilder text = new StringBuilder();

    private static final Phrases ENGLISH = new EnglishPhrases();

    private final AddressForm form;

    private DeliveryStatusPart(AddressForm form) {
        this.form = form;
    }

    /** How an address that is not ASCII is written (RFC 6533 §3). */
    enum AddressForm {
        /** {@code utf-8-addr-xtext}: passes 7-bit servers. */
        SEVEN_BIT,
        /** {@code utf-8-addr-unitext}: in {@code message/global-delivery-status} alone. */
        NATIVE
    }

    static String of(Report report, String reportingMta, AddressForm form) {
        DeliveryStatusPart part = new DeliveryStatusPart(form);
        part.field("Reporting-MTA", "dns; " + reportingMta);
        report.original()
                .dsn()
                .envid()
                .ifPresent(envid -> part.field("Original-Envelope-Id", SafeText.oneLine(SafeText.decodeXtext(envid))));
        part.field("Arrival-Date", date(report.original().receivedAt()));
        String logId = report.original().id().toString();
        report.recipients().forEach(recipient -> part.recipient(recipient, report.action(), logId));
        return part.text.toString();
    }

    private void recipient(ReportedRecipient about, Action action, String logId) {
        text.append("\r\n");
        about.recipient().orcpt().ifPresent(orcpt -> field("Original-Recipient", originalRecipient(orcpt)));
        field("Final-Recipient", finalRecipient(about.recipient().forwardPath()));
        field("Action", action.value());
        field("Status", SafeText.oneLine(about.status()));
        about.remoteHost().ifPresent(host -> field("Remote-MTA", "dns; " + SafeText.oneLine(host)));
        // RFC 3464 §2.3.6: "smtp" is for what a server answered; what we found ourselves has a type of our own.
        field(
                "Diagnostic-Code",
                about.reply()
                        .map(reply -> "smtp; " + SafeText.oneLine(reply(reply)))
                        .orElse("X-Sekisho; "
                                + SafeText.oneLine(
                                        (ENGLISH.lead(about.reason()) + " " + about.explanation()).strip())));
        field("Last-Attempt-Date", date(about.lastAttempt()));
        // RFC 3464 §2.3.7: by it the operator finds the message in log and tracking.
        field("Final-Log-ID", logId);
        about.retryUntil().ifPresent(until -> field("Will-Retry-Until", date(until)));
        about.ruleIds().forEach(rule -> field("X-Sekisho-Rule", SafeText.oneLine(rule)));
        about.tlsStep().ifPresent(step -> field("X-Sekisho-TLS-Step", step.name()));
    }

    private void field(String name, String value) {
        text.append(SafeText.field(name, value));
    }

    static String reply(ReplyFacts reply) {
        String status = reply.enhancedStatus()
                .filter(s -> !reply.text().startsWith(s))
                .map(s -> s + " ")
                .orElse("");
        return reply.code() + " " + status + reply.text();
    }

    static String date(Instant time) {
        return DATE.format(time);
    }

    private String finalRecipient(String address) {
        // RFC 6533 §3: an address that is not ASCII has the type utf-8.
        return (SafeText.isAscii(address) ? "rfc822; " : "utf-8; ") + address(address);
    }

    private String address(String address) {
        return form == AddressForm.NATIVE ? SafeText.readableAddress(address) : SafeText.addressLine(address);
    }

    /** RFC 3461 §4.2, RFC 3464 §2.3.1: type and address as the sender gave them, the xtext decoded. */
    private String originalRecipient(String orcpt) {
        int semicolon = orcpt.indexOf(';');
        if (semicolon < 0) {
            return "unknown; " + address(SafeText.decodeXtext(orcpt));
        }
        return SafeText.addressLine(orcpt.substring(0, semicolon)) + "; "
                + address(SafeText.decodeXtext(orcpt.substring(semicolon + 1)));
    }
}
