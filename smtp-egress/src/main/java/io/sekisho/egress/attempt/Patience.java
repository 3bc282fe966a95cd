package io.sekisho.egress.attempt;

import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Tries a step again until it succeeds: what must be durable has no other way. What waits for it is bounded where it came
 * in, and an input that is not acknowledged comes again.
 */
final class Patience {

    private static final Logger LOG = Logger.getLogger(Patience.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private Patience() {}

    /** @param what for the log: "schedule row" */
    static <T> Uni<T> until(String what, Supplier<Uni<? extends T>> step) {
        return Uni.createFrom()
                .deferred(step)
                .onFailure()
                .invoke(failure -> LOG.warn(LogLine.of("not durable yet, trying again")
                        .with(LogKey.DETAIL, what)
                        .with(LogKey.CAUSE, failure)))
                .onFailure()
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .withJitter(0.5)
                .indefinitely();
    }
}
