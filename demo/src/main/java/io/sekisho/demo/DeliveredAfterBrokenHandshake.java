package io.sekisho.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Opportunistic, and the partner's handshake breaks: plain text, on a new connection. */
final class DeliveredAfterBrokenHandshake extends OutboundLine {

    DeliveredAfterBrokenHandshake() {
        super("delivered in plain text after a broken handshake", "dave", Partners.BROKEN_DOMAIN);
    }

    @Override
    Expectation expected() {
        return delivered("NONE");
    }

    @Override
    void look(Stage stage, JsonNode row, List<String> faults, List<String> notes) {
        int connections = stage.partners().of(Partners.BROKEN_DOMAIN).sessions().size();
        if (connections == 2) {
            notes.add("the partner with the broken handshake saw 2 connections: the second never tried TLS");
        } else {
            faults.add("the partner saw " + connections + " connections, must be 2");
        }
    }
}
