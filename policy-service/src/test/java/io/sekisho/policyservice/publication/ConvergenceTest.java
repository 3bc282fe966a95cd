package io.sekisho.policyservice.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.sekisho.localstack.Infrastructure;
import io.sekisho.localstack.Piece;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.event.PolicySource;
import io.sekisho.mail.json.WireJson;
import io.sekisho.mail.policy.CompiledDomain;
import io.sekisho.mail.policy.CompiledLine;
import io.sekisho.mail.policy.PolicyHead;
import io.sekisho.mail.policy.PolicyKeys;
import io.sekisho.mail.policy.PolicyRevision;
import io.sekisho.policyclient.PolicyClient;
import io.sekisho.policyclient.PolicyClientSettings;
import io.sekisho.policyclient.PolicyState;
import io.sekisho.policyclient.match.ManagedDomain;
import io.sekisho.policyservice.PolicyConfiguration;
import io.sekisho.policyservice.PolicyTestSetup;
import io.sekisho.policyservice.compiled.ConsistentReads;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever happens between PostgreSQL and a client, in the end the client's table is what the database says, domain by domain. */
@QuarkusTest
class ConvergenceTest extends PolicyTestSetup {
    private static final String INBOUND = "{\"direction\":\"INBOUND\",\"peer\":\"%s\",\"level\":\"MANDATORY\"}";

    Infrastructure infrastructure;

    @Inject
    RedisDataSource redis;

    @Inject
    Pool pool;

    @Inject
    Vertx vertx;

    @Inject
    Outbox outbox;

    @Inject
    ConsistentReads reads;

    @Inject
    PublishedPolicy published;

    @Inject
    SnapshotWriter snapshots;

    @Inject
    PublisherState state;

    private PolicyClient client;

    @BeforeEach
    void follow() {
        client = PolicyClient.start(
                vertx,
                new PolicyClientSettings(
                        infrastructure.redisUrl(),
                        "http://127.0.0.1:" + RestAssured.port,
                        PolicyConfiguration.SERVICE_KEY,
                        Duration.ofHours(1)));
        awaitStream();
        awaitConvergence();
    }

    @AfterEach
    void stop() {
        client.close();
    }

    @Test
    void convergesUnderConcurrentWriters() throws Exception {
        List<String> domains = List.of(newDomain(), newDomain(), newDomain());
        write(domains, 4, 15);
        awaitConvergence();
        assertThat(domains)
                .allSatisfy(name -> assertThat(known(name).compiled().peers()).hasSize(20));
    }

    @Test
    void convergesWithTwoPublishersAtOnce() throws Exception {
        // A pod that was frozen and believes that it still holds the lease.
        PublicationRound rival = new PublicationRound(
                new PublisherLease(pool) {
                    @Override
                    Uni<Boolean> hold() {
                        return Uni.createFrom().item(true);
                    }
                },
                outbox,
                reads,
                published,
                snapshots,
                state);
        AtomicBoolean enough = new AtomicBoolean();
        try (ExecutorService rivals = Executors.newSingleThreadExecutor()) {
            Future<?> rivalry = rivals.submit(() -> {
                while (!enough.get()) {
                    rival.run().await().atMost(Duration.ofSeconds(20));
                }
            });
            try {
                List<String> domains = List.of(newDomain(), newDomain());
                write(domains, 3, 15);
                // Of every number one entry: neither wrote over the other.
                awaitConvergence();
            } finally {
                enough.set(true);
            }
            rivalry.get(30, TimeUnit.SECONDS);
        }
        awaitConvergence();
    }

    @Test
    void convergesWhereThePublisherDiedBeforeItWroteToRedis() {
        long before = head().n();
        String name = withoutPublisher(() -> newDomain());
        assertThat(head().n()).isEqualTo(before);
        // The lease of the dead pod runs out, and what it had not written is written.
        awaitConvergence();
        assertThat(known(name).name().ascii()).isEqualTo(name);
    }

    @Test
    void convergesWhereThePublisherDiedAfterItWroteToRedis() {
        String name = newDomain();
        awaitConvergence();
        PolicyHead before = head();
        withoutPublisher(() -> {
            newPeer(name, INBOUND.formatted("a.example"));
            newPeer(name, INBOUND.formatted("b.example"));
            // Its last step: the first of the two changes, with what it had read then.
            CompiledDomain compiled = compiled().get(name);
            PublishedPolicy.Step step = published
                    .change(
                            before.epoch(),
                            new PublishedChange(
                                    before.n() + 1,
                                    PolicyKeys.KIND_DOMAIN,
                                    name,
                                    new PublishedChange.Put(WireJson.string(compiled))))
                    .await()
                    .atMost(Duration.ofSeconds(5));
            assertThat(step).isEqualTo(PublishedPolicy.Step.MADE);
            return name;
        });
        awaitConvergence();
        assertThat(known(name).compiled().peers()).hasSize(2);
    }

