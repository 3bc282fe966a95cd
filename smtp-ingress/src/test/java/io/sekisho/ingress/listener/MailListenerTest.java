package io.sekisho.ingress.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekisho.ingress.queue.IncomingMessage.Outcome;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.policyclient.PolicyState;
import io.sekisho.testkit.dialogue.Dialogue;
import io.sekisho.testkit.dialogue.DialogueRunner;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the listener does between clients, session, queue and event log. */
class MailListenerTest {

    private static RunningListener running;

    @BeforeAll
    static void start() {
        running = RunningListener.start();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @BeforeEach
    void reset() {
        running.reset();
    }

    @Test
    void queuesWhatItWasSentOctetForOctetBehindOneReceivedField() {
        String content = "Subject: x\r\n\r\n.\r\n..two dots\r\n" + "\u00e4\u00ff\0 ".repeat(30_000) + "\r\n";
        try (WireClient client = WireClient.greeted(running.port())) {
            client.say("MAIL FROM:<a@partner.example>", "RCPT TO:<u@open.example>", "DATA");
            client.send(content.replace("\r\n.", "\r\n..") + ".\r\n");

            assertThat(client.reply()).startsWith("250 2.0.0");
        }
        HeldQueue.Held held = running.queue.messages.getFirst();
        assertThat(held.content()).startsWith("Received: from client.example ([127.0.0.1])\r\n by gw.example");
        assertThat(held.content()).endsWith("\r\n" + content);
        assertThat(held.envelope().size()).isEqualTo(held.content().length());
        assertThat(held.envelope().upstream().listener()).contains("mx");
    }

    @Test
    void gives250OnlyWhenTheQueueHasAcknowledged() {
        running.queue.outcome = new CompletableFuture<>();
        try (WireClient client = WireClient.greeted(running.port())) {
            client.say("MAIL FROM:<a@partner.example>", "RCPT TO:<u@open.example>", "DATA");
            client.send("x\r\n.\r\nNOOP\r\n");
            await().during(Duration.ofMillis(300)).until(() -> !client.hasOutput());

            running.queue.outcome.complete(new Outcome.Stored());

            assertThat(client.reply()).startsWith("250 2.0.0 OK queued as");
            assertThat(client.reply()).startsWith("250 2.0.0 OK");
        }
        assertThat(running.events.events)
                .extracting(MailEvent::kind)
                .containsExactly(EventKind.RECEIVED, EventKind.QUEUED);
        assertThat(running.events.places).hasValue(0);
    }

    @Test
    void gives451WhereTheQueueDoesNot() {
        running.queue.outcome = CompletableFuture.completedFuture(new Outcome.NotStored("no acknowledgement"));
        try (WireClient client = WireClient.greeted(running.port())) {
            client.say("MAIL FROM:<a@partner.example>", "RCPT TO:<u@open.example>", "DATA");

            client.send("x\r\n.\r\n");

            assertThat(client.reply()).startsWith("451 4.3.0");
        }
        assertThat(running.events.events).isEmpty();
        assertThat(running.events.places).hasValue(0);
    }

    @Test
    void gives451ToDataWhereTheTopicsAreUnfitOrNoEventHasAPlace() {
        running.queue.closed = Optional.of("topic differs");
        try (WireClient client = WireClient.greeted(running.port())) {
            assertThat(client.say("MAIL FROM:<a@partner.example>", "RCPT TO:<u@open.example>", "DATA"))
                    .startsWith("451 4.3.0");
            running.queue.closed = Optional.empty();
            running.events.full = true;
            assertThat(client.say("MAIL FROM:<a@partner.example>", "RCPT TO:<u@open.example>", "DATA"))
                    .startsWith("451 4.3.0");
        }
        assertThat(running.queue.begun).hasValue(0);
    }

    @Test
    void gives452WhereThereIsNoMemory() {
        running.queue.hasMemory = false;
        try (WireClient client = WireClient.greeted(running.port())) {
            assertThat(client.say("MAIL FROM:<a@partner.example>", "RCPT TO:<u@open.example>", "DATA"))
                    .startsWith("452 4.3.1");
        }
        // The client of the test before may just be leaving.
        await().untilAsserted(() -> assertThat(running.events.places).hasValue(0));
    }

    @Test
    void gives451WhereThePolicyIsNotKnown() {
        running.policy = new PolicyState.Unusable("no policy yet");
        try (WireClient client = WireClient.greeted(running.port())) {
            assertThat(client.say("MAIL FROM:<a@partner.example>", "RCPT TO:<u@open.example>"))
                    .startsWith("451 4.3.0");
        }
    }

    @Test
    void holdsARefusalBackForItsEventButNotForEver() {
        running.events.acknowledged = new CompletableFuture<>();
        try (WireClient client = WireClient.greeted(running.port())) {
            long begun = System.nanoTime();
            assertThat(client.say("MAIL FROM:<a@partner.example>", "RCPT TO:<u@strict.example>"))
                    .startsWith("550 5.7.10");
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isBetween(Duration.ofMillis(1_900), Duration.ofSeconds(5));
        }
        assertThat(running.events.events.getFirst().blockReason()).contains(BlockReason.TLS_NOT_AVAILABLE);
    }

    @Test
    void doesNotHoldEveryRefusalBackWhileEventsAreLate() {
        running.events.acknowledged = new CompletableFuture<>();
        try (WireClient client = WireClient.greeted(running.port())) {
            long begun = System.nanoTime();
            client.send("MAIL FROM:<a@partner.example>\r\n" + "RCPT TO:<u@strict.example>\r\n".repeat(20));

            assertThat(client.replies(21)).last().asString().startsWith("550 5.7.10");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(6));
        }
    }

