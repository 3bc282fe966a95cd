package io.sekisho.policyservice.publication;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sekisho.mail.policy.PolicyRevision;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * What the publisher of this pod is doing, for readiness, metrics and the log (which hears of each change once).
 *
 * <p>Relations: {@code lag = current − published}. Alert when the lag of the pod whose {@code publishing} is 1 stays above 0 for seconds, or
 * when the sum of {@code publishing} over all pods is not 1.
 */
@Singleton
class PublisherState {
    private static final Logger LOG = Logger.getLogger(PublisherState.class);

    private final Counter failures;
    private volatile Snapshot now = new Snapshot(Phase.STARTING, "", 0, 0);

    /** What it is doing. */
    enum Phase {
        STARTING,
        /** Another pod publishes. */
        STANDING_BY,
        PUBLISHING,
        REDIS_UNREACHABLE,
        DATABASE_UNREACHABLE,
        FAILING
    }

    /**
     * The state at one moment.
     *
     * @param current the last change in the database that was seen
     * @param published the last change in Redis; only known while publishing
     */
    record Snapshot(Phase phase, String epoch, long current, long published) {
        long lag() {
            return phase == Phase.STANDING_BY ? 0 : Math.max(0, current - published);
        }
    }

    PublisherState(MeterRegistry meters) {
        Gauge.builder("sekisho.policy.revision.current", () -> now.current())
                .description("The last change in the database")
                .register(meters);
        Gauge.builder("sekisho.policy.revision.published", () -> now.published())
                .description("The last change in Redis, as far as this pod published it")
                .register(meters);
        Gauge.builder("sekisho.policy.publication.lag", () -> now.lag())
                .description("Changes that wait to be published")
                .register(meters);
        Gauge.builder("sekisho.policy.publication.publishing", () -> now.phase() == Phase.PUBLISHING ? 1 : 0)
                .description("1 on the pod that publishes")
                .register(meters);
        failures = Counter.builder("sekisho.policy.publication.failures")
                .description("Rounds that ended early, for want of Redis or the database")
                .register(meters);
    }

    Snapshot now() {
        return now;
    }

    void standingBy(PolicyRevision latest) {
        become(new Snapshot(Phase.STANDING_BY, latest.epoch(), latest.n(), now.published()), "");
    }

    void publishing(PolicyRevision latest, long published) {
        become(new Snapshot(Phase.PUBLISHING, latest.epoch(), latest.n(), published), "");
    }

    void published(long n) {
        now = new Snapshot(now.phase(), now.epoch(), Math.max(now.current(), n), n);
    }

    void failed(Throwable failure) {
        failures.increment();
        Phase phase = failure instanceof PublicationFailure known ? known.phase() : Phase.FAILING;
        become(new Snapshot(phase, now.epoch(), now.current(), now.published()), failure.toString());
    }

    private void become(Snapshot next, String reason) {
        if (next.phase() != now.phase()) {
            LOG.logf(
                    reason.isEmpty() ? Logger.Level.INFO : Logger.Level.WARN,
                    "action=publish state=%s epoch=%s n=%d reason=\"%s\"",
                    next.phase(),
                    next.epoch(),
                    next.current(),
                    reason);
        }
        now = next;
    }
}
