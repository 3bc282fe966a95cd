package io.sekisho.egress;

import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;

/**
 * Brings the tables to this version. Not at the application's start, but until it succeeds: without PostgreSQL the pod
 * must still make first attempts.
 */
final class Migration {

    private static final Logger LOG = Logger.getLogger(Migration.class);
    private static final Duration AGAIN = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private final Flyway flyway;
    private volatile boolean done;

    Migration(Flyway flyway) {
        this.flyway = flyway;
    }

    boolean isDone() {
        return done;
    }

    void start() {
        Uni.createFrom()
                .item(flyway::migrate)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .onFailure()
                .invoke(failure -> LOG.warn(
                        LogLine.of("tables not migrated, trying again").with(LogKey.CAUSE, failure.getMessage())))
                .onFailure()
                .retry()
                .withBackOff(AGAIN, LONGEST)
                .indefinitely()
                .subscribe()
                .with(result -> done = true, bug -> LOG.error(LogLine.of("tables not migrated"), bug));
    }
}
