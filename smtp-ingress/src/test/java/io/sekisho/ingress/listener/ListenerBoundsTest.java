package io.sekisho.ingress.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekisho.ingress.queue.IncomingMessage.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Where the listener ends connections: too many, too slow, or because the service goes down. */
class ListenerBoundsTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(1_500);

    @Test
    void answers421BeyondItsConnections() {
        try (RunningListener running = RunningListener.with(2, LONG);
                WireClient one = WireClient.greeted(running.port());
                WireClient two = WireClient.greeted(running.port())) {
            try (WireClient three = new WireClient(running.port())) {
                assertThat(three.reply()).startsWith("421 4.3.2");
                assertThat(three.reply()).isEmpty();
            }
            assertThat(one.say("NOOP")).startsWith("250");
            two.say("QUIT");

            await().untilAsserted(() -> {
                try (WireClient four = new WireClient(running.port())) {
                    assertThat(four.reply()).startsWith("220");
                }
            });
        }
    }

    @Test
    void answers421ToASilentClient() {
        try (RunningListener running = RunningListener.with(10, SHORT);
                WireClient client = WireClient.greeted(running.port())) {
            assertThat(client.reply()).startsWith("421 4.4.2");
            assertThat(client.reply()).isEmpty();
        }
    }

    @Test
    void answers421ToAClientThatGainsTimeByOctets() {
        try (RunningListener running = RunningListener.with(10, SHORT);
                WireClient client = WireClient.greeted(running.port())) {
            await().pollInterval(Duration.ofMillis(100)).until(() -> {
                if (!client.hasOutput()) {
                    client.send("x");
                }
                return client.hasOutput();
            });
            assertThat(client.reply()).startsWith("421 4.4.2");
        }
    }

    @Test
    void endsContentThatTakesTooLongInAll() {
        try (RunningListener running = RunningListener.with(10, SHORT);
                WireClient client = WireClient.greeted(running.port())) {
            client.say("MAIL FROM:<a@partner.example>", "RCPT TO:<u@open.example>", "DATA");
            await().pollInterval(Duration.ofMillis(100)).until(() -> {
                if (!client.hasOutput()) {
                    client.send("x");
                }
                return client.hasOutput();
            });
            assertThat(client.reply()).startsWith("421 4.4.2");
            await().untilAsserted(() -> assertThat(running.queue.dropped).hasValue(1));
        }
    }

    @Test
    void endsAClientThatDoesNotReadItsReplies() {
        try (RunningListener running = RunningListener.with(10, SHORT);
                WireClient client = WireClient.greeted(running.port())) {
            CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> {
                String help = "HELP\r\n".repeat(1_000);
                while (true) {
                    client.send(help);
                }
            });

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> running.listener().connections() == 0);
            assertThat(flood).isNotCancelled();
        }
    }

    @Test
    void takesThePlaceOfAClientThatNeverReadsAndGoesOnSending() {
        try (RunningListener running = RunningListener.with(10, SHORT);
                WireClient client = WireClient.greeted(running.port())) {
            client.say("MAIL FROM:<>");
            CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> {
                // A recipient that is named again is accepted again, however often.
                String again = "RCPT TO:<u@open.example>\r\n".repeat(1_000);
                while (true) {
                    client.send(again);
                }
            });

            await().atMost(Duration.ofSeconds(40))
                    .until(() -> running.listener().connections() == 0);
            assertThat(flood).failsWithin(Duration.ofSeconds(5));
        }
    }

    @Test
    void letsTransactionsEndWhenItGoesDown() {
        try (RunningListener running = RunningListener.with(10, LONG);
                WireClient idle = WireClient.greeted(running.port());
                WireClient busy = WireClient.greeted(running.port())) {
            busy.say("MAIL FROM:<a@partner.example>", "RCPT TO:<u@open.example>", "DATA");
            running.queue.outcome = new CompletableFuture<>();

            CompletableFuture<Void> drained =
                    running.listener().drain(Duration.ofSeconds(20)).subscribeAsCompletionStage();

            assertThat(idle.reply()).startsWith("421 4.3.2");
            try (WireClient late = new WireClient(running.port())) {
                assertThat(late.reply()).startsWith("421 4.3.2");
            }
            busy.send("x\r\n.\r\n");
            running.queue.outcome.complete(new Outcome.Stored());
            assertThat(busy.reply()).startsWith("250 2.0.0");
            assertThat(busy.reply()).startsWith("421 4.3.2");
            await().until(drained::isDone);
            assertThat(running.listener().isOpen()).isFalse();
        }
    }

    @Test
    void doesNotWaitForEverForTransactions() {
        try (RunningListener running = RunningListener.with(10, LONG);
                WireClient busy = WireClient.greeted(running.port())) {
            busy.say("MAIL FROM:<a@partner.example>");

            CompletableFuture<Void> drained =
                    running.listener().drain(Duration.ofMillis(500)).subscribeAsCompletionStage();

            await().atMost(Duration.ofSeconds(5)).until(drained::isDone);
        }
    }
}
