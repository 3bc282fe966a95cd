package io.sekisho.policyclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekisho.localstack.Infrastructure;
import io.sekisho.localstack.LocalStack;
import io.sekisho.localstack.Piece;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.event.PolicySource;
import io.sekisho.mail.policy.CompiledDomain;
import io.sekisho.mail.policy.CompiledLine;
import io.sekisho.mail.policy.OutboundProtection;
import io.sekisho.mail.policy.PolicyRevision;
import io.sekisho.policyclient.match.PolicyFixtures;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a process may still decide, and says about it, while what the policy comes from is away: one test for each row of the architecture's table. */
class DegradationTest {
    private static final String KNOWN = "known.example";

    private static Infrastructure infrastructure;
    private static Vertx vertx;
    private static ScriptedPolicyService service;

    private final AtomicBoolean publisherLives = new AtomicBoolean(true);
    private PublishedPolicy published;
    private PolicyClient client;

    @BeforeAll
    static void startRedis() throws Exception {
        infrastructure = LocalStack.start(EnumSet.of(Piece.REDIS));
        vertx = Vertx.vertx();
        service = ScriptedPolicyService.start(vertx);
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
        published.change(domain(KNOWN, 1));
        serve(1, KNOWN);
    }

    @AfterEach
    void close() {
        client.close();
        published.close();
        infrastructure.restart(Piece.REDIS);
    }

    @Test
    void decidesFromTheStreamWhileAllIsThere() {
        start(Duration.ofHours(1));
        awaiting().until(() -> source() == PolicySource.STREAM && knows(KNOWN));
    }

    @Test
    void asksPolicyServiceWhileRedisIsDown() {
        startAndSettle(Duration.ofHours(1));
        infrastructure.kill(Piece.REDIS);
        serve(2, KNOWN, "later.example");
        await().atMost(Duration.ofSeconds(30)).until(() -> source() == PolicySource.HTTP && knows("later.example"));
        assertThat(usable().isFresh()).isTrue();
    }

    @Test
    void goesOnWithWhatItHasWhilePolicyServiceIsDown() {
        startAndSettle(Duration.ofHours(1));
        // Redis answers, but nobody publishes into it any more.
        publisherLives.set(false);
        service.goDown();
        awaiting().until(() -> source() == PolicySource.STALE);
        assertThat(usable().isFresh()).isFalse();
        assertThat(knows(KNOWN)).isTrue();
    }

    @Test
    void goesOnWithWhatItHasWhileBothAreDown() {
        startAndSettle(Duration.ofHours(1));
        publisherLives.set(false);
        service.goDown();
        infrastructure.kill(Piece.REDIS);
        awaiting().until(() -> source() == PolicySource.STALE);
        assertThat(knows(KNOWN)).isTrue();
    }

    @Test
    void determinesNothingAfterAColdStartWhileBothAreDown() {
        service.goDown();
        infrastructure.kill(Piece.REDIS);
        start(Duration.ofHours(1));
        await().during(Duration.ofSeconds(3))
                .atMost(Duration.ofSeconds(6))
                .until(() -> client.current() instanceof PolicyState.Unusable(String reason)
                        && reason.contains("no complete policy"));
        // And begins to decide when one of them comes.
        serve(1, KNOWN);
        await().atMost(Duration.ofSeconds(30)).until(() -> source() == PolicySource.HTTP && knows(KNOWN));
    }

    @Test
    void determinesNothingBeyondMaxStaleAndRecovers() {
        startAndSettle(Duration.ofSeconds(7));
        publisherLives.set(false);
        service.goDown();
        infrastructure.kill(Piece.REDIS);
        awaiting().until(() -> source() == PolicySource.STALE);
        awaiting()
                .until(() -> client.current() instanceof PolicyState.Unusable(String reason)
                        && reason.contains("max-stale"));
        infrastructure.restart(Piece.REDIS);
        published.close();
        published = new PublishedPolicy(vertx, infrastructure.redisUrl(), "e2");
        published.flush();
        published.change(domain("after.example", 1));
        publisherLives.set(true);
        awaiting().until(() -> source() == PolicySource.STREAM && knows("after.example") && !knows(KNOWN));
    }

    private void startAndSettle(Duration maxStale) {
        start(maxStale);
        awaiting().until(() -> source() == PolicySource.STREAM && knows(KNOWN));
    }

    private void start(Duration maxStale) {
        client = PolicyClient.start(
                vertx,
                new PolicyClientSettings(
                        infrastructure.redisUrl(), service.url(), ScriptedPolicyService.KEY, maxStale));
    }

    /** Waits, and lets the publisher's heart beat at each look, while it lives. */
    private ConditionFactory awaiting() {
        return await().atMost(Duration.ofSeconds(40)).conditionEvaluationListener(look -> {
            if (publisherLives.get()) {
                published.beat();
            }
        });
    }

    private static void serve(long n, String... names) {
        List<CompiledDomain> domains =
                Arrays.stream(names).map(name -> domain(name, n)).toList();
        List<CompiledLine> lines = new ArrayList<>();
        lines.add(CompiledLine.start(new PolicyRevision("e1", n), true));
        domains.forEach(domain -> lines.add(CompiledLine.of(domain)));
        lines.add(CompiledLine.end(names.length, names.length));
        service.answer(lines);
    }

    private static CompiledDomain domain(String name, long n) {
        return PolicyFixtures.domain(name, n, OutboundProtection.DISABLED);
    }

    private PolicySource source() {
        return client.current() instanceof PolicyState.Usable usable ? usable.source() : null;
    }

    private boolean knows(String domain) {
        return client.current() instanceof PolicyState.Usable usable
                && usable.table().domain(DomainName.parse(domain)).isPresent();
    }

    private PolicyState.Usable usable() {
        return (PolicyState.Usable) client.current();
    }
}
