package io.sekisho.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.systemtests.arena.ManagedDomains;
import io.sekisho.systemtests.traffic.ClientSession;
import io.sekisho.testkit.peer.Reaction;
import io.sekisho.testkit.peer.RecordedMessage;
import io.sekisho.testkit.peer.RecordedSession;
import io.sekisho.testkit.peer.ScriptedSmtpServer;
import io.sekisho.testkit.peer.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A destination that accepts connections and never answers, with as much mail as all the others: told by counts, not by time. */
@ExtendWith(SharedArena.class)
class SilentDestinationTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** More than the pods hold in hand, so that whoever waits for the silent one would be seen. */
    private static final int MESSAGES = 1_200;

    /** What the cluster allows itself at a destination that it knows nothing of. */
    private static final int INITIAL_CONCURRENCY = 20;

    @Test
    void keepsNobodyElsesMailAndGetsItsOwnWhenItAnswers(Cluster cluster) throws Exception {
        try (ScriptedSmtpServer silent = ScriptedSmtpServer.settings().start();
                ScriptedSmtpServer lively = ScriptedSmtpServer.settings().start()) {
            ManagedDomains domains = new ManagedDomains(cluster);
            domains.register("silent.example", silent.port());
            domains.register("lively.example", lively.port());
            silent.nowOn(Step.BANNER, "", Reaction.silence());

            // All of the silent one's mail stands in the queue before the others'.
            send(cluster, "silent.example");
            send(cluster, "lively.example");

            List<RecordedMessage> arrived = lively.awaitMessages(MESSAGES, PATIENCE);
            assertThat(arrived).hasSize(MESSAGES);
            assertThat(silent.accepted()).isEmpty();
            assertThat(open(silent)).as("connections to it at once").isLessThanOrEqualTo(INITIAL_CONCURRENCY);

            silent.recover();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(subjects(silent)).isEqualTo(MESSAGES));
            assertThat(silent.sessions().stream()
                            .filter(session -> session.messages().isEmpty()))
                    .as("connections that found it silent: the first ones, and probes")
                    .hasSizeLessThan(10 * INITIAL_CONCURRENCY);
        }
    }

    private static long open(ScriptedSmtpServer server) {
        return server.sessions().stream().filter(session -> !session.hasEnded()).count();
    }

    private static long subjects(ScriptedSmtpServer server) {
        return server.sessions().stream()
                .map(RecordedSession::messages)
                .flatMap(List::stream)
                .map(message -> message.text().replaceFirst("(?s).*Subject: (\\d+)\r\n.*", "$1"))
                .distinct()
                .count();
    }

    private static void send(Cluster cluster, String domain) throws IOException {
        try (ClientSession session = new ClientSession(cluster.smtpPort(), ClientSession.Security.PLAIN)) {
            for (int i = 0; i < MESSAGES; i++) {
                session.open("sender@partner.example", List.of("box@" + domain));
                session.content(("From: <sender@partner.example>\r\nSubject: " + i + "\r\n\r\nHello.\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                assertThat(session.reply()).startsWith("250");
            }
            session.quit();
        }
    }
}
