package io.sekisho.egress.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.egress.QueueDatabase;
import io.sekisho.egress.TestMail;
import io.sekisho.egress.failure.History;
import io.sekisho.mail.envelope.ContentChunk;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.json.WireJson;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which rows are taken, where there are very many. */
class DueRowsTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Instant NOW = Instant.parse("2026-11-24T07:00:00Z");
    private static final Duration LIFETIME = Duration.ofDays(5);
    private static final Lease MINE = new Lease("pod-a/1", Duration.ofMinutes(1));
    private static final Lease OTHERS = new Lease("pod-b/1", Duration.ofMinutes(1));
    private static final String DEAD = "dead.example";

    /** A table large enough that whoever read it whole would show in the blocks read. */
    private static final int MANY = 200_000;

    private static QueueDatabase database;
    private static Pool pool;
    private Schedule schedule;

    @BeforeAll
    static void start() {
        database = QueueDatabase.start(1);
        pool = database.pool();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void empty() {
        get(pool.query("TRUNCATE schedule, scheduled_message, destination").execute());
        schedule = new PgSchedule(pool);
    }

    @Test
    void leavesTheMailOfASuspendedDestinationAndCountsNoAttempt() {
        waiting("customer.example", DEAD, NOW, History.NONE);
        waiting("customer.example", "good.example", NOW, History.NONE);
        suspended("clock_timestamp() + interval '1 minute'", "NULL");
        assertThat(routes(take(10, MINE))).containsExactly("good.example");
        get(pool.query("UPDATE destination SET suspended_until = NULL").execute());
        List<ScheduledMessage> opened = take(10, MINE);
        assertThat(routes(opened)).containsExactly(DEAD);
        assertThat(opened.get(0).entries().get(0).history()).isEqualTo(History.NONE);
    }

    @Test
    void givesTheProbeToThePodThatHasIt() {
        waiting("customer.example", DEAD, NOW, History.NONE);
        suspended("clock_timestamp() - interval '1 second'", "'pod-b/1'");
        assertThat(take(10, MINE)).isEmpty();
        assertThat(routes(take(10, OTHERS))).containsExactly(DEAD);
    }

    @Test
    void givesTheProbeToWhoComesFirstWhereNobodyHasIt() {
        waiting("customer.example", DEAD, NOW, History.NONE);
        suspended("clock_timestamp() - interval '1 second'", "NULL");
        assertThat(routes(take(10, MINE))).containsExactly(DEAD);
    }

    @Test
    void servesTheDestinationsOfADomainInTurn() {
        many("customer.example", "a.example", 1_000);
        for (String route : List.of("", "c.example", "d.example", "e.example", "f.example")) {
            waiting("customer.example", route, NOW, History.NONE);
        }
        Set<String> served = new HashSet<>();
        for (int turn = 0; turn < 8; turn++) {
            served.addAll(routes(take(2, MINE)));
        }
        assertThat(served).hasSize(6);
    }

    @Test
    void findsTheOneMessageBehindTheManyOfOthersWithoutReadingThem() {
        many("a-busy.example", DEAD, MANY / 2);
        many("b-busy.example", "slow.example", MANY / 2);
        many("b-busy.example", "open.example", MANY / 2);
        waiting("c-quiet.example", DEAD, NOW, History.NONE);
        waiting("d-quiet.example", "good.example", NOW, History.NONE);
        waiting("a-busy.example", "good.example", NOW, History.NONE);
        suspended("clock_timestamp() + interval '1 minute'", "NULL");
        get(pool.query("ANALYZE schedule").execute());
        long before = blocksRead();
        List<ScheduledMessage> taken = get(schedule.takeDue(NOW, 40, List.of("slow.example"), MINE));
        assertThat(taken.stream().flatMap(m -> m.entries().stream()).map(ScheduleEntry::managedDomain))
                .contains("d-quiet.example", "a-busy.example", "b-busy.example")
                .doesNotContain("c-quiet.example");
        assertThat(blocksRead() - before)
                .as("blocks, where the rows alone have some %d", MANY / 50)
                .isBetween(1L, 500L);
    }

    @Test
    void findsWhatIsOpenBehindManyDomainsThatWaitForADeadDestination() {
        for (int i = 0; i < 300; i++) {
            waiting("a" + i + ".example", DEAD, NOW, History.NONE);
        }
        waiting("z.example", "good.example", NOW, History.NONE);
        suspended("clock_timestamp() + interval '1 minute'", "NULL");
        assertThat(routes(take(40, MINE))).containsExactly("good.example");
    }

    @Test
    void takesWhatASuspensionMustNotKeep() {
        History failedForTls = new History(2, Optional.of(NOW.minusSeconds(60)), Optional.of(NOW.minusSeconds(60)));
        waiting("customer.example", DEAD, NOW, failedForTls);
        waiting("customer.example", DEAD, NOW.plusSeconds(1), failedForTls);
        waiting("customer.example", "good.example", NOW, failedForTls);
        waiting("customer.example", DEAD, NOW, History.NONE);
        Envelope old = waiting("customer.example", DEAD, NOW, NOW.minus(LIFETIME), History.NONE);
        suspended("clock_timestamp() + interval '1 minute'", "NULL");
        List<ScheduledMessage> taken = get(schedule.takePressing(NOW, NOW.minus(LIFETIME), 10, MINE));
        assertThat(taken).hasSize(2).extracting(m -> m.envelope().id()).contains(old.id());
        assertThat(routes(taken)).containsExactly(DEAD, DEAD);
        assertThat(get(schedule.takePressing(NOW, NOW.minus(LIFETIME), 10, OTHERS)))
                .isEmpty();
    }

    private List<ScheduledMessage> take(int most, Lease lease) {
        return get(schedule.takeDue(NOW, most, List.of(), lease));
    }

    private static List<String> routes(List<ScheduledMessage> taken) {
        return taken.stream()
                .flatMap(m -> m.entries().stream())
                .map(ScheduleEntry::route)
                .toList();
    }

    private static void suspended(String until, String probeOwner) {
        get(pool.query("INSERT INTO destination VALUES ('" + DEAD + "', 1, 5, 1, " + until + ", " + probeOwner
                        + ", clock_timestamp() + interval '1 minute', NULL, NULL, NULL, clock_timestamp(),"
                        + " clock_timestamp())")
                .execute());
    }

    private Envelope waiting(String domain, String route, Instant due, History history) {
        return waiting(domain, route, due, NOW, history);
    }

    private Envelope waiting(String domain, String route, Instant due, Instant receivedAt, History history) {
        Envelope envelope = envelope(receivedAt);
        ScheduleEntry row = new ScheduleEntry(
                envelope.id(),
                envelope.recipients().get(0).forwardPath(),
                domain,
                "partner.example",
                route,
                due,
                history,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        get(schedule.insert(envelope, List.of(row), Optional.empty()));
        return envelope;
    }

    private static Envelope envelope(Instant receivedAt) {
        return TestMail.mail()
                .receivedAt(receivedAt)
                .to(TestMail.outbound("bob@partner.example"))
                .chunks(List.of(new ContentChunk("topic", 1, 7, 90, "00")))
                .envelope();
    }

    /** Rows that were due long ago, more of them than anybody would insert one by one. */
    private static void many(String domain, String route, int count) {
        String insert = """
                WITH message AS (
                    INSERT INTO scheduled_message (id, envelope, received_at)
                    SELECT gen_random_uuid(), $1, $2 FROM generate_series(1, $3::integer) RETURNING id)
                INSERT INTO schedule (message_id, recipient, managed_domain, destination, route, due, attempt)
                SELECT id, 'bob@partner.example', $4, 'partner.example', $5, $2, 0 FROM message
                """;
        get(pool.preparedQuery(insert)
                .execute(Tuple.of(
                        WireJson.string(envelope(NOW)),
                        ScheduleRows.time(NOW.minusSeconds(1_000)),
                        count,
                        domain,
                        route)));
    }

    /** Blocks of the schedule and its indexes that were looked at, in memory or not. */
    private static long blocksRead() {
        get(pool.query("SELECT pg_stat_force_next_flush()").execute());
        String question = """
                SELECT heap_blks_read + heap_blks_hit + idx_blks_read + idx_blks_hit AS blocks
                FROM pg_statio_user_tables WHERE relname = 'schedule'
                """;
        return get(pool.query(question).execute()).iterator().next().getLong("blocks");
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(LIMIT);
    }
}
