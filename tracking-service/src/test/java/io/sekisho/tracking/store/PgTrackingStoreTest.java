package io.sekisho.tracking.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.sekisho.localstack.Database;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.tracking.SampleMail;
import io.sekisho.tracking.delivery.DeliveryKey;
import io.sekisho.tracking.delivery.RandomEvents;
import io.sekisho.tracking.search.Reach;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PgTrackingStoreTest extends TrackingStoreContract {

    @Inject
    PgTrackingStore store;

    @Inject
    StoredDays days;

    @Override
    TrackingStore store() {
        return store;
    }

    @Test
    void makesThePartitionsOfADayOnceHoweverManyAskAtTheSameTime() throws SQLException {
        LocalDate day = DeliveryKey.dayOf(SampleMail.now()).minusDays(333);
        List<Uni<Void>> all = IntStream.range(0, 12)
                .mapToObj(i -> days.ensure(List.of(day, day.plusDays(1))))
                .toList();
        get(Uni.join().all(all).andFailFast());
        String suffix = day.toString().replace("-", "");
        assertThat(number("SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relname LIKE '%\\_" + suffix + "'"))
                .isEqualTo(4);
        assertThat(get(days.between(day, day.plusDays(1)))).containsExactly(new DayRange(day, day.plusDays(1)));
    }

    @Test
    void storesOnceWhatTwoWritersStoreAtTheSameTime() throws SQLException {
        List<SampleMail> mails = new ArrayList<>();
        List<TrackedEvent> events = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            SampleMail mail = SampleMail.inbound();
            mails.add(mail);
            new RandomEvents(i).about(mail, 8).forEach(event -> events.add(SampleMail.tracked(event)));
        }
        MapTrackingStore model = new MapTrackingStore();
        get(model.store(events));
        List<Uni<StoredCount>> writers = IntStream.range(0, 6)
                .mapToObj(i -> {
                    List<TrackedEvent> part = new ArrayList<>(events.subList(i * 10, events.size()));
                    java.util.Collections.shuffle(part, new java.util.Random(i));
                    return store.store(part);
                })
                .toList();
        List<StoredCount> counts = get(Uni.join().all(writers).andFailFast());
        long distinct = events.stream().map(TrackedEvent::key).distinct().count();
        assertThat(counts.stream().mapToInt(StoredCount::stored).sum()).isEqualTo((int) distinct);
        for (SampleMail mail : mails) {
            assertThat(only(mail).key()).isEqualTo(DeliveryKey.of(mail.facts()));
        }
    }

    @Test
    void storesAllOfABatchOrNothing() {
        SampleMail good = SampleMail.inbound();
        TrackedEvent bad = TrackedEvent.of(SampleMail.inbound().queued(), "no JSON");
        assertThatThrownBy(() -> get(store.store(List.of(SampleMail.tracked(good.queued()), bad))))
                .isInstanceOf(EventsRefused.class)
                .hasMessageContaining("json");
        assertThat(list(FilterBuilder.domain(good.domain()), Reach.EVERYTHING, 10))
                .isEmpty();
    }

    @Test
    void keepsTheEventAsItCame() throws SQLException {
        MailEvent event = SampleMail.inbound().queued();
        String json = io.sekisho.mail.json.WireJson.string(event).replaceFirst("\\{", "{ \"ofALaterVersion\" : 1, ");
        get(store.store(List.of(TrackedEvent.of(event, json))));
        assertThat(text("SELECT event FROM mail_event WHERE event_id = '" + event.id() + "'"))
                .isEqualTo(json);
    }

    @Test
    void keepsWhatAClientsFailedHandshakeTells() throws SQLException {
        MailEvent failed = MailEvent.ofConnection(UUID.randomUUID(), EventKind.HANDSHAKE_FAILED, SampleMail.now())
                .withHop(SampleMail.hop("203.0.113.7", SampleMail.tls("NONE")));
        stored(failed);
        assertThat(text("SELECT host(client_address) FROM connection_event WHERE event_id = '" + failed.id() + "'"))
                .isEqualTo("192.0.2.25");
    }

    @Test
    void asksRangeByRangeSoThatFewPartitionsAreLocked() {
        LocalDate day = DeliveryKey.dayOf(SampleMail.now());
        List<LocalDate> days = IntStream.range(0, 60).mapToObj(day::minusDays).toList();
        assertThat(DayRange.over(days))
                .containsExactly(
                        new DayRange(day.minusDays(1), day),
                        new DayRange(day.minusDays(9), day.minusDays(2)),
                        new DayRange(day.minusDays(40), day.minusDays(10)),
                        new DayRange(day.minusDays(59), day.minusDays(41)));
        assertThat(DayRange.over(List.of())).isEmpty();
    }

    @Test
    void knowsItsDaysWhateverThePlan() throws SQLException {
        LocalDate day = DeliveryKey.dayOf(SampleMail.now()).minusDays(77);
        get(days.ensure(List.of(day)));
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String way : List.of("enable_nestloop", "enable_hashjoin", "enable_mergejoin")) {
                statement.execute("SET " + way + " = off");
                try (ResultSet rows = statement.executeQuery(
                        "SELECT day FROM stored_day WHERE day BETWEEN '" + day + "' AND '" + day + "'")) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getString(1)).isEqualTo(day.toString());
                }
            }
        }
    }

    @Test
    void saysThatAQuestionTakesTooLong() throws SQLException {
        SampleMail mail = SampleMail.inbound();
        stored(mail.queued());
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE delivery IN ACCESS EXCLUSIVE MODE");
            assertThatThrownBy(() -> list(FilterBuilder.domain(mail.domain()), Reach.EVERYTHING, 1))
                    .isInstanceOfSatisfying(
                            StoreUnavailable.class,
                            failure -> assertThat(failure.reason()).isEqualTo(StoreUnavailable.Reason.TOO_SLOW));
            connection.rollback();
        }
    }

    @Test
    void storesEventsOfADayLongAgo() {
        SampleMail mail = SampleMail.inbound(Instant.now().minus(Duration.ofDays(222)), SampleMail.newDomain());
        stored(mail.queued());
        assertThat(only(mail).messageId()).isEqualTo(mail.id());
    }

    private long number(String sql) throws SQLException {
        return Long.parseLong(text(sql));
    }

    private String text(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                infrastructure.jdbcUrl(Database.TRACKING), infrastructure.username(), infrastructure.password());
    }
}
