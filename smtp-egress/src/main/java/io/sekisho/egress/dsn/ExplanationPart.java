package io.sekisho.egress.dsn;

import io.sekisho.mail.envelope.Envelope;

/** The part of a report that people read. */
final class ExplanationPart {

    private ExplanationPart() {}

    static String of(Report report, String reportingMta) {
        StringBuilder text = new StringBuilder();
        text.append("This is the mail gateway ").append(reportingMta).append(".\r\n\r\n");
        text.append(SafeText.paragraph("", introduction(report.action()))).append("\r\n");
        report.recipients().forEach(about -> recipient(text, about));
        message(text, report.original());
        return text.toString();
    }

    private static String introduction(Action action) {
        return switch (action) {
            case FAILED ->
                "Your message could not be delivered to the recipients below. No further attempt is made; please send it"
                        + " again once the cause is removed.";
            case DELAYED ->
                "Your message could not be delivered yet to the recipients below. THIS IS A WARNING ONLY: it is tried"
                        + " further, and you need not send it again.";
        };
    }

    private static void recipient(StringBuilder text, ReportedRecipient about) {
        text.append('<')
                .append(SafeText.addressLine(about.recipient().forwardPath()))
                .append(">\r\n");
        text.append(SafeText.paragraph("    ", SafeText.oneLine(about.explanation())));
        about.tlsStep().ifPresent(step -> {
            text.append(SafeText.paragraph("    ", "The step of TLS that failed: " + step.sentence() + "."));
            text.append(SafeText.paragraph(
                    "    ",
                    "The rule of the gateway that asks for TLS: "
                            + SafeText.oneLine(String.join(", ", about.ruleIds()))));
        });
        about.reply()
                .ifPresent(reply -> text.append(SafeText.paragraph(
                        "    ",
                        about.remoteHost().map(SafeText::oneLine).orElse("The host") + " answered: "
                                + SafeText.oneLine(DeliveryStatusPart.reply(reply)))));
        text.append("    Status: ").append(SafeText.oneLine(about.status())).append("\r\n");
        about.retryUntil()
                .ifPresent(until -> text.append("    Tried until: ")
                        .append(DeliveryStatusPart.date(until))
                        .append("\r\n"));
        text.append("\r\n");
    }

    private static void message(StringBuilder text, Envelope original) {
        text.append("The message was received ")
                .append(DeliveryStatusPart.date(original.receivedAt()))
                .append(".\r\n");
        original.messageId()
                .ifPresent(id ->
                        text.append("Message-ID: ").append(SafeText.oneLine(id)).append("\r\n"));
        text.append("Reference of the gateway: ").append(original.id()).append("\r\n");
    }
}
