package io.sekisho.egress.health;

import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive while the queue loop goes round; it waits for no delivery, no database and no broker. */
@Liveness
final class QueueLiveness implements HealthCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HealthFacts facts;

    QueueLiveness(HealthFacts facts) {
        this.facts = facts;
    }

    @Override
    public HealthCheckResponse call() {
        boolean alive =
                facts.queueRuns() && facts.queue().isAlive(Clock.systemUTC().instant(), PATIENCE);
        return HealthCheckResponse.named("queue loop")
                .status(alive)
                .withData("lastBeat", facts.queue().lastBeat().toString())
                .build();
    }
}
