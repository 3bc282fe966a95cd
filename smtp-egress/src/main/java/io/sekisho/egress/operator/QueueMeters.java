package io.sekisho.egress.operator;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How the queue of the whole cluster stands, for metrics, looked up every 15 seconds; NaN where it is not known. Every pod
 * shows the same.
 */
@Singleton
class QueueMeters {

    private static final Duration INTERVAL = Duration.ofSeconds(15);
    private static final String PREFIX = "sekisho.delivery.";

    private static final String LOOK = """
            SELECT (SELECT count(*) FROM schedule WHERE held_by_order OR held_alone IS NOT NULL) AS held,
                (SELECT min(received_at) FROM scheduled_message) AS oldest,
                (SELECT count(*) FROM quarantine) AS quarantined
            """;

    private final OperatorDatabase database;
    private final OperatorTools tools;
    private final MeterRegistry meters;
    private final Vertx vertx;
    private volatile Optional<Found> found = Optional.empty();
    private volatile Optional<Long> unread = Optional.empty();
    private long timer;

    QueueMeters(OperatorDatabase database, OperatorTools tools, MeterRegistry meters, Vertx vertx) {
        this.database = database;
        this.tools = tools;
        this.meters = meters;
        this.vertx = vertx;
    }

    private record Found(long held, Optional<Instant> oldest, long quarantined) {
        double ageSeconds() {
            return oldest.map(since ->
                            Duration.between(since, Clock.systemUTC().instant()).toMillis() / 1000.0)
                    .orElse(0.0);
        }
    }

    void start(@Observes StartupEvent started) {
        gauge("schedule.rows.held", "Rows that operators hold back", Found::held);
        gauge("schedule.oldest.age.seconds", "Age of the oldest mail in the schedule", Found::ageSeconds);
        gauge("quarantine.entries", "Mail in quarantine", Found::quarantined);
        Gauge.builder(
                        PREFIX + "queue.unread",
                        () -> unread.map(Long::doubleValue).orElse(Double.NaN))
                .description("Records of the intake queue that no pod has finished")
                .register(meters);
        timer = vertx.setPeriodic(INTERVAL.toMillis(), any -> look());
    }

    void stop(@Observes ShutdownEvent stopping) {
        vertx.cancelTimer(timer);
    }

    private void gauge(String name, String description, ToDoubleFunction<Found> value) {
        Gauge.builder(PREFIX + name, () -> found.map(value::applyAsDouble).orElse(Double.NaN))
                .description(description)
                .register(meters);
    }

    private void look() {
        database.ask(connection -> connection
                        .query(LOOK)
                        .execute()
                        .map(rows -> Optional.of(read(rows.iterator().next()))))
                .onFailure()
                .recoverWithItem(Optional.empty())
                .invoke(now -> found = now)
                .chain(() -> tools.unread())
                .onItem()
                .transformToUni(now -> {
                    unread = now;
                    return Uni.createFrom().voidItem();
                })
                .subscribe()
                .with(done -> {}, never -> {});
    }

    private static Found read(Row row) {
        return new Found(
                row.getLong("held"),
                Optional.ofNullable(row.getOffsetDateTime("oldest")).map(OffsetDateTime::toInstant),
                row.getLong("quarantined"));
    }
}
