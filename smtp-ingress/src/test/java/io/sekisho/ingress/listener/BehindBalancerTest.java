package io.sekisho.ingress.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekisho.mail.address.IpAddress;
import io.sekisho.testkit.dialogue.DialogueRunner;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A listener whose clients come through the balancer 127.0.0.1. */
class BehindBalancerTest {

    private static RunningListener running;

    @BeforeAll
    static void start() {
        running = RunningListener.behind("127.0.0.0/8");
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @BeforeEach
    void reset() {
        running.reset();
    }

    @TestFactory
    Stream<DynamicTest> conversations() {
        return DialogueRunner.against("127.0.0.1", running.port())
                .testsOf(Path.of("src/test/resources/balanced-dialogues"));
    }

    @Test
    void knowsTheClientThatTheBalancerNames() {
        try (WireClient client = new WireClient(running.port())) {
            client.send("PROXY TCP4 203.0.113.7 192.0.2.1 50000 25\r\nEHLO client.example\r\n");
            assertThat(client.replies(2)).allMatch(reply -> reply.startsWith("2"));
            assertThat(client.say("MAIL FROM:<a@partner.example>", "RCPT TO:<u@open.example>", "DATA"))
                    .startsWith("354");
            client.send("x\r\n.\r\n");
            assertThat(client.reply()).startsWith("250");
        }
        assertThat(running.queue.messages).singleElement().satisfies(held -> {
            assertThat(held.envelope().upstream().clientAddress()).contains(IpAddress.parse("203.0.113.7"));
            assertThat(held.content()).startsWith("Received: from client.example ([203.0.113.7])");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EHLO client.example\r\n",
                "PROXY TCP4 203.0.113.7\r\n",
                "\r\n\r\n\0\r\nQUIT\n!\u0012\0\0",
                "\u0016\3\1\2"
            })
    void dropsAConnectionWithoutAHeaderAndWithoutAWord(String octets) {
        try (WireClient client = new WireClient(running.port())) {
            client.send(octets);
            assertThat(client.reply()).isEmpty();
        }
        await().until(() -> running.listener().connections() == 0);
    }

    @Test
    void servesNobodyButItsBalancers() {
        try (RunningListener others = RunningListener.behind("192.0.2.0/24");
                WireClient client = new WireClient(others.port())) {
            assertThat(client.reply()).startsWith("421 4.3.5");
            assertThat(client.reply()).isEmpty();
        }
    }
}
