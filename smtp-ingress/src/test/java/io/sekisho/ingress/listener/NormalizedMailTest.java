package io.sekisho.ingress.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.smtp.content.BareLf;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A listener with {@code bare-lf: NORMALIZE}: a LF without CR ends a line of known clients only. */
class NormalizedMailTest {

    private static RunningListener running;

    @BeforeAll
    static void start() {
        running = RunningListener.of(RunningListener.Setup.USUAL.with(BareLf.NORMALIZE));
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
    void takesTheMailOfARelaySource() {
        try (WireClient client = WireClient.greeted(running.port())) {
            client.say("MAIL FROM:<a@own.example>", "RCPT TO:<friend@elsewhere.example>", "DATA");
            client.send("Subject: x\n\ntext\n.\nmore\r\n.\r\n");

            assertThat(client.reply()).startsWith("250 2.0.0");
        }
        assertThat(running.queue.messages.getFirst().content()).endsWith("Subject: x\r\n\r\ntext\r\n.\r\nmore\r\n");
    }

    @Test
    void takesTheChunksOfARelaySource() {
        try (WireClient client = WireClient.greeted(running.port())) {
            client.say("MAIL FROM:<a@own.example>", "RCPT TO:<friend@elsewhere.example>");
            client.send("BDAT 5\r\na\nb\r\nBDAT 2 LAST\r\n\nc");

            assertThat(client.replies(2)).allMatch(reply -> reply.startsWith("250"));
        }
        assertThat(running.queue.messages.getFirst().content()).endsWith("a\r\nb\r\n\r\nc\r\n");
    }

    @Test
    void refusesTheMailOfAStranger() {
        try (WireClient client = WireClient.greeted(running.port())) {
            client.say("MAIL FROM:<a@partner.example>", "RCPT TO:<u@open.example>", "DATA");
            client.send("Subject: x\n\ntext\r\n.\r\n");

            assertThat(client.reply()).startsWith("550 5.6.11");
        }
        assertThat(running.queue.messages).isEmpty();
    }

    @Test
    void refusesTheMailOfARelaySourceThatComesUnderAStrangersName() {
        try (WireClient client = WireClient.greeted(running.port())) {
            client.say("MAIL FROM:<a@partner.example>", "RCPT TO:<u@open.example>", "DATA");
            client.send("x\n.\nMAIL FROM:<evil@own.example>\r\n.\r\n");

            assertThat(client.reply()).startsWith("550 5.6.11");
        }
    }
}
