package io.sekisho.tracking.intake;

import io.quarkus.runtime.ShutdownEvent;
import io.sekisho.tracking.TrackingSettings;
import io.sekisho.tracking.log.LogKey;
import io.sekisho.tracking.log.LogLine;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Does again what failed for a reason that may pass, with growing pauses, for as long as it takes; and knows since when. What waits is
 * bounded by its caller: one batch, behind which nothing more is read.
 *
 * <p>Thread safety: all methods may be called from any thread; one thing is waited for at a time.
 */
@ApplicationScoped
class Patience {
    private static final Logger LOG = Logger.getLogger(Patience.class);
    private static final double JITTER = 0.2;

    private final Duration firstPause;
    private final Duration longestPause;
    private final Clock clock = Clock.systemUTC();
    private final AtomicReference<Wait> wait = new AtomicReference<>();
    private volatile boolean stopping;

    /**
     * What is waited for.
     *
     * @param what completes the sentence "cannot …"
     */
    record Wait(String what, String cause, Instant since) {}

    Patience(TrackingSettings settings) {
        this.firstPause = settings.firstPause();
        this.longestPause = settings.longestPause();
    }

    /**
     * The result of the first try that succeeds, or the first failure for which trying again is in vain.
     *
     * @param what completes the sentence "cannot …"
     * @param mayPass whether a failure is worth another try
     */
    <T> Uni<T> untilItWorks(String what, Supplier<Uni<? extends T>> attempt, Predicate<Throwable> mayPass) {
        return Uni.createFrom()
                .deferred(attempt)
                .onFailure(mayPass)
                .invoke(failure -> failed(what, failure))
                .onFailure(failure -> !stopping && mayPass.test(failure))
                .retry()
                .withBackOff(firstPause, longestPause)
                .withJitter(JITTER)
                .indefinitely()
                // A batch that is neither done nor failed is not acknowledged: whoever reads next begins with it.
                .onFailure(failure -> stopping)
                .recoverWithUni(() -> Uni.createFrom().nothing())
                .onItemOrFailure()
                .invoke((item, failure) -> wait.set(null));
    }

    /** Empty while all goes well. */
    Optional<Wait> waiting() {
        return Optional.ofNullable(wait.get());
    }

    private void failed(String what, Throwable failure) {
        if (stopping) {
            // The pool and the producer end before the batch does; whoever starts next begins with it.
            return;
        }
        Instant now = clock.instant();
        Wait current = wait.updateAndGet(
                before -> new Wait(what, String.valueOf(failure.getMessage()), before == null ? now : before.since()));
        LOG.warn(LogLine.of("cannot " + what + "; trying again")
                .with(LogKey.CAUSE, failure)
                .with(LogKey.FOR, Duration.between(current.since(), now)));
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }
}
