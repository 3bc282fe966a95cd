package io.sekisho.policyclient;

import static io.sekisho.mail.policy.OutboundProtection.DISABLED;
import static io.sekisho.policyclient.match.PolicyFixtures.domain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekisho.localstack.Infrastructure;
import io.sekisho.localstack.LocalStack;
import io.sekisho.localstack.Piece;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.event.PolicySource;
import io.sekisho.mail.policy.CompiledDomain;
import io.sekisho.mail.policy.CompiledLine;
import io.sekisho.mail.policy.PolicyRevision;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PolicyClientTest {

    private static Infrastructure infrastructure;
    private static Vertx vertx;
    private static ScriptedPolicyService policyService;

    private PublishedPolicy published;
    private PolicyClient client;

    @BeforeAll
    static void startRedis() throws Exception {
        infrastructure = LocalStack.start(EnumSet.of(Piece.REDIS));
        vertx = Vertx.vertx();
        policyService = ScriptedPolicyService.start(vertx);
    }

    @AfterAll
    static void stopRedis() {
        vertx.close();
        infrastructure.close();
    }

    @BeforeEach
    void publish() {
        published = new PublishedPolicy(vertx, infrastructure.redisUrl(), "e1");
        published.flush();
        policyService.goDown();
    }

    @AfterEach
    void close() {
        client.close();
        published.close();
    }

    @Test
    void loadsTheSnapshotAndFollowsEachChange() {
        published.change(domain("a.example", 1, DISABLED));
        start();
        awaitBeating().until(() -> knows("a.example"));
        published.change(domain("b.example", 2, DISABLED));
        published.change(CompiledDomain.tombstone(DomainName.parse("a.example"), new PolicyRevision("e1", 3)));
        awaitBeating().until(() -> knows("b.example") && !knows("a.example"));
        assertThat(usable().table().revision()).isEqualTo(new PolicyRevision("e1", 3));
        assertThat(usable().source()).isEqualTo(PolicySource.STREAM);
    }

    @Test
    void isNotFreshWhereNobodyPublishesAnyMore() {
        published.change(domain("a.example", 1, DISABLED));
        start();
        // One beat was written, before the client looked: it proves nothing about a living publisher.
        await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(4))
                .until(() -> client.current() instanceof PolicyState.Unusable);
    }

    @Test
    void loadsAgainWhereTheStreamLacksAChange() {
        published.change(domain("a.example", 1, DISABLED));
        start();
        awaitBeating().until(() -> knows("a.example"));
        published.changeWithoutAnnouncing(domain("b.example", 2, DISABLED));
        published.change(domain("c.example", 3, DISABLED));
        awaitBeating().until(() -> knows("b.example") && knows("c.example"));
    }

    @Test
    void loadsAgainWhereTheEpochChanges() {
        published.change(domain("a.example", 1, DISABLED));
        start();
        awaitBeating().until(() -> knows("a.example"));
        published.close();
        published = new PublishedPolicy(vertx, infrastructure.redisUrl(), "e2");
        published.change(domain("b.example", 1, DISABLED));
        awaitBeating().until(() -> knows("b.example") && !knows("a.example"));
    }

    @Test
    void asksPolicyServiceWhereRedisHasNothing() {
        policyService.answer(List.of(
                CompiledLine.start(new PolicyRevision("e1", 1), true),
                CompiledLine.of(domain("a.example", 1, DISABLED)),
                CompiledLine.end(1, 1)));
        start();
        await().atMost(Duration.ofSeconds(10)).until(() -> knows("a.example"));
        assertThat(usable().source()).isEqualTo(PolicySource.HTTP);
    }

    @Test
    void neverUsesAnAnswerThatWasCutOff() {
        policyService.answer(List.of(
                CompiledLine.start(new PolicyRevision("e1", 2), true),
                CompiledLine.of(domain("a.example", 1, DISABLED)),
                CompiledLine.end(2, 2)));
        start();
        await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(4))
                .until(() -> client.current() instanceof PolicyState.Unusable);
    }

    @Test
    void returnsToTheStreamWhenRedisIsPublishedToAgain() {
        policyService.answer(List.of(
                CompiledLine.start(new PolicyRevision("e1", 1), true),
                CompiledLine.of(domain("a.example", 1, DISABLED)),
                CompiledLine.end(1, 1)));
        start();
        await().atMost(Duration.ofSeconds(10)).until(() -> knows("a.example"));
        published.change(domain("a.example", 1, DISABLED));
        awaitBeating().until(() -> usable().source() == PolicySource.STREAM);
        published.change(domain("b.example", 2, DISABLED));
        awaitBeating().until(() -> knows("b.example"));
    }

    private void start() {
        client = PolicyClient.start(
                vertx,
                new PolicyClientSettings(
                        infrastructure.redisUrl(),
                        policyService.url(),
                        ScriptedPolicyService.KEY,
                        Duration.ofHours(1)));
    }

    /** Waits, and lets the publisher's heart beat at each look. */
    private ConditionFactory awaitBeating() {
        return await().atMost(Duration.ofSeconds(15)).conditionEvaluationListener(look -> published.beat());
    }

    private boolean knows(String domain) {
        return client.current() instanceof PolicyState.Usable usable
                && usable.table().domain(DomainName.parse(domain)).isPresent();
    }

    private PolicyState.Usable usable() {
        return (PolicyState.Usable) client.current();
    }
}
