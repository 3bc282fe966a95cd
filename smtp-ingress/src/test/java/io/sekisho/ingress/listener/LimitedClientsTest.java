package io.sekisho.ingress.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekisho.ingress.limit.ClientAllowance;
import io.sekisho.ingress.limit.ClientExemptions;
import io.sekisho.ingress.limit.ClientLimits;
import io.sekisho.ingress.limit.CountedClients;
import io.sekisho.ingress.limit.LimitExceeded;
import io.sekisho.ingress.listener.RunningListener.Setup;
import io.sekisho.ingress.session.ListenerMode;
import io.sekisho.mail.address.IpNetwork;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.testkit.dialogue.DialogueRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Clients that do too much, behind a balancer that names them: no test's client comes from anywhere but loopback. */
class LimitedClientsTest {

    private final List<LimitExceeded> exceeded = new CopyOnWriteArrayList<>();

    @Test
    void answers421ToOneConnectionTooManyAndServesOthers() {
        try (RunningListener running = limited(new ClientAllowance(2, 0, 0, 0, 0));
                WireClient one = from("203.0.113.7", running);
                WireClient two = from("203.0.113.7", running);
                WireClient three = from("203.0.113.7", running);
                WireClient other = from("203.0.113.8", running)) {
            assertThat(one.reply()).startsWith("220");
            assertThat(two.reply()).startsWith("220");
            assertThat(three.reply()).isEqualTo("421 4.7.0 gw.example Too many connections from 203.0.113.7");
            assertThat(three.reply()).isEmpty();
            assertThat(other.reply()).startsWith("220");
        }
    }

    @Test
    void hasAPlaceAgainForEachConnectionThatEndsHoweverItEnds() {
        try (RunningListener running = limited(new ClientAllowance(2, 0, 0, 0, 0))) {
            try (WireClient leaves = from("203.0.113.7", running);
                    WireClient breaks = from("203.0.113.7", running)) {
                leaves.reply();
                breaks.reply();
                leaves.say("QUIT");
            }

            await().untilAsserted(() -> {
                try (WireClient one = from("203.0.113.7", running);
                        WireClient two = from("203.0.113.7", running);
                        WireClient three = from("203.0.113.7", running)) {
                    assertThat(one.reply()).startsWith("220");
                    assertThat(two.reply()).startsWith("220");
                    // No more places than before, as there would be if an end had counted twice.
                    assertThat(three.reply()).startsWith("421 4.7.0");
                }
            });
            await().until(() -> running.listener().connections() == 0);
        }
    }

    @Test
    void keepsNoPlaceOfTheListenerForWhomItRefuses() {
        try (RunningListener running = limited(new ClientAllowance(0, 1, 0, 0, 0));
                WireClient one = from("203.0.113.7", running)) {
            one.reply();
            for (int i = 0; i < 5; i++) {
                try (WireClient next = from("203.0.113.7", running)) {
                    assertThat(next.reply()).startsWith("421 4.7.0");
                }
            }

            await().until(() -> running.listener().connections() == 1);
            assertThat(running.counted("connections")).isEqualTo(1);
            assertThat(running.counted("connections.refused", "reason", "client-limit"))
                    .isEqualTo(5);
        }
        assertThat(exceeded)
                .extracting(LimitExceeded::occurrence)
                .startsWith(LimitExceeded.Occurrence.FIRST)
                .filteredOn(LimitExceeded.Occurrence.FIRST::equals)
                .hasSize(1);
    }

    @Test
    void countsABalancerThatNamesNobodyAsNoClient() {
        try (RunningListener running = limited(new ClientAllowance(1, 1, 0, 0, 0))) {
            for (int i = 0; i < 3; i++) {
                try (WireClient check = new WireClient(running.port())) {
                    check.send("PROXY UNKNOWN\r\n");
                    assertThat(check.reply()).startsWith("220");
                }
            }
        }
    }

