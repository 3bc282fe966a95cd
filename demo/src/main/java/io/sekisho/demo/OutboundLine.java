package io.sekisho.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A message of the customer's server to a partner, accepted by the gateway. */
abstract class OutboundLine implements Line {

    private final String title;
    private final String sender;
    private final String recipient;

    OutboundLine(String title, String localPart, String partner) {
        this.title = title;
        this.sender = localPart + "@" + Partners.CUSTOMER_DOMAIN;
        this.recipient = "reception@" + partner;
    }

    @Override
    public final String title() {
        return title;
    }

    final String sender() {
        return sender;
    }

    @Override
    public final void send(Stage stage) {
        Mailer.Answer answer = stage.mailer().send(sender, recipient, title, Mailer.Session.TLS);
        if (answer instanceof Mailer.Answer.Refused refused) {
            throw new StoryFailure("The gateway refused <" + recipient + ">: " + refused.reply());
        }
    }

    @Override
    public final Told read(Stage stage) {
        JsonNode row = stage.tracking().row(sender, recipient);
        List<String> faults =
                new ArrayList<>(expected().and("direction", "OUTBOUND").faults(row));
        List<String> notes = new ArrayList<>();
        look(stage, row, faults, notes);
        return new Told(title, row, faults, notes);
    }

    /** What the row must hold. */
    abstract Expectation expected();

    /** Looks beyond the row. */
    void look(Stage stage, JsonNode row, List<String> faults, List<String> notes) {}

    /** How a delivered outbound message must stand. */
    static Expectation delivered(String downstreamTls) {
        return Expectation.of("status", "DELIVERED")
                .and("traffic", "ACCEPTED")
                .and("upstreamTls", "TLSv1.3")
                .and("downstreamTls", downstreamTls)
                .and("blockReason", "");
    }
}
