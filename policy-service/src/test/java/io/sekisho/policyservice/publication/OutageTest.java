package io.sekisho.policyservice.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.sekisho.localstack.Infrastructure;
import io.sekisho.localstack.Piece;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.event.PolicySource;
import io.sekisho.mail.json.WireJson;
import io.sekisho.mail.policy.PolicyHead;
import io.sekisho.mail.policy.PolicyKeys;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.policyclient.PolicyClient;
import io.sekisho.policyclient.PolicyClientSettings;
import io.sekisho.policyclient.PolicyState;
import io.sekisho.policyclient.match.ManagedDomain;
import io.sekisho.policyservice.PolicyConfiguration;
import io.sekisho.policyservice.PolicyTestSetup;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the gateway's own policy client sees of this service, while Redis or PostgreSQL are away. */
@QuarkusTest
class OutageTest extends PolicyTestSetup {
    Infrastructure infrastructure;

    @Inject
    RedisDataSource redis;

    @Inject
    Vertx vertx;

    private PolicyClient client;

    @BeforeEach
    void startClient() {
        client = PolicyClient.start(
                vertx,
                new PolicyClientSettings(
                        infrastructure.redisUrl(),
                        "http://127.0.0.1:" + RestAssured.port,
                        PolicyConfiguration.SERVICE_KEY,
                        Duration.ofHours(1)));
    }

    @AfterEach
    void stopClient() {
        client.close();
    }

    @Test
    void reachesTheGatewayWithinASecondThroughRedisAndThroughHttpWithoutIt() {
        String name = newDomain();
        soon().until(() -> sees(name, PolicySource.STREAM));
        newPeer(name, "{\"direction\":\"INBOUND\",\"peer\":\"192.0.2.1\",\"level\":\"MANDATORY\"}");
        Awaitility.await()
                .atMost(Duration.ofSeconds(1))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> level(name) == SecurityLevel.MANDATORY);
        infrastructure.kill(Piece.REDIS);
        try {
            String later = newDomain();
            soon().until(() -> sees(later, PolicySource.HTTP));
            asAdmin().delete(DOMAINS + name).then().statusCode(204);
            soon().until(() -> domain(name).isEmpty());
            RestAssured.get("/q/health/ready")
                    .then()
                    .statusCode(200)
                    .body("checks.data.state.toString()", containsString("redis unreachable"));
        } finally {
            infrastructure.restart(Piece.REDIS);
        }
        String last = newDomain();
        soon().until(() -> sees(last, PolicySource.STREAM));
        assertThat(domain(name)).isEmpty();
    }

    @Test
    void givesNoSignOfLifeWhileTheDatabaseDoesNotAnswer() {
        soon().until(() -> head().isPresent());
        infrastructure.pause(Piece.POSTGRES);
        try {
            long beat = head().orElseThrow().beat();
            asAdmin().get("/api/v1/domains").then().statusCode(503).contentType("application/problem+json");
            // At most the beat that was under way.
            assertThat(head().orElseThrow().beat()).isLessThanOrEqualTo(beat + 1);
        } finally {
            infrastructure.resume(Piece.POSTGRES);
        }
        long beat = head().orElseThrow().beat();
        soon().until(() -> head().orElseThrow().beat() > beat);
        newDomain();
    }

    @Test
    void goesOnAfterTheDatabaseWasKilled() {
        String name = newDomain();
        infrastructure.restart(Piece.POSTGRES);
        // Answers of connections that died with the old server may come first.
        soon().until(() -> asAdmin().get(DOMAINS + name).statusCode() == 200);
        String later = newName();
        soon().until(() -> asAdmin().body("{}").put(DOMAINS + later).statusCode() < 300);
        soon().until(() -> sees(later, PolicySource.STREAM));
    }

    private static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(50));
    }

    private boolean sees(String name, PolicySource source) {
        return client.current() instanceof PolicyState.Usable usable
                && usable.source() == source
                && usable.table().domain(DomainName.parse(name)).isPresent();
    }

    private Optional<ManagedDomain> domain(String name) {
        return client.current() instanceof PolicyState.Usable usable
                ? usable.table().domain(DomainName.parse(name))
                : Optional.empty();
    }

    private SecurityLevel level(String name) {
        return domain(name)
                .map(domain -> domain.inbound(IpAddress.parse("192.0.2.1"), Optional.empty())
                        .desired()
                        .level())
                .orElseThrow();
    }

    private Optional<PolicyHead> head() {
        return Optional.ofNullable(redis.value(String.class).get(PolicyKeys.HEAD))
                .map(json -> WireJson.read(json, PolicyHead.class));
    }
}
