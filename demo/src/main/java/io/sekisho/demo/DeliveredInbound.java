package io.sekisho.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Mandatory inbound, and the partner's client uses STARTTLS: on its way to the customer's own server. */
final class DeliveredInbound implements Line {

    private static final String SENDER = "frank@" + Partners.TLS13_DOMAIN;
    private static final String RECIPIENT = "grace@" + Partners.CUSTOMER_DOMAIN;

    @Override
    public String title() {
        return "received with TLSv1.3 and delivered (mandatory inbound)";
    }

    @Override
    public void send(Stage stage) {
        Mailer.Answer answer = stage.mailer().send(SENDER, RECIPIENT, title(), Mailer.Session.TLS);
        if (answer instanceof Mailer.Answer.Refused refused) {
            throw new StoryFailure("The gateway refused <" + RECIPIENT + ">: " + refused.reply());
        }
    }

    @Override
    public Told read(Stage stage) {
        JsonNode row = stage.tracking().row(SENDER, RECIPIENT);
        return new Told(
                title(),
                row,
                Expectation.of("status", "DELIVERED")
                        .and("direction", "INBOUND")
                        .and("traffic", "ACCEPTED")
                        .and("upstreamTls", "TLSv1.3")
                        .and("downstreamTls", "TLSv1.3")
                        .faults(row),
                List.of());
    }
}
