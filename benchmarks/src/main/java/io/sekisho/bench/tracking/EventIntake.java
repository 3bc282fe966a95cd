package io.sekisho.bench.tracking;

import io.sekisho.bench.stage.Stage;
import io.sekisho.localstack.cluster.Cluster;
import io.sekisho.localstack.cluster.Service;
import io.sekisho.localstack.cluster.ServiceProcess;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;

/** tracking-service stores what waits for it in Kafka. */
final class EventIntake {

    private static final int MESSAGES_PER_SECOND = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long LOOK_NANOS = 50_000_000;
    private static final String STORED = "SELECT count(*) FROM mail_event";

    private final Stage stage;
    private final TrackingDatabase database;

    EventIntake(Stage stage, TrackingDatabase database) {
        this.stage = stage;
        this.database = database;
    }

    /** Events stored per second. */
    double measure(Duration span) throws IOException, SQLException, ExecutionException, InterruptedException {
        int messages = (int) Math.max(500, span.toMillis() * MESSAGES_PER_SECOND / 1_000);
        Cluster cluster = stage.running(EnumSet.of(Service.POLICY, Service.TRACKING));
        ServiceProcess tracking = cluster.first(Service.TRACKING);
        long before = awaitQuiet();
        // It keeps its compiled code and its place in Kafka: this takes less time than its session there lasts.
        tracking.pause();
        try {
            SampleEvents.publish(stage.infrastructure().bootstrapServers(), messages);
        } finally {
            tracking.resume();
        }
        return rate(before, before + (long) messages * SampleEvents.OF_A_MESSAGE);
    }

    /** What was told before, by other benchmarks as well, is stored first. */
    private long awaitQuiet() throws IOException, SQLException {
        long began = System.nanoTime();
        long last = -1;
        long now = database.number(STORED);
        while (now != last) {
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new IOException("tracking-service still stores the events of earlier benchmarks");
            }
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            last = now;
            now = database.number(STORED);
        }
        return now;
    }

    private double rate(long before, long wanted) throws IOException, SQLException {
        long began = System.nanoTime();
        long first = before;
        long firstAt = began;
        for (long now = database.number(STORED); now < wanted; now = database.number(STORED)) {
            if (first == before && now > before) {
                first = now;
                firstAt = System.nanoTime();
            }
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new IOException("tracking-service stored " + (now - before) + " of " + (wanted - before)
                        + " events within " + PATIENCE.toSeconds() + " s");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return (wanted - first) * 1e9 / (System.nanoTime() - firstAt);
    }
}