    @Test
    void answers450ToMessagesBeyondOnAnyConnectionOfTheClient() {
        try (RunningListener running = limited(new ClientAllowance(0, 0, 1, 0, 0));
                WireClient one = greeted("2001:db8::1", running);
                WireClient two = greeted("2001:db8::2", running)) {
            assertThat(one.say("MAIL FROM:<a@partner.example>")).startsWith("250");
            assertThat(two.say("MAIL FROM:<a@partner.example>"))
                    .isEqualTo("450 4.7.1 Too many messages from 2001:db8::2, try again later");
            assertThat(two.say("NOOP")).startsWith("250");
        }
    }

    @Test
    void tellsEachRecipientBeyondAndTakesTheMessageForTheOthers() {
        try (RunningListener running = limited(new ClientAllowance(0, 0, 0, 1, 0));
                WireClient client = greeted("203.0.113.7", running)) {
            client.send(String.join(
                    "\r\n",
                    "MAIL FROM:<a@partner.example>",
                    "RCPT TO:<a@open.example>",
                    "RCPT TO:<b@open.example>",
                    "RCPT TO:<c@open.example>",
                    "DATA",
                    ""));
            assertThat(client.replies(5))
                    .satisfiesExactly(
                            reply -> assertThat(reply).startsWith("250"),
                            reply -> assertThat(reply).startsWith("250"),
                            reply -> assertThat(reply).startsWith("450 4.7.1 Too many recipients from 203.0.113.7"),
                            reply -> assertThat(reply).startsWith("450 4.7.1"),
                            reply -> assertThat(reply).startsWith("354"));
            client.send("x\r\n.\r\n");
            assertThat(client.reply()).startsWith("250 2.0.0");

            await().untilAsserted(() -> assertThat(running.events.events)
                    .filteredOn(event -> event.kind() == EventKind.REJECTED)
                    .extracting(
                            (MailEvent event) -> event.message().orElseThrow().recipient())
                    .containsExactly("b@open.example", "c@open.example"));
        }
    }

    @TestFactory
    Stream<DynamicTest> conversations() {
        RunningListener running = limited(
                Setup.USUAL.behind("127.0.0.0/8").in(ListenerMode.SUBMISSION), new ClientAllowance(0, 0, 0, 0, 2));
        return DialogueRunner.against("127.0.0.1", running.port())
                .testsOf(Path.of("src/test/resources/limited-dialogues"))
                .onClose(running::close);
    }

    @Test
    void limitsNothingOfAnExemptNetwork() {
        ClientLimits clients = new CountedClients(
                new ClientAllowance(1, 1, 1, 1, 1),
                new ClientExemptions(List.of(IpNetwork.parse("203.0.113.0/24")), client -> false),
                exceeded::add,
                System::nanoTime);
        try (RunningListener running = RunningListener.of(Setup.USUAL.behind("127.0.0.0/8"), clients);
                WireClient one = greeted("203.0.113.7", running);
                WireClient two = greeted("203.0.113.7", running)) {
            assertThat(one.say("MAIL FROM:<a@partner.example>", "RCPT TO:<a@open.example>"))
                    .startsWith("250");
            assertThat(two.say("MAIL FROM:<a@partner.example>", "RCPT TO:<a@open.example>"))
                    .startsWith("250");
        }
        assertThat(exceeded).isEmpty();
    }

    private RunningListener limited(ClientAllowance allowance) {
        return limited(Setup.USUAL.behind("127.0.0.0/8"), allowance);
    }

    private RunningListener limited(Setup setup, ClientAllowance allowance) {
        return RunningListener.of(
                setup,
                new CountedClients(
                        allowance, new ClientExemptions(List.of(), client -> false), exceeded::add, System::nanoTime));
    }

    private static WireClient from(String address, RunningListener running) {
        WireClient client = new WireClient(running.port());
        String family =
                address.contains(":") ? "TCP6 " + address + " 2001:db8:ffff::1" : "TCP4 " + address + " 192.0.2.1";
        client.send("PROXY " + family + " 50000 25\r\n");
        return client;
    }

    private static WireClient greeted(String address, RunningListener running) {
        WireClient client = from(address, running);
        client.reply();
        client.say("EHLO client.example");
        return client;
    }
}
