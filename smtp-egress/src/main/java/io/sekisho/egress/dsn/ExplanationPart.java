package io.sekisho.egress.dsn;

import io.sekisho.mail.envelope.Envelope;
import java.util.List;

/** The part of a report that people read, in one language or in two, one below the other. */
final class ExplanationPart {

    private static final String INDENT = "    ";

    private final StringBuilder text = new StringBuilder();
    private final Phrases phrases;

    private ExplanationPart(Phrases phrases) {
        this.phrases = phrases;
    }

    static String of(Report report, String reportingMta, ReportLanguage language) {
        List<String> each = language.phrases().stream()
                .map(phrases -> new ExplanationPart(phrases).of(report, reportingMta))
                .toList();
        return String.join("\r\n" + "-".repeat(70) + "\r\n\r\n", each);
    }

    private String of(Report report, String reportingMta) {
        paragraph("", phrases.gateway(reportingMta));
        text.append("\r\n");
        paragraph("", phrases.introduction(report.action()));
        text.append("\r\n");
        report.recipients().forEach(this::recipient);
        message(report.original());
        return text.toString();
    }

    private void recipient(ReportedRecipient about) {
        text.append('<')
                .append(SafeText.readableAddress(about.recipient().forwardPath()))
                .append(">\r\n");
        String host = about.remoteHost().map(SafeText::oneLine).orElse(phrases.theHost());
        paragraph(INDENT, (phrases.lead(about.reason()) + " " + SafeText.oneLine(about.explanation())).strip());
        about.tlsStep().ifPresent(step -> {
            paragraph(INDENT, phrases.tlsStep(step));
            if (!about.ruleIds().isEmpty()) {
                paragraph(INDENT, phrases.rules(SafeText.oneLine(String.join(", ", about.ruleIds()))));
            }
            paragraph(INDENT, phrases.advice(step, host));
        });
        about.reply()
                .ifPresent(reply ->
                        paragraph(INDENT, phrases.answered(host, SafeText.oneLine(DeliveryStatusPart.reply(reply)))));
        paragraph(INDENT, phrases.status(SafeText.oneLine(about.status())));
        about.retryUntil().ifPresent(until -> paragraph(INDENT, phrases.triedUntil(DeliveryStatusPart.date(until))));
        text.append("\r\n");
    }

    private void message(Envelope original) {
        paragraph("", phrases.received(DeliveryStatusPart.date(original.receivedAt())));
        original.messageId().ifPresent(id -> paragraph("", "Message-ID: " + SafeText.oneLine(id)));
        paragraph("", phrases.reference(original.id().toString()));
    }

    private void paragraph(String indent, String words) {
        if (!words.isEmpty()) {
            text.append(Wrapping.paragraph(indent, words));
        }
    }
}
