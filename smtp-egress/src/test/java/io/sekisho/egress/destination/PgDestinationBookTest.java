package io.sekisho.egress.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.egress.QueueDatabase;
import io.sekisho.mail.event.ReplyFacts;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PgDestinationBookTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static QueueDatabase database;
    private static Pool pool;
    private static DestinationBook book;

    @BeforeAll
    static void start() {
        database = QueueDatabase.start(2);
        pool = database.pool();
        book = new PgDestinationBook(pool);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void empty() {
        get(pool.query("TRUNCATE destination").execute());
    }

    @Test
    void tellsWhatIsKnownOfDestinations() {
        insert("open.example", "NULL");
        insert("dead.example", "'2099-01-01T00:00:00Z'");
        List<DestinationFacts> found = get(book.find(List.of("dead.example", "open.example", "strange.example")));
        assertThat(found).extracting(DestinationFacts::name).containsExactly("dead.example", "open.example");
        assertThat(found.get(0))
                .isEqualTo(new DestinationFacts(
                        "dead.example",
                        7,
                        Optional.of(Instant.parse("2099-01-01T00:00:00Z")),
                        Optional.of(new ReplyFacts(421, Optional.of("4.3.2"), "going down")),
                        Optional.of("the host went down"),
                        Optional.of(Instant.parse("2026-11-24T07:00:00Z"))));
        assertThat(found.get(1).suspendedUntil()).isEmpty();
    }

    @Test
    void endsTheWaitOfThoseThatAreSuspended() {
        insert("open.example", "NULL");
        insert("dead.example", "'2099-01-01T00:00:00Z'");
        insert("other.example", "'2099-01-01T00:00:00Z'");
        assertThat(get(book.probeNow(List.of("dead.example", "open.example")))).isEqualTo(1);
        assertThat(get(book.find(List.of("dead.example", "open.example", "other.example"))))
                .extracting(facts -> facts.suspendedUntil()
                        .map(until -> until.isBefore(Instant.now().plusSeconds(60))))
                .containsExactly(Optional.of(true), Optional.empty(), Optional.of(false));
    }

    private static void insert(String name, String suspendedUntil) {
        get(pool.query("INSERT INTO destination VALUES ('" + name + "', 7, 3, 1, " + suspendedUntil
                        + ", NULL, NULL, '{\"code\":421,\"enhancedStatus\":\"4.3.2\",\"text\":\"going down\"}',"
                        + " 'the host went down', '2026-11-24T07:00:00Z', clock_timestamp(), clock_timestamp())")
                .execute());
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(LIMIT);
    }
}