    @Test
    void convergesWhereThePublisherDiedOverASnapshot() {
        String name = newDomain();
        awaitConvergence();
        String unfinished = PolicyKeys.snapshot(head().epoch()) + ":unfinished:dead";
        withoutPublisher(() -> {
            redis.flushall();
            published.fill(unfinished, Map.of("ghost.example", "{}")).await().atMost(Duration.ofSeconds(5));
            return name;
        });
        awaitConvergence();
        assertThat(compiled()).doesNotContainKey("ghost.example");
        assertThat(redis.key().ttl(unfinished)).isPositive();
    }

    @Test
    void convergesAfterAFlush() {
        String name = newDomain();
        awaitConvergence();
        redis.flushall();
        asAdmin().delete(DOMAINS + name).then().statusCode(204);
        String later = newDomain();
        awaitConvergence();
        assertThat(known(later).name().ascii()).isEqualTo(later);
        awaitStream();
    }

    @Test
    void convergesWhereTheStreamWasTrimmedPastIt() {
        List<String> names = List.of(newDomain(), newDomain(), newDomain());
        awaitConvergence();
        PolicyHead before = head();
        withoutPublisher(() -> {
            names.forEach(name -> newPeer(name, INBOUND.formatted("a.example")));
            Map<String, CompiledDomain> now = compiled();
            // In one step, so that the client cannot read in between: three changes, of which the stream keeps the
            // last.
            List<String> words = new ArrayList<>(List.of(
                    """
                    for i = 0, 2 do
                      local n = tonumber(ARGV[1]) + i + 1
                      redis.call('HSET', KEYS[2], ARGV[2 * i + 3], ARGV[2 * i + 4])
                      redis.call('XADD', KEYS[3], string.format('%.0f', n) .. '-0', 'kind', 'domain', 'name', ARGV[2 * i + 3])
                    end
                    redis.call('XTRIM', KEYS[3], 'MAXLEN', '1')
                    redis.call('SET', KEYS[1], ARGV[2])
                    return 'MADE'
                    """,
                    "3",
                    PolicyKeys.HEAD,
                    PolicyKeys.snapshot(before.epoch()),
                    PolicyKeys.changes(before.epoch()),
                    Long.toString(before.n()),
                    WireJson.string(
                            new PolicyHead(before.epoch(), before.n() + 3, before.domains(), before.beat() + 3))));
            names.forEach(name -> words.addAll(List.of(name, WireJson.string(now.get(name)))));
            redis.execute("EVAL", words.toArray(String[]::new));
            return "";
        });
        awaitConvergence();
        assertThat(names)
                .allSatisfy(name -> assertThat(known(name).compiled().peers()).hasSize(1));
    }

