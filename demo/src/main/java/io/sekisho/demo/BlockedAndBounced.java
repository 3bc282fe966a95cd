package io.sekisho.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.sekisho.testkit.peer.RecordedMessage;
import java.time.Duration;
import java.util.List;

/** Mandatory outbound, and the partner offers no STARTTLS: bounced at once, the sender gets a report. */
final class BlockedAndBounced extends OutboundLine {

    BlockedAndBounced() {
        super("blocked and bounced with a DSN (mandatory, no STARTTLS)", "heidi", Partners.NO_TLS_DOMAIN);
    }

    @Override
    Expectation expected() {
        return Expectation.of("status", "BOUNCED")
                .and("traffic", "BLOCKED")
                .and("upstreamTls", "TLSv1.3")
                .and("blockReason", "TLS_NOT_AVAILABLE");
    }

    @Override
    void look(Stage stage, JsonNode row, List<String> faults, List<String> notes) {
        RecordedMessage report = stage.partners()
                .customer()
                .awaitMessage(message -> message.forwardPaths().contains(sender()), Duration.ofSeconds(30));
        String text = report.text();
        if (!report.reversePath().isEmpty()) {
            faults.add("the report comes from <" + report.reversePath() + ">, must come from <>");
        }
        if (!text.contains("message/delivery-status") || !text.contains("Status: 5.7.10")) {
            faults.add("the report has no message/delivery-status part with Status: 5.7.10");
        }
        text.lines()
                .filter(line -> line.startsWith("Diagnostic-Code:") || line.startsWith("Subject:"))
                .limit(2)
                .forEach(line -> notes.add("the sender's report says: " + line.strip()));
    }
}