    @Test
    void sendsARefusalThoughNoEventHasAPlace() {
        running.events.full = true;
        try (WireClient client = WireClient.greeted(running.port())) {
            assertThat(client.say("MAIL FROM:<a@partner.example>", "RCPT TO:<u@strict.example>"))
                    .startsWith("550 5.7.10");
        }
    }

    @Test
    void doesNotReadTheClientWhileChunksAreOnTheirWay() {
        running.queue.congestedAt = 64 * 1024;
        String line = "x".repeat(998) + "\r\n";
        try (WireClient client = WireClient.greeted(running.port())) {
            client.say("MAIL FROM:<a@partner.example>", "RCPT TO:<u@open.example>", "DATA");
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 1_000; i++) {
                    client.send(line);
                }
                client.send(".\r\n");
            });
            await().during(Duration.ofMillis(300)).until(() -> !client.hasOutput());

            running.queue.relieve();

            assertThat(client.reply()).startsWith("250 2.0.0");
            sent.join();
        }
        assertThat(running.queue.messages.getFirst().content()).endsWith(line.repeat(1_000));
    }

    @Test
    void doesNotReadPipelinedBdatWhileTheQueueIsSlow() {
        running.queue.congestedAt = 64 * 1024;
        String chunk = ("x".repeat(998) + "\r\n").repeat(10);
        try (WireClient client = WireClient.greeted(running.port())) {
            client.say("MAIL FROM:<a@partner.example>", "RCPT TO:<u@open.example>");
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 100; i++) {
                    client.send("BDAT 10000\r\n" + chunk);
                }
                client.send("BDAT 0 LAST\r\n");
            });
            assertThat(client.replies(6)).allMatch(reply -> reply.startsWith("250 2.0.0 10000"));
            await().during(Duration.ofMillis(300)).until(running.queue.messages::isEmpty);

            running.queue.relieve();

            assertThat(client.replies(94)).allMatch(reply -> reply.startsWith("250 2.0.0 10000"));
            assertThat(client.reply()).startsWith("250 2.0.0 OK queued");
            sent.join();
        }
        assertThat(running.queue.messages.getFirst().content()).endsWith(chunk.repeat(100));
    }

    @Test
    void forgetsAMessageWhoseClientGoesAway() {
        try (WireClient client = WireClient.greeted(running.port())) {
            client.say("MAIL FROM:<a@partner.example>", "RCPT TO:<u@open.example>", "DATA");
            client.send("half a mess");
        }

        await().untilAsserted(() -> assertThat(running.queue.dropped).hasValue(1));
        assertThat(running.queue.messages).isEmpty();
        assertThat(running.events.places).hasValue(0);
    }

    @Test
    void takesAGroupOfManyCommandsFromAClientThatReadsLate() {
        StringBuilder group = new StringBuilder("MAIL FROM:<a@partner.example>\r\n");
        for (int i = 0; i < 90; i++) {
            group.append("RCPT TO:<u").append(i).append("@open.example>\r\n");
        }
        try (WireClient client = WireClient.greeted(running.port())) {
            client.send(group + "DATA\r\n");

            assertThat(client.replies(92)).allMatch(reply -> reply.startsWith("250 2.1.") || reply.startsWith("354"));
        }
    }

    // ---- TLS

    @Test
    void tellsAClientWhoseHandshakeFails() {
        try (WireClient client = WireClient.greeted(running.port())) {
            assertThat(client.say("STARTTLS")).startsWith("220 2.0.0");
            client.send("this is no TLS record\r\n");

            assertThat(client.reply()).doesNotStartWith("2");
        }
        await().untilAsserted(() -> assertThat(running.events.events)
                .extracting(MailEvent::kind)
                .containsExactly(EventKind.HANDSHAKE_FAILED));
        assertThat(running.events.events.getFirst().hop().orElseThrow().address())
                .contains("127.0.0.1");
    }

    @Test
    void dropsWhatWasInjectedWhileARefusalWaitedForItsEvent() {
        running.events.acknowledged = new CompletableFuture<>();
        try (WireClient client = WireClient.greeted(running.port())) {
            // The refusal keeps the session waiting, with STARTTLS unread behind it …
            client.send("MAIL FROM:<a@partner.example>\r\nRCPT TO:<u@strict.example>\r\nSTARTTLS\r\n");
            assertThat(client.reply()).startsWith("250");
            await().until(() -> !running.events.events.isEmpty());
            // … and this arrives meanwhile, in a segment of its own.
            client.send("EHLO evil.example\r\nMAIL FROM:<evil@own.example>\r\n");
            await().during(Duration.ofMillis(200)).until(() -> true);
            running.events.acknowledged.complete(null);

            assertThat(client.reply()).startsWith("550 5.7.10");
            assertThat(client.reply()).doesNotStartWith("250");
            assertThat(client.reply()).isEmpty();
        }
        assertThat(running.events.events)
                .extracting(MailEvent::kind)
                .containsExactly(EventKind.REJECTED, EventKind.HANDSHAKE_FAILED);
    }

    @Test
    void takesNoVersionBelowTheFloorOfTheClient() {
        run("STARTTLS", "<- 220 *", "c tls TLSv1.2");
        running.floor = TlsVersion.TLSV1_3;

        assertThat(catchError("STARTTLS", "<- 220 *", "c tls TLSv1.2")).contains("c tls TLSv1.2");
        await().untilAsserted(() -> assertThat(running.events.events)
                .extracting(event -> event.detail().orElse(""))
                .anyMatch(detail -> detail.contains("version")));
    }

    @Test
    void answers454WithoutAKey() {
        try (RunningListener keyless = RunningListener.withoutKey();
                WireClient client = WireClient.greeted(keyless.port())) {
            assertThat(client.say("STARTTLS")).startsWith("454 4.7.0");
            assertThat(client.say("MAIL FROM:<a@partner.example>")).startsWith("250");
        }
    }

    private void run(String... lines) {
        String text = "<- 220 *\n-> EHLO client.example\n<= 250\n-> " + String.join("\n", lines) + "\n";
        DialogueRunner.against("127.0.0.1", running.port()).run(Dialogue.parse("test", text, Map.of()));
    }

    private String catchError(String... lines) {
        try {
            run(lines);
        } catch (AssertionError expected) {
            return expected.getMessage();
        }
        throw new AssertionError("the dialogue went well, which it must not");
    }
}
