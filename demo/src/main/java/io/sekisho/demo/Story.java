package io.sekisho.demo;

import java.io.PrintWriter;
import java.util.List;

/** The course of the demo: policy first, then mail, then what tracking says. */
final class Story {

    private Story() {}

    static List<Line> lines() {
        return List.of(
                new DeliveredWithTls13(),
                new DeliveredWithTls12(),
                new DeliveredInPlainText(),
                new DeliveredAfterBrokenHandshake(),
                new DeliveredInbound(),
                new BlockedAtRcpt(),
                new BlockedAndBounced());
    }

    static List<Told> tell(Stage stage, List<Line> lines, PrintWriter out) {
        stage.policy().register(stage.partners().customer().port());
        out.println("Registered " + Partners.CUSTOMER_DOMAIN + " with these TLS peers:");
        stage.policy()
                .peers()
                .forEach(peer -> out.printf(
                        "  %-9s %-16s %s%n",
                        peer.path("direction").asText(),
                        peer.path("peer").asText(),
                        peer.path("level").asText()));
        stage.policy().awaitInForce();
        out.println();
        out.println("Sending " + lines.size() + " messages with Vert.x Mail to 127.0.0.1 …");
        lines.forEach(line -> line.send(stage));
        out.println("Asking the tracking API what became of them …");
        out.println();
        return lines.stream().map(line -> line.read(stage)).toList();
    }
}
