package io.sekisho.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.localstack.cluster.Endpoint;
import io.sekisho.localstack.cluster.Service;
import io.sekisho.systemtests.arena.ManagedDomains;
import io.sekisho.systemtests.arena.Rest;
import io.sekisho.testkit.outside.Outcome;
import io.sekisho.testkit.outside.OutsideClients;
import io.sekisho.testkit.peer.ScriptedSmtpServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A credential made over REST lets swaks submit mail within moments, and no longer once it is deleted. */
@ExtendWith(SharedArena.class)
class SubmissionTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void aCredentialOpensBothPortsAndItsDeletionClosesThem(Cluster cluster) throws Exception {
        Rest rest = new Rest(cluster);
        String credentials = "/api/v1/domains/users.example/submission-credentials";
        try (ScriptedSmtpServer nextHop = ScriptedSmtpServer.settings().start()) {
            new ManagedDomains(cluster).register("neighbour.example", nextHop.port());
            rest.must(Service.POLICY, "PUT", "/api/v1/domains/users.example", """
                    {"outbound": {"enabled": true}}""");
            JsonNode made = rest.must(Service.POLICY, "POST", credentials, """
                    {"user": "anna", "description": "laptop"}""");
            String secret = made.path("secret").asText();

            await().atMost(PATIENCE)
                    .until(() ->
                            submit(cluster, Endpoint.SUBMISSION, "-tls", secret).isSuccess());
            Outcome implicit = submit(cluster, Endpoint.SUBMISSION_TLS, "-tlsc", secret);

            assertThat(implicit.isSuccess()).as(implicit.output()).isTrue();
            assertThat(nextHop.awaitMessages(2, PATIENCE))
                    .allSatisfy(message -> assertThat(message.text()).contains("with ESMTPSA"));
            await().atMost(PATIENCE).untilAsserted(() -> {
                JsonNode sent = rest.must(
                        Service.TRACKING,
                        "GET",
                        "/api/v1/messages?domain=users.example&status=DELIVERED&upstreamTls=TLSv1.3",
                        null);
                assertThat(sent.path("items")).hasSize(2);
            });

            rest.must(
                    Service.POLICY,
                    "DELETE",
                    credentials + "/" + made.path("id").asText(),
                    null);
            await().atMost(PATIENCE)
                    .until(() -> submit(cluster, Endpoint.SUBMISSION, "-tls", secret)
                            .output()
                            .contains("535 5.7.8"));
        }
    }

    private static Outcome submit(Cluster cluster, Endpoint port, String tls, String secret) {
        return OutsideClients.assumeInstalled("swaks")
                .run(
                        PATIENCE,
                        "--server",
                        "127.0.0.1:" + cluster.ports().of(port),
                        tls,
                        "--auth-user",
                        "anna@users.example",
                        "--auth-password",
                        secret,
                        "--from",
                        "anna@users.example",
                        "--to",
                        "box@neighbour.example");
    }
}
