package io.sekisho.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.localstack.cluster.Service;
import io.sekisho.testkit.peer.ScriptedSmtpServer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each service in turn is killed with -9 in mid-traffic and started again: what was answered 250 arrives. */
@ExtendWith(SharedCluster.class)
class NothingAcknowledgedIsLostTest {

    private static final int CLIENTS = 8;
    private static final int BEFORE_THE_KILL = 150;
    private static final int AFTER_THE_RESTART = 150;

    @ParameterizedTest
    @EnumSource(Service.class)
    void losesNothingWhenAServiceIsKilledInMidTraffic(Service victim, Cluster cluster) throws Exception {
        String domain = "kill-" + victim.id() + ".example";
        try (ScriptedSmtpServer nextHop = ScriptedSmtpServer.settings().start()) {
            new ManagedDomains(cluster).register(domain, nextHop);
            Set<Integer> acknowledged = sendThroughAKill(victim, cluster, "box@" + domain);
            String summary = awaitArrival(nextHop, acknowledged);
            System.out.println("kill -9 of " + victim.id() + ": " + summary);
            awaitTracked(cluster, domain, acknowledged.size());
        }
    }

    private static Set<Integer> sendThroughAKill(Service victim, Cluster cluster, String recipient) throws Exception {
        try (NumberedSender sender = new NumberedSender(cluster.smtpPort(), recipient, CLIENTS)) {
            awaitAcknowledged(sender, BEFORE_THE_KILL);
            cluster.first(victim).kill();
            if (victim != Service.INGRESS) {
                awaitAcknowledged(sender, sender.acknowledgedCount() + 50);
            }
            cluster.first(victim).startAndAwait();
            awaitAcknowledged(sender, sender.acknowledgedCount() + AFTER_THE_RESTART);
            sender.stop();
            return sender.acknowledged();
        }
    }

    private static void awaitAcknowledged(NumberedSender sender, int count) {
        await("acknowledged messages")
                .atMost(Duration.ofSeconds(90))
                .until(sender::acknowledgedCount, found -> found >= count);
    }

    /** Waits past the lease of a claim that the killed pod left behind. */
    private static String awaitArrival(ScriptedSmtpServer nextHop, Set<Integer> acknowledged) {
        await("every acknowledged message at the far end")
                .atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> {
                    Set<Integer> missing = new TreeSet<>(acknowledged);
                    missing.removeAll(new HashSet<>(numbers(nextHop)));
                    assertThat(missing).as("acknowledged and not arrived").isEmpty();
                });
        List<Integer> arrived = numbers(nextHop);
        int doubled = arrived.size() - new HashSet<>(arrived).size();
        return "acknowledged %d, delivered %d, lost 0, doubled %d"
                .formatted(acknowledged.size(), arrived.size() - doubled, doubled);
    }

    private static List<Integer> numbers(ScriptedSmtpServer nextHop) {
        return nextHop.accepted().stream()
                .map(message ->
                        Integer.valueOf(message.header(NumberedSender.FIELD).orElseThrow()))
                .collect(Collectors.toList());
    }

    private static void awaitTracked(Cluster cluster, String domain, int acknowledged) {
        await("every acknowledged message tracked as delivered")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(deliveredRows(cluster, domain)).isGreaterThanOrEqualTo(acknowledged));
    }

    private static int deliveredRows(Cluster cluster, String domain) {
        Rest rest = new Rest(cluster);
        String search = "/api/v1/messages?limit=500&status=DELIVERED&domain=" + domain;
        int rows = 0;
        String cursor = "";
        do {
            JsonNode page = rest.must(Service.TRACKING, "GET", search + cursor, null);
            rows += page.path("items").size();
            JsonNode following = page.path("nextCursor");
            cursor = following.isTextual() ? "&cursor=" + following.asText() : "";
        } while (!cursor.isEmpty());
        return rows;
    }
}
