package io.sekisho.policyservice.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.sekisho.mail.json.WireJson;
import io.sekisho.mail.policy.PolicyHead;
import io.sekisho.mail.policy.PolicyKeys;
import io.sekisho.mail.policy.PolicyRevision;
import io.sekisho.policyservice.PolicyTestSetup;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a second publisher can do to the policy that the first one publishes: nothing. */
@QuarkusTest
class FenceTest extends PolicyTestSetup {
    private static final String GHOST = "ghost.example";
    private static final PublishedChange.Effect EFFECT = new PublishedChange.Put("{}");

    @Inject
    PublishedPolicy published;

    @Inject
    PublisherState state;

    @Inject
    RedisDataSource redis;

    @Inject
    Pool pool;

    @BeforeEach
    void awaitPublication() {
        soon().until(() -> state.now().phase() == PublisherState.Phase.PUBLISHING
                && state.now().lag() == 0);
    }

    @Test
    void refusesAChangeThatIsNotTheNext() {
        PolicyHead head = head();
        assertThat(change(head.epoch(), head.n())).isEqualTo(PublishedPolicy.Step.REFUSED);
        assertThat(change(head.epoch(), head.n() + 2)).isEqualTo(PublishedPolicy.Step.REFUSED);
        assertThat(change("another", head.n() + 1)).isEqualTo(PublishedPolicy.Step.REFUSED);
        assertThat(redis.hash(String.class).hexists(PolicyKeys.snapshot(head.epoch()), GHOST))
                .isFalse();
        assertThat(head().n()).isEqualTo(head.n());
    }

    @Test
    void refusesASignOfLifeOfAnotherState() {
        PolicyHead head = head();
        assertThat(beat(new PolicyRevision(head.epoch(), head.n() + 1))).isEqualTo(PublishedPolicy.Step.REFUSED);
        assertThat(beat(new PolicyRevision("another", head.n()))).isEqualTo(PublishedPolicy.Step.REFUSED);
        assertThat(beat(head.revision())).isEqualTo(PublishedPolicy.Step.MADE);
    }

    @Test
    void refusesASnapshotThatWasOvertaken() {
        PolicyHead head = head();
        PublishedPolicy.Seen seen = published.head().await().indefinitely();
        beat(head.revision());
        String filled = PolicyKeys.snapshot(head.epoch()) + ":unfinished:test";
        published.fill(filled, Map.of(GHOST, "{}")).await().indefinitely();
        assertThat(published
                        .replace(seen, head.revision(), filled, filled + ":keys")
                        .await()
                        .indefinitely())
                .isEqualTo(PublishedPolicy.Step.REFUSED);
        assertThat(redis.hash(String.class).hexists(PolicyKeys.snapshot(head.epoch()), GHOST))
                .isFalse();
        assertThat(redis.key().ttl(filled)).isBetween(1L, 600L);
    }

    @Test
    void givesTheLeaseToOnePodAtATime() {
        PublisherLease other = new PublisherLease(pool);
        assertThat(other.hold().await().indefinitely()).isFalse();
        // As if this pod had been frozen for longer than its lease lasts.
        soon().until(() -> {
            pool.query("UPDATE publisher_lease SET expires_at = 'epoch'").executeAndAwait();
            return new PublisherLease(pool).hold().await().indefinitely();
        });
        soon().until(() -> state.now().phase() == PublisherState.Phase.STANDING_BY);
        // The test's pod never renews: this one takes over when the lease has run out.
        soon().until(() -> state.now().phase() == PublisherState.Phase.PUBLISHING);
        PolicyHead head = head();
        newDomain();
        soon().until(() -> head().n() > head.n());
    }

    private PublishedPolicy.Step change(String epoch, long n) {
        return published
                .change(epoch, new PublishedChange(n, PolicyKeys.KIND_DOMAIN, GHOST, EFFECT))
                .await()
                .indefinitely();
    }

    private PublishedPolicy.Step beat(PolicyRevision revision) {
        return published.beat(revision).await().indefinitely();
    }

    private PolicyHead head() {
        return WireJson.read(redis.value(String.class).get(PolicyKeys.HEAD), PolicyHead.class);
    }

    private static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofSeconds(15)).pollInterval(Duration.ofMillis(50));
    }
}
