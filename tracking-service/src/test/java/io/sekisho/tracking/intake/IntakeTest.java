package io.sekisho.tracking.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.restassured.RestAssured;
import io.sekisho.localstack.Database;
import io.sekisho.tracking.SampleMail;
import io.sekisho.tracking.TrackingTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tells events through Kafka, and looks at what became of them. */
abstract class IntakeTest extends TrackingTest {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    MeterRegistry metrics;

    EventsTopic topic;

    @BeforeEach
    void openTopic() {
        topic = new EventsTopic(infrastructure);
    }

    @AfterEach
    void closeTopic() {
        topic.close();
    }

    final void awaitStored(SampleMail mail, int events) {
        await().atMost(PATIENCE)
                .ignoreException(SQLException.class)
                .until(() -> number(
                                "SELECT count(*) FROM mail_event e JOIN delivery d USING (day, delivery_id) WHERE d.message_id = '"
                                        + mail.id() + "'")
                        == events);
    }

    final void awaitAcknowledged() {
        await().atMost(PATIENCE).until(() -> topic.unacknowledged() == 0 && counter("received") == outcomes());
    }

    final double outcomes() {
        return counter("stored")
                + counter("repeated")
                + Stream.of(DeadLetterReason.values())
                        .mapToDouble(reason -> deadLettered(reason.label()))
                        .sum();
    }

    final double counter(String name) {
        return metrics.get("sekisho.tracking.events." + name).counter().count();
    }

    final double deadLettered(String reason) {
        Counter counter = metrics.get("sekisho.tracking.events.dead.lettered")
                .tag("reason", reason)
                .counter();
        return counter.count();
    }

    static String readiness() {
        return RestAssured.get("/q/health/ready").asString();
    }

    final long number(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getLong(1);
        }
    }

    final Connection connect() throws SQLException {
        return DriverManager.getConnection(
                infrastructure.jdbcUrl(Database.TRACKING), infrastructure.username(), infrastructure.password());
    }

    static void awaitReady() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(readiness()).doesNotContain("DOWN"));
    }
}
