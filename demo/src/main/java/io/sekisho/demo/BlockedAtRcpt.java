package io.sekisho.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Mandatory inbound, and the partner's client speaks in clear: refused at RCPT. */
final class BlockedAtRcpt implements Line {

    private static final String SENDER = "erin@" + Partners.TLS13_DOMAIN;
    private static final String RECIPIENT = "blocked@" + Partners.CUSTOMER_DOMAIN;

    private String reply = "";

    @Override
    public String title() {
        return "blocked at RCPT (mandatory inbound, in clear)";
    }

    @Override
    public void send(Stage stage) {
        Mailer.Answer answer = stage.mailer().send(SENDER, RECIPIENT, title(), Mailer.Session.PLAIN);
        if (answer instanceof Mailer.Answer.Refused refused) {
            reply = refused.reply();
        }
    }

    @Override
    public Told read(Stage stage) {
        JsonNode row = stage.tracking().row(SENDER, RECIPIENT);
        List<String> faults = new ArrayList<>(Expectation.of("status", "REJECTED")
                .and("direction", "INBOUND")
                .and("traffic", "BLOCKED")
                .and("upstreamTls", "NONE")
                .and("blockReason", "TLS_NOT_AVAILABLE")
                .faults(row));
        if (!reply.startsWith("550 5.7.10 TLS required")) {
            faults.add("the reply at RCPT is '" + reply + "', must begin with '550 5.7.10 TLS required'");
        }
        return new Told(title(), row, faults, List.of("at RCPT the gateway said: " + reply));
    }
}
