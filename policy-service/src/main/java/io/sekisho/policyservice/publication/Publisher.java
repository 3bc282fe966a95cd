package io.sekisho.policyservice.publication;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sekisho.policyservice.change.CommitBell;
import io.sekisho.policyservice.change.Patience;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Does one {@link PublicationRound} after the other: at once when this pod committed a change, and every 200 ms to see what other pods
 * committed. Never gives up.
 *
 * <p>Thread safety: rounds run one at a time on one event-loop context; {@link #wake} may be called from any thread.
 */
@Singleton
public class Publisher {
    private static final Logger LOG = Logger.getLogger(Publisher.class);
    private static final long PAUSE_MILLIS = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Vertx vertx;
    private final CommitBell bell;
    private final PublicationRound round;
    private final PublisherLease lease;
    private final PublisherState state;
    private Context context;
    private boolean running;
    private boolean awaited;
    private boolean stopped;
    private long timer = -1;

    Publisher(Vertx vertx, CommitBell bell, PublicationRound round, PublisherLease lease, PublisherState state) {
        this.vertx = vertx;
        this.bell = bell;
        this.round = round;
        this.lease = lease;
        this.state = state;
    }

    void start(@Observes StartupEvent start) {
        context = vertx.getOrCreateContext();
        bell.onRing(this::wake);
        wake();
    }

    void stop(@Observes ShutdownEvent stop) {
        context.runOnContext(go -> {
            stopped = true;
            lease.release()
                    .subscribe()
                    .with(done -> {}, failure -> LOG.debugf(failure, "action=release-lease result=failed"));
        });
    }

    /** Looks for changes now, or again if a look is under way. */
    void wake() {
        context.runOnContext(go -> {
            awaited = true;
            vertx.cancelTimer(timer);
            next();
        });
    }

    private void next() {
        if (running || stopped) {
            return;
        }
        running = true;
        awaited = false;
        Patience.within(PATIENCE, Uni.createFrom().deferred(round::run))
                .subscribe()
                .with(
                        outcome -> context.runOnContext(go -> after(outcome)),
                        failure -> context.runOnContext(go -> {
                            state.failed(failure);
                            after(PublicationRound.Outcome.IDLE);
                        }));
    }

    private void after(PublicationRound.Outcome outcome) {
        running = false;
        if (outcome == PublicationRound.Outcome.MORE || awaited) {
            next();
        } else {
            timer = vertx.setTimer(PAUSE_MILLIS, fired -> context.runOnContext(go -> next()));
        }
    }
}
