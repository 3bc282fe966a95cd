package io.sekisho.policyclient;

import io.vertx.core.Vertx;

/**
 * The policy as this process knows it: a complete table kept up by the change stream in Redis, by policy-service over
 * HTTP where Redis does not answer or its publisher is silent.
 *
 * <p>Lifecycle: one per process, from {@link #start} to {@link #close}. Thread safety: {@link #current} may be called
 * from any thread and never blocks.
 */
public final class PolicyClient implements AutoCloseable {

    private final Freshness freshness;
    private final PolicyFollower follower;

    private PolicyClient(Freshness freshness, PolicyFollower follower) {
        this.freshness = freshness;
        this.follower = follower;
    }

    /** Begins to load; {@link #current} is unusable until a complete table is there. */
    public static PolicyClient start(Vertx vertx, PolicyClientSettings settings) {
        Freshness freshness = new Freshness(settings.maxStale(), System::nanoTime);
        PolicyFollower follower = new PolicyFollower(vertx, settings, freshness);
        follower.start();
        return new PolicyClient(freshness, follower);
    }

    public PolicyState current() {
        return freshness.state();
    }

    @Override
    public void close() {
        follower.stop();
    }
}
