package io.sekisho.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sekisho.localstack.Piece;
import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.localstack.cluster.Service;
import io.sekisho.localstack.cluster.ServiceProcess;
import io.sekisho.systemtests.arena.ManagedDomains;
import io.sekisho.systemtests.arena.Rest;
import io.sekisho.testkit.outside.OutsideClients;
import io.sekisho.testkit.peer.ScriptedSmtpServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Redis goes, then policy-service too, then both come back: mail passes all the time, and its events say which copy of the policy decided. */
@ExtendWith(SharedArena.class)
class PolicySourceTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String DOMAIN = "sources.example";

    @Test
    void eventsSayWhichCopyOfThePolicyDecided(Cluster cluster) throws Exception {
        try (ScriptedSmtpServer nextHop = ScriptedSmtpServer.settings().start()) {
            new ManagedDomains(cluster).register(DOMAIN, nextHop.port());
            List<ServiceProcess> policyServices = cluster.copies(Service.POLICY);
            sendWhile(cluster, "STREAM");
            try {
                cluster.infrastructure().kill(Piece.REDIS);
                sendWhile(cluster, "HTTP");
                policyServices.forEach(ServiceProcess::kill);
                sendWhile(cluster, "STALE");
            } finally {
                cluster.infrastructure().restart(Piece.REDIS);
                policyServices.stream().filter(copy -> !copy.isAlive()).forEach(ServiceProcess::startAndAwait);
            }
            awaitSource(cluster, "STREAM");
            for (String source : List.of("STREAM", "HTTP", "STALE")) {
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(sources(cluster, source))
                                .isNotEmpty()
                                .allMatch(source::equals));
            }
        }
    }

    private static void sendWhile(Cluster cluster, String source) {
        awaitSource(cluster, source);
        assertThat(OutsideClients.assumeInstalled("swaks")
                        .run(
                                PATIENCE,
                                "--server",
                                "127.0.0.1:" + cluster.smtpPort(),
                                "--from",
                                "anna@partner.example",
                                "--to",
                                "box@" + DOMAIN,
                                "--header",
                                "Subject: decided by " + source)
                        .isSuccess())
                .isTrue();
    }

    /** What every ingress says of its table. */
    private static void awaitSource(Cluster cluster, String source) {
        Rest rest = new Rest(cluster);
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> cluster.copies(Service.INGRESS).stream()
                        .allMatch(copy -> StreamSupport.stream(
                                        rest.call(copy.url(), "GET", "/q/health/ready", null)
                                                .body()
                                                .path("checks")
                                                .spliterator(),
                                        false)
                                .anyMatch(check -> check.path("data")
                                        .path("source")
                                        .asText()
                                        .equals(source))));
    }

    /** Of the steps at ingress of the message that was sent then. */
    private static List<String> sources(Cluster cluster, String source) {
        Rest rest = new Rest(cluster);
        JsonNode found =
                rest.must(Service.TRACKING, "GET", "/api/v1/messages?domain=" + DOMAIN + "&subject=*" + source, null);
        JsonNode details = rest.must(
                Service.TRACKING,
                "GET",
                "/api/v1/messages/" + found.path("items").path(0).path("id").asText(),
                null);
        return StreamSupport.stream(details.path("actions").spliterator(), false)
                .filter(action -> action.path("kind").asText().equals("QUEUED"))
                .map(action -> action.path("policy").path("source").asText())
                .toList();
    }
}
