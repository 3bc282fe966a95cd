package io.sekisho.tracking.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.sekisho.localstack.Piece;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.json.WireJson;
import io.sekisho.tracking.SampleMail;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class EventIntakeTest extends IntakeTest {
    @Inject
    KafkaClientService kafka;

    @Test
    void storesWhatIsTold() {
        SampleMail mail = SampleMail.inbound();
        topic.tell(List.of(mail.received(), mail.queued(), mail.delivered("TLSv1.3")));
        awaitStored(mail, 3);
        awaitAcknowledged();
    }

    @ParameterizedTest
    @CsvSource({"not-an-event, no JSON", "incomplete, {}", "absurd-date, year 3000", "refused-by-database, UTF-16"})
    void putsWhatItCannotReadAsideAndGoesOn(String reason, String what) {
        double before = deadLettered(reason);
        byte[] value = unreadable(what);
        SampleMail first = SampleMail.inbound();
        SampleMail last = SampleMail.inbound();
        topic.tell(List.of(first.queued()));
        topic.tell(value);
        topic.tell(List.of(last.queued()));
        awaitStored(first, 1);
        awaitStored(last, 1);
        awaitAcknowledged();
        List<ConsumerRecord<byte[], byte[]>> letters = topic.deadLetters();
        ConsumerRecord<byte[], byte[]> letter = letters.stream()
                .filter(record -> java.util.Arrays.equals(record.value(), value))
                .findFirst()
                .orElseThrow();
        assertThat(new String(letter.headers().lastHeader("dead-letter-reason").value(), StandardCharsets.UTF_8))
                .isEqualTo(reason);
        assertThat(letter.headers().lastHeader("dead-letter-cause").value()).isNotEmpty();
        assertThat(deadLettered(reason)).isGreaterThan(before);
    }

    @Test
    void countsReceivedAsTheSumOfWhatBecameOfThem() {
        SampleMail mail = SampleMail.inbound();
        topic.tell(List.of(mail.queued(), mail.queued(), mail.delivered("NONE")));
        topic.tell(new byte[0]);
        awaitStored(mail, 2);
        awaitAcknowledged();
        assertThat(counter("received"))
                .isEqualTo(counter("stored")
                        + counter("repeated")
                        + Stream.of(DeadLetterReason.values())
                                .mapToDouble(reason -> deadLettered(reason.label()))
                                .sum())
                .isGreaterThanOrEqualTo(4);
    }

    @Test
    void acknowledgesNothingBeforeTheDatabaseHasCommitted() throws SQLException {
        awaitAcknowledged();
        SampleMail mail = SampleMail.inbound();
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            // Events can be written, but no row of a delivery: the transaction stops in its middle.
            statement.execute("LOCK TABLE delivery IN SHARE MODE");
            topic.tell(List.of(mail.queued(), mail.delivered("NONE")));
            await().atMost(PATIENCE).until(() -> number("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0);
            assertThat(topic.unacknowledged()).isEqualTo(2);
            connection.rollback();
        }
        awaitStored(mail, 2);
        awaitAcknowledged();
    }

    @Test
    void storesNothingTwiceWhenItReadsAgainWhatWasNotAcknowledged() throws SQLException {
        SampleMail mail = SampleMail.inbound();
        topic.tell(List.of(mail.queued(), mail.delivered("NONE")));
        awaitStored(mail, 2);
        awaitAcknowledged();
        long events = number("SELECT count(*) FROM mail_event");
        long rows = number("SELECT count(*) FROM delivery");
        double stored = counter("stored");
        double repeated = counter("repeated");
        // As a process does that ended between the commit of the database and that of the offsets.
        kafka.getConsumer("events")
                .runOnPollingThread(consumer -> {
                    consumer.seekToBeginning(consumer.assignment());
                })
                .await()
                .atMost(PATIENCE);
        await().atMost(PATIENCE).until(() -> counter("repeated") >= repeated + 2);
        await().atMost(PATIENCE).until(() -> counter("received") == outcomes());
        assertThat(counter("stored")).isEqualTo(stored);
        assertThat(number("SELECT count(*) FROM mail_event")).isEqualTo(events);
        assertThat(number("SELECT count(*) FROM delivery")).isEqualTo(rows);
    }

    @Test
    void losesAndDoublesNothingWhenTheDatabaseIsKilled() throws SQLException {
        List<SampleMail> mails = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            mails.add(SampleMail.inbound());
        }
        double stored = counter("stored");
        List<List<MailEvent>> told = mails.stream()
                .map(mail -> List.of(mail.received(), mail.queued(), mail.delivered("TLSv1.3")))
                .toList();
        told.subList(0, 300).forEach(topic::tell);
        await().atMost(PATIENCE).until(() -> counter("stored") > stored);
        infrastructure.kill(Piece.POSTGRES);
        try {
            told.subList(300, 600).forEach(topic::tell);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(readiness())
                            .contains(
                                    "\"status\": \"DOWN\"",
                                    "cannot store events in PostgreSQL",
                                    "quarkus.datasource.reactive.url"));
            assertThat(RestAssured.get("/q/health/live").statusCode()).isEqualTo(200);
            assertThat(topic.unacknowledged()).isPositive();
        } finally {
            infrastructure.restart(Piece.POSTGRES);
        }
        awaitAcknowledged();
        Set<UUID> ids = mails.stream().map(SampleMail::id).collect(Collectors.toSet());
        String list = ids.stream().map(id -> "'" + id + "'").collect(Collectors.joining(","));
        assertThat(number("SELECT count(*) FROM delivery WHERE status = 'DELIVERED' AND message_id IN (" + list + ")"))
                .isEqualTo(600);
        assertThat(number(
                        "SELECT count(*) FROM mail_event e JOIN delivery d USING (day, delivery_id) WHERE d.message_id IN ("
                                + list + ")"))
                .isEqualTo(1_800);
        awaitReady();
    }

    private byte[] unreadable(String what) {
        SampleMail mail = SampleMail.inbound();
        return switch (what) {
            case "year 3000" ->
                WireJson.string(mail.queued())
                        .replace(
                                "\"receivedAt\":\"" + WireJson.text(mail.facts().receivedAt()),
                                "\"receivedAt\":\"3000-01-01T00:00:00.000Z")
                        .getBytes(StandardCharsets.UTF_8);
            // Jackson reads it, PostgreSQL does not.
            case "UTF-16" -> WireJson.string(mail.queued()).getBytes(StandardCharsets.UTF_16BE);
            default -> what.getBytes(StandardCharsets.UTF_8);
        };
    }
}
