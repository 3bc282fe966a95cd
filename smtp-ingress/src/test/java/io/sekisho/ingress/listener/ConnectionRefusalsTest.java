package io.sekisho.ingress.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whoever gets no session is counted by the reason, and takes no place with it. */
class ConnectionRefusalsTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void answers421WhereOtherListenersHaveThePlacesOfTheProcess() {
        try (RunningListener running = RunningListener.with(2, LONG)) {
            assertThat(running.process.take()).isTrue();
            try (WireClient one = WireClient.greeted(running.port())) {
                for (int i = 0; i < 3; i++) {
                    try (WireClient two = new WireClient(running.port())) {
                        assertThat(two.reply()).startsWith("421 4.3.2");
                    }
                }
                running.process.give();

                // Its place at the listener was not lost with the refusals.
                try (WireClient two = new WireClient(running.port())) {
                    assertThat(two.reply()).startsWith("220");
                }
                assertThat(one.say("NOOP")).startsWith("250");
            }
            assertThat(refused(running, "full")).isEqualTo(3);
            await().until(() -> running.process.taken() == 0);
        }
    }

    @Test
    void countsWhoIsNoBalancer() {
        try (RunningListener running = RunningListener.behind("192.0.2.0/24");
                WireClient client = new WireClient(running.port())) {
            assertThat(client.reply()).startsWith("421 4.3.5");

            assertThat(refused(running, "not-a-balancer")).isEqualTo(1);
            assertThat(running.counted("connections")).isZero();
        }
    }

    @Test
    void countsABalancersConnectionWithoutAHeader() {
        try (RunningListener running = RunningListener.behind("127.0.0.0/8");
                WireClient client = new WireClient(running.port())) {
            client.send("EHLO client.example\r\n");
            assertThat(client.reply()).isEmpty();

            await().untilAsserted(
                            () -> assertThat(refused(running, "no-header")).isEqualTo(1));
            assertThat(running.process.taken()).isZero();
        }
    }

    @Test
    void countsWhoComesWhileTheServiceGoesDown() {
        try (RunningListener running = RunningListener.with(10, LONG);
                WireClient busy = WireClient.greeted(running.port())) {
            busy.say("MAIL FROM:<a@partner.example>");
            var drained = running.listener().drain(Duration.ofMillis(100)).subscribeAsCompletionStage();
            await().until(drained::isDone);

            try (WireClient late = new WireClient(running.port())) {
                assertThat(late.reply()).startsWith("421 4.3.2");
            }
            assertThat(refused(running, "draining")).isEqualTo(1);
        }
    }

    private static double refused(RunningListener running, String reason) {
        return running.counted("connections.refused", "reason", reason);
    }
}
