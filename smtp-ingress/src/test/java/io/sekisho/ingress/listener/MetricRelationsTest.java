package io.sekisho.ingress.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekisho.ingress.limit.ClientAllowance;
import io.sekisho.ingress.limit.ClientExemptions;
import io.sekisho.ingress.limit.CountedClients;
import io.sekisho.ingress.listener.RunningListener.Setup;
import io.sekisho.ingress.metrics.IngressMetrics;
import io.sekisho.ingress.queue.IncomingMessage.Outcome;
import io.sekisho.mail.event.EventKind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The relations that {@link IngressMetrics} promises, after a conversation in which all their terms occur. */
class MetricRelationsTest {

    private final RunningListener running = RunningListener.of(
            Setup.USUAL.behind("127.0.0.0/8").bounded(4, Duration.ofMinutes(1)),
            new CountedClients(
                    new ClientAllowance(2, 0, 6, 6, 0),
                    new ClientExemptions(List.of(), client -> false),
                    exceeded -> running().metrics.clientLimited(exceeded.limit()),
                    System::nanoTime));

    private RunningListener running() {
        return running;
    }

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void holdAfterMailOfEveryKind() {
        try (WireClient stays = greeted("203.0.113.1");
                WireClient busy = greeted("203.0.113.1");
                WireClient tooMany = from("203.0.113.1")) {
            assertThat(tooMany.reply()).startsWith("421 4.7.0");
            // Queued for one of two recipients, then by chunks for one.
            stays.say(
                    "MAIL FROM:<a@partner.example>", "RCPT TO:<a@open.example>", "RCPT TO:<a@strict.example>", "DATA");
            assertThat(content(stays, "x")).startsWith("250");
            stays.say("MAIL FROM:<a@partner.example>", "RCPT TO:<a@open.example>");
            assertThat(say(stays, "BDAT 3 LAST\r\nx\r\n")).startsWith("250");
            // Refused behind its content.
            stays.say("MAIL FROM:<a@partner.example>", "RCPT TO:<a@open.example>", "DATA");
            assertThat(content(stays, "Received: x\r\n".repeat(101))).startsWith("554 5.4.6");
            // Perhaps queued.
            running.queue.outcome = CompletableFuture.completedFuture(new Outcome.NotStored("no acknowledgement"));
            stays.say("MAIL FROM:<a@partner.example>", "RCPT TO:<a@open.example>", "DATA");
            assertThat(content(stays, "x")).startsWith("451");
            // Its client goes away; then one that is still on its way; then one too many, of recipients and of
            // messages.
            try (WireClient leaves = greeted("203.0.113.2")) {
                leaves.say("MAIL FROM:<a@partner.example>", "RCPT TO:<a@open.example>", "DATA");
            }
            assertThat(busy.say("MAIL FROM:<a@partner.example>", "RCPT TO:<a@open.example>", "DATA"))
                    .startsWith("354");
            assertThat(stays.say("MAIL FROM:<a@partner.example>", "RCPT TO:<a@open.example>"))
                    .startsWith("450");
            stays.say("RSET");
            assertThat(stays.say("MAIL FROM:<a@partner.example>")).startsWith("450");

            await().untilAsserted(() -> {
                assertThat(counted("connections")).isEqualTo(3);
                assertThat(counted("connections.closed") + gauge("connections.open"))
                        .isEqualTo(counted("connections"));
                assertThat(counted("messages", "result", "queued")).isEqualTo(2);
                assertThat(counted("messages", "result", "not-queued")).isEqualTo(1);
                assertThat(counted("messages", "result", "dropped")).isEqualTo(2);
                assertThat(gauge("messages.open")).isEqualTo(1);
                assertThat(counted("messages", "result", "queued")
                                + counted("messages", "result", "not-queued")
                                + counted("messages", "result", "dropped")
                                + gauge("messages.open"))
                        .isEqualTo(counted("messages.opened"));
                assertThat(counted("recipients", "result", "accepted"))
                        .isEqualTo(told(EventKind.QUEUED))
                        .isEqualTo(2);
                assertThat(counted("recipients", "result", "refused"))
                        .isEqualTo(told(EventKind.REJECTED) + counted("events.lost"))
                        .isEqualTo(3);
                assertThat(counted("client.limited", "limit", "connections-at-once")
                                + counted("client.limited", "limit", "connections-per-minute"))
                        .isEqualTo(counted("connections.refused", "reason", "client-limit"))
                        .isEqualTo(1);
                assertThat(counted("client.limited", "limit", "messages-per-minute"))
                        .isEqualTo(1);
                assertThat(counted("client.limited", "limit", "recipients-per-minute"))
                        .isEqualTo(1);
            });
        }
        await().untilAsserted(() -> {
            assertThat(gauge("connections.open")).isZero();
            assertThat(counted("connections.closed")).isEqualTo(counted("connections"));
            assertThat(gauge("messages.open")).isZero();
            assertThat(running.events.places).hasValue(0);
        });
    }

    private double counted(String name, String... tags) {
        return running.counted(name, tags);
    }

    private double gauge(String name) {
        return running.registry.get("sekisho.ingress." + name).gauge().value();
    }

    private double told(EventKind kind) {
        return running.events.events.stream()
                .filter(event -> event.kind() == kind)
                .count();
    }

    private static String content(WireClient client, String text) {
        return say(client, text + "\r\n.\r\n");
    }

    private static String say(WireClient client, String octets) {
        client.send(octets);
        return client.reply();
    }

    private WireClient from(String address) {
        WireClient client = new WireClient(running.port());
        client.send("PROXY TCP4 " + address + " 192.0.2.1 50000 25\r\n");
        return client;
    }

    private WireClient greeted(String address) {
        WireClient client = from(address);
        client.reply();
        client.say("EHLO client.example");
        return client;
    }
}