    @Test
    void convergesOnWhatABackupRestored() {
        String changed = newDomain();
        String deleted = newDomain();
        awaitConvergence();
        String epoch = head().epoch();
        backUp();
        newPeer(changed, INBOUND.formatted("a.example"));
        asAdmin().delete(DOMAINS + deleted).then().statusCode(204);
        String lost = newDomain();
        awaitConvergence();
        assertThat(known(lost).name().ascii()).isEqualTo(lost);
        restore();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> !head().epoch().equals(epoch));
        awaitConvergence();
        assertThat(compiled()).containsKeys(changed, deleted).doesNotContainKey(lost);
        assertThat(known(changed).compiled().peers()).isEmpty();
        String later = newDomain();
        awaitConvergence();
        assertThat(known(later).name().ascii()).isEqualTo(later);
    }

    @Test
    void convergesAfterRedisWasAway() {
        String before = newDomain();
        awaitConvergence();
        infrastructure.kill(Piece.REDIS);
        try {
            asAdmin().delete(DOMAINS + before).then().statusCode(204);
            newDomain();
            awaitConvergence();
        } finally {
            infrastructure.restart(Piece.REDIS);
        }
        newDomain();
        awaitConvergence();
        awaitStream();
        awaitConvergence();
    }

    /** Several writers at once, each adding peers to domains in turn. */
    private static void write(List<String> domains, int writers, int changes) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            List<Future<?>> done = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                int own = writer;
                done.add(threads.submit(() -> {
                    for (int i = 0; i < changes; i++) {
                        newPeer(domains.get(i % domains.size()), INBOUND.formatted("w" + own + "-" + i + ".example"));
                    }
                }));
            }
            for (Future<?> writer : done) {
                writer.get(60, TimeUnit.SECONDS);
            }
        }
    }

    /** Runs something while a dead pod holds the lease, and this one's publisher only looks on. */
    private <T> T withoutPublisher(Supplier<T> work) {
        Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> {
            pool.query(
                            "UPDATE publisher_lease SET holder = 'dead', expires_at = clock_timestamp() + interval '3 seconds'")
                    .executeAndAwait();
            return state.now().phase() == PublisherState.Phase.STANDING_BY;
        });
        // Long enough for the work on a loaded machine; then it runs out.
        pool.query("UPDATE publisher_lease SET expires_at = clock_timestamp() + interval '20 seconds'")
                .executeAndAwait();
        try {
            return work.get();
        } finally {
            pool.query("UPDATE publisher_lease SET expires_at = clock_timestamp() + interval '1 second'")
                    .executeAndAwait();
        }
    }

    private static final List<String> TABLES = List.of(
            "managed_domain",
            "deleted_domain",
            "tls_default",
            "tls_peer",
            "submission_credential",
            "api_key",
            "policy_change",
            "audit_entry",
            "policy_counter");

    private void backUp() {
        pool.query("DROP SCHEMA IF EXISTS backup CASCADE").executeAndAwait();
        pool.query("CREATE SCHEMA backup").executeAndAwait();
        TABLES.forEach(table -> pool.query("CREATE TABLE backup." + table + " AS TABLE " + table)
                .executeAndAwait());
    }

    private void restore() {
        pool.withTransaction(connection -> {
                    Uni<Void> steps = connection
                            .query("TRUNCATE " + String.join(", ", TABLES))
                            .execute()
                            .replaceWithVoid();
                    for (String table : TABLES) {
                        steps = steps.chain(() -> connection
                                .query("INSERT INTO " + table + " SELECT * FROM backup." + table)
                                .execute()
                                .replaceWithVoid());
                    }
                    return steps;
                })
                .await()
                .atMost(Duration.ofSeconds(20));
    }

    private void awaitConvergence() {
        soon().untilAsserted(() -> {
            Truth truth = truth();
            PolicyState.Usable usable = (PolicyState.Usable) client.current();
            assertThat(usable.isFresh()).isTrue();
            assertThat(usable.table().revision()).isEqualTo(truth.revision());
            assertThat(usable.table().size()).isEqualTo(truth.domains().size());
            truth.domains()
                    .forEach(
                            (name, domain) -> assertThat(known(name).compiled()).isEqualTo(domain));
        });
    }

    /** From Redis again, where another test may have left it. */
    private void awaitStream() {
        soon().until(() ->
                client.current() instanceof PolicyState.Usable usable && usable.source() == PolicySource.STREAM);
    }

    private record Truth(PolicyRevision revision, Map<String, CompiledDomain> domains) {}

    /** What the database says, as {@code GET /compiled} tells it. */
    private static Truth truth() {
        String lines = asService()
                .get("/api/v1/compiled?after=0")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        Map<String, CompiledDomain> domains = new TreeMap<>();
        PolicyRevision revision = PolicyRevision.NONE;
        for (String line : lines.split("\n", -1)) {
            if (line.isBlank()) {
                continue;
            }
            CompiledLine read = WireJson.read(line, CompiledLine.class);
            read.domain().ifPresent(domain -> domains.put(domain.domain().ascii(), domain));
            revision = read.start().map(CompiledLine.Start::revision).orElse(revision);
        }
        return new Truth(revision, domains);
    }

    private static Map<String, CompiledDomain> compiled() {
        return truth().domains();
    }

    private ManagedDomain known(String name) {
        return ((PolicyState.Usable) client.current())
                .table()
                .domain(DomainName.parse(name))
                .orElseThrow(() -> new AssertionError("the client does not know " + name));
    }

    private PolicyHead head() {
        return WireJson.read(redis.value(String.class).get(PolicyKeys.HEAD), PolicyHead.class);
    }

    private static ConditionFactory soon() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions();
    }
}
