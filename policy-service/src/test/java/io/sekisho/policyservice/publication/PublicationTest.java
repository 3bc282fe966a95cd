package io.sekisho.policyservice.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.stream.StreamMessage;
import io.quarkus.redis.datasource.stream.StreamRange;
import io.quarkus.test.junit.QuarkusTest;
import io.sekisho.mail.access.ApiKeyGrant;
import io.sekisho.mail.access.Role;
import io.sekisho.mail.access.SecretHash;
import io.sekisho.mail.json.WireJson;
import io.sekisho.mail.policy.CompiledDomain;
import io.sekisho.mail.policy.PolicyHead;
import io.sekisho.mail.policy.PolicyKeys;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.policyservice.PolicyTestSetup;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PublicationTest extends PolicyTestSetup {

    @Inject
    RedisDataSource redis;

    @Inject
    Pool pool;

    @BeforeEach
    void awaitPublication() {
        soon().untilAsserted(() -> assertThat(head().orElseThrow().n()).isEqualTo(databaseN()));
    }

    @Test
    void publishesAChangeWithinASecond() {
        String name = newDomain();
        Awaitility.await()
                .atMost(Duration.ofSeconds(1))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(published(name)).isPresent());
        newPeer(name, "{\"direction\":\"INBOUND\",\"peer\":\"192.0.2.0/24\",\"level\":\"MANDATORY\"}");
        Awaitility.await()
                .atMost(Duration.ofSeconds(1))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(
                        () -> assertThat(published(name).orElseThrow().peers()).hasSize(1));
        assertThat(published(name).orElseThrow().peers().get(0).level()).isEqualTo(SecurityLevel.MANDATORY);
        assertThat(published(name).orElseThrow().revision())
                .isEqualTo(head().orElseThrow().revision());
    }

    @Test
    void numbersTheChangesWithoutAGap() {
        long before = head().orElseThrow().n();
        String name = newDomain();
        newPeer(name, "{\"direction\":\"INBOUND\",\"peer\":\"a.example\",\"level\":\"MANDATORY\"}");
        newKey("auditor");
        asAdmin().delete(DOMAINS + name).then().statusCode(204);
        soon().untilAsserted(() -> assertThat(head().orElseThrow().n()).isEqualTo(before + 4));
        List<StreamMessage<String, String, String>> changes = changesAfter(before);
        assertThat(changes)
                .extracting(StreamMessage::id)
                .containsExactlyElementsOf(LongStream.rangeClosed(before + 1, before + 4)
                        .mapToObj(n -> n + "-0")
                        .toList());
        assertThat(changes)
                .extracting(change -> change.payload().get(PolicyKeys.CHANGE_KIND))
                .containsExactly("domain", "domain", "api-key", "domain");
        assertThat(changes.get(3).payload()).containsEntry(PolicyKeys.CHANGE_NAME, name);
        assertThat(published(name)).isEmpty();
    }

    @Test
    void catchesUpWithManyChangesOfOneName() {
        String name = newDomain();
        soon().untilAsserted(() -> assertThat(published(name)).isPresent());
        PolicyHead before = head().orElseThrow();
        newPeer(name, "{\"direction\":\"INBOUND\",\"peer\":\"a.example\",\"level\":\"MANDATORY\"}");
        newPeer(name, "{\"direction\":\"INBOUND\",\"peer\":\"b.example\",\"level\":\"MANDATORY\"}");
        String gone = newDomain();
        asAdmin().delete(DOMAINS + gone).then().statusCode(204);
        soon().untilAsserted(() -> assertThat(head().orElseThrow().n()).isEqualTo(before.n() + 4));
        // As if this publisher had just come and found the four changes.
        redis.key().del(PolicyKeys.changes(before.epoch()));
        redis.hash(String.class).hdel(PolicyKeys.snapshot(before.epoch()), name);
        redis.value(String.class).set(PolicyKeys.HEAD, WireJson.string(before));
        soon().untilAsserted(() -> {
            assertThat(changesAfter(before.n())).hasSize(4);
            assertThat(published(name).orElseThrow().peers()).hasSize(2);
            assertThat(published(gone)).isEmpty();
        });
    }

    @Test
    void countsTheDomainsInTheHead() {
        newDomain();
        soon().untilAsserted(() -> {
            PolicyHead head = head().orElseThrow();
            assertThat(head.domains()).isEqualTo(redis.hash(String.class).hlen(PolicyKeys.snapshot(head.epoch())));
            assertThat(head.domains()).isEqualTo(count("SELECT count(*) FROM managed_domain"));
        });
    }

    @Test
    void publishesAndWithdrawsKeys() {
        String key = newKey("domain-admin", "example.com");
        String hash = SecretHash.of(key);
        soon().untilAsserted(() -> assertThat(publishedKey(hash)).isPresent());
        ApiKeyGrant grant = publishedKey(hash).orElseThrow();
        assertThat(grant.role()).isEqualTo(Role.DOMAIN_ADMIN);
        assertThat(grant.domains()).extracting(Object::toString).containsExactly("example.com");
        asAdmin().delete("/api/v1/api-keys/" + grant.id()).then().statusCode(204);
        soon().untilAsserted(() -> assertThat(publishedKey(hash)).isEmpty());
    }

    @Test
    void showsThatItLivesEverySecond() {
        long beat = head().orElseThrow().beat();
        Awaitility.await()
                .atMost(Duration.ofSeconds(4))
                .until(() -> head().orElseThrow().beat() >= beat + 2);
        assertThat(head().orElseThrow().n()).isEqualTo(databaseN());
    }

    @Test
    void publishesEverythingAgainAfterAFlush() {
        String name = newDomain();
        String key = newKey("auditor");
        soon().untilAsserted(() -> assertThat(published(name)).isPresent());
        redis.flushall();
        soon().untilAsserted(() -> {
            assertThat(head()).map(PolicyHead::n).contains(databaseN());
            assertThat(published(name)).isPresent();
            assertThat(publishedKey(SecretHash.of(key))).isPresent();
        });
        long n = head().orElseThrow().n();
        newDomain();
        soon().untilAsserted(() -> assertThat(changesAfter(n)).hasSize(1));
        assertThat(redis.key().ttl(PolicyKeys.snapshot(head().orElseThrow().epoch())))
                .isEqualTo(-1);
    }

    @Test
    void goesOnWhereARedisThatLostItsLastSecondsStands() {
        String first = newDomain();
        soon().untilAsserted(() -> assertThat(published(first)).isPresent());
        PolicyHead old = head().orElseThrow();
        String second = newDomain();
        soon().untilAsserted(() -> assertThat(published(second)).isPresent());
        // What the append-only file lost with the last second: the head, the entry and the domain.
        redis.execute(
                "EVAL",
                "redis.call('XDEL', KEYS[2], ARGV[2]) redis.call('DEL', KEYS[2]) redis.call('HDEL', KEYS[3], ARGV[3]) redis.call('SET', KEYS[1], ARGV[1])",
                "3",
                PolicyKeys.HEAD,
                PolicyKeys.changes(old.epoch()),
                PolicyKeys.snapshot(old.epoch()),
                WireJson.string(old),
                (old.n() + 1) + "-0",
                second);
        soon().untilAsserted(() -> {
            assertThat(published(second)).isPresent();
            assertThat(head().orElseThrow().n()).isEqualTo(databaseN());
            assertThat(changesAfter(old.n())).hasSize(1);
        });
    }

    @Test
    void beginsAnEpochWhereRedisIsAheadOfTheDatabase() {
        String name = newDomain();
        soon().untilAsserted(() -> assertThat(published(name)).isPresent());
        PolicyHead old = head().orElseThrow();
        redis.value(String.class)
                .set(PolicyKeys.HEAD, WireJson.string(new PolicyHead(old.epoch(), old.n() + 1_000, 7, old.beat())));
        soon().untilAsserted(() -> {
            assertThat(head().orElseThrow().epoch()).isNotEqualTo(old.epoch());
            assertThat(head().orElseThrow().n()).isEqualTo(databaseN());
            assertThat(published(name)).isPresent();
        });
        assertThat(redis.key().ttl(PolicyKeys.snapshot(old.epoch()))).isBetween(1L, 600L);
        assertThat(published(name).orElseThrow().revision().epoch())
                .isEqualTo(head().orElseThrow().epoch());
        String later = newDomain();
        soon().untilAsserted(() -> assertThat(published(later)).isPresent());
    }

    @Test
    void repairsAHeadThatIsNoHead() {
        redis.value(String.class).set(PolicyKeys.HEAD, "garbage");
        soon().untilAsserted(() -> assertThat(head()).map(PolicyHead::n).contains(databaseN()));
    }

    @Test
    void tellsASnapshotWhereTheOutboxWasTrimmed() {
        PolicyHead old = head().orElseThrow();
        pool.query("DELETE FROM policy_change").executeAndAwait();
        redis.value(String.class)
                .set(
                        PolicyKeys.HEAD,
                        WireJson.string(new PolicyHead(old.epoch(), old.n() - 1, old.domains(), old.beat())));
        soon().untilAsserted(() -> {
            assertThat(head().orElseThrow().n()).isEqualTo(databaseN());
            assertThat(redis.key().exists(PolicyKeys.changes(old.epoch()))).isFalse();
        });
    }

    private static ConditionFactory soon() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions();
    }

    private Optional<PolicyHead> head() {
        return Optional.ofNullable(redis.value(String.class).get(PolicyKeys.HEAD))
                .map(json -> WireJson.read(json, PolicyHead.class));
    }

    private Optional<CompiledDomain> published(String name) {
        String key = PolicyKeys.snapshot(head().orElseThrow().epoch());
        return Optional.ofNullable(redis.hash(String.class).hget(key, name))
                .map(json -> WireJson.read(json, CompiledDomain.class));
    }

    private Optional<ApiKeyGrant> publishedKey(String hash) {
        return Optional.ofNullable(redis.hash(String.class).hget(PolicyKeys.API_KEYS, hash))
                .map(json -> WireJson.read(json, ApiKeyGrant.class));
    }

    private List<StreamMessage<String, String, String>> changesAfter(long n) {
        return redis.stream(String.class)
                .xrange(PolicyKeys.changes(head().orElseThrow().epoch()), StreamRange.of("(" + n + "-0", "+"));
    }

    private long databaseN() {
        return count("SELECT n FROM policy_counter");
    }

    private long count(String sql) {
        return pool.query(sql).executeAndAwait().iterator().next().getLong(0);
    }
}
