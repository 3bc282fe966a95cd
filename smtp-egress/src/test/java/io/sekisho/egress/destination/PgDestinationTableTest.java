package io.sekisho.egress.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekisho.egress.QueueDatabase;
import io.sekisho.egress.destination.Feedback.Use;
import io.sekisho.mail.event.ReplyFacts;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pods that share what they know through a real PostgreSQL. */
class PgDestinationTableTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String DEAD = "dead.example";
    private static final DestinationLimits LIMITS =
            new DestinationLimits(4, 10, 3, Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofSeconds(60));
    private static final Trouble TROUBLE = new Trouble(
            Instant.parse("2026-11-24T07:00:00Z"),
            Optional.of(new ReplyFacts(421, Optional.of("4.3.2"), "going down")),
            "it went down");
    private static final Signal FAILURE = new Signal.InTrouble(TROUBLE);

    private static QueueDatabase database;
    private static Pool pool;
    private static PgDestinationTable table;

    @BeforeAll
    static void start() {
        database = QueueDatabase.start(8);
        pool = database.pool();
        table = new PgDestinationTable(pool, LIMITS);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void empty() {
        get(pool.query("TRUNCATE destination, egress_pod").execute());
    }

    @Test
    void addsUpWhatPodsTellAtTheSameTime() {
        List<Destinations> pods = new ArrayList<>();
        List<Uni<Void>> exchanges = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Destinations pod = pod("pod-" + i);
            for (int d = 0; d < 20; d++) {
                pod.came("d" + d + ".example", new Signal.Took(), Use.FULL);
            }
            pods.add(pod);
            exchanges.add(pod.exchange(Set::of));
        }
        get(Uni.join().all(exchanges).andFailFast());
        pods.forEach(PgDestinationTableTest::exchange);
        for (int d = 0; d < 20; d++) {
            assertThat(pods.get(0).admission("d" + d + ".example")).isEqualTo(new Admission.Open(9));
        }
        assertThat(pods.get(0).podCount()).isEqualTo(5);
        int whole = pods.stream().mapToInt(pod -> pod.share("d7.example")).sum();
        assertThat(whole).isEqualTo(9);
    }

    @Test
    void suspendsForAllAndGivesTheProbeToOne() {
        Destinations one = pod("one");
        Destinations two = pod("two");
        for (int i = 0; i < 3; i++) {
            one.came(DEAD, FAILURE, Use.PART);
        }
        exchange(one);
        exchange(two);
        assertThat(two.suspendedCount()).isEqualTo(1);
        assertThat(get(new PgDestinationBook(pool).find(List.of(DEAD))).get(0)).satisfies(facts -> {
            assertThat(facts.suspendedUntil()).isPresent();
            assertThat(facts.lastReply()).isEqualTo(TROUBLE.reply());
            assertThat(facts.lastDetail()).contains(TROUBLE.detail());
            assertThat(facts.lastTrouble()).contains(TROUBLE.at());
        });
        await().atMost(LIMIT).until(() -> one.admission(DEAD) instanceof Admission.ProbeDue);
        await().atMost(LIMIT).until(() -> two.admission(DEAD) instanceof Admission.ProbeDue);
        get(Uni.join()
                .all(one.exchange(() -> Set.of(DEAD)), two.exchange(() -> Set.of(DEAD)))
                .andFailFast());
        assertThat(one.share(DEAD) + two.share(DEAD)).isEqualTo(1);
        Destinations prober = one.share(DEAD) == 1 ? one : two;
        prober.came(DEAD, new Signal.Took(), Use.FULL);
        exchange(prober);
        exchange(one);
        exchange(two);
        assertThat(one.share(DEAD) + two.share(DEAD)).isEqualTo(4);
    }

    @Test
    void tellsAPodThatBeginsWhatIsSuspended() {
        Destinations one = pod("one");
        for (int i = 0; i < 3; i++) {
            one.came(DEAD, FAILURE, Use.PART);
        }
        exchange(one);
        get(pool.query("UPDATE destination SET changed_at = changed_at - interval '1 hour'")
                .execute());
        Destinations later = pod("later");
        exchange(later);
        assertThat(later.suspendedCount()).isEqualTo(1);
    }

    @Test
    void countsNoPodThatLeftOrDied() {
        Destinations one = pod("one");
        Destinations two = pod("two");
        Destinations three = pod("three");
        List.of(one, two, three).forEach(PgDestinationTableTest::exchange);
        get(two.leave());
        get(pool.query("UPDATE egress_pod SET alive_until = clock_timestamp() - interval '2 minutes'"
                        + " WHERE owner = 'three/1'")
                .execute());
        exchange(one);
        assertThat(one.podCount()).isEqualTo(1);
        get(one.forget());
        assertThat(count("egress_pod")).isEqualTo(1);
    }

    @Test
    void forgetsWhatNobodyUsedForADay() {
        Destinations one = pod("one");
        one.came("old.example", FAILURE, Use.PART);
        one.came("new.example", FAILURE, Use.PART);
        exchange(one);
        get(pool.query("UPDATE destination SET used_at = used_at - interval '25 hours' WHERE name = 'old.example'")
                .execute());
        get(one.forget());
        assertThat(get(new PgDestinationBook(pool).find(List.of("old.example", "new.example"))))
                .extracting(DestinationFacts::name)
                .containsExactly("new.example");
    }

    @Test
    void losesNothingThatCouldNotBeTold() {
        Destinations one = new Destinations(table, LIMITS, "one/1", Clock.systemUTC());
        get(pool.query("ALTER TABLE destination RENAME TO destination_away").execute());
        for (int i = 0; i < 3; i++) {
            one.came(DEAD, FAILURE, Use.PART);
            exchange(one);
        }
        get(pool.query("ALTER TABLE destination_away RENAME TO destination").execute());
        exchange(one);
        assertThat(get(new PgDestinationBook(pool).find(List.of(DEAD))).get(0).suspendedUntil())
                .isPresent();
    }

    private static Destinations pod(String name) {
        return new Destinations(table, LIMITS, name + "/1", Clock.systemUTC());
    }

    private static void exchange(Destinations pod) {
        get(pod.exchange(Set::of));
    }

    private static long count(String what) {
        return get(pool.query("SELECT count(*) FROM " + what).execute())
                .iterator()
                .next()
                .getLong(0);
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(LIMIT);
    }
}
