package io.sekisho.ingress.listener;

import io.sekisho.ingress.session.Reception;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A listener on all event loops.
 *
 * <p><b>Thread safety:</b> any thread. <b>Lifecycle:</b> {@link #open}, then {@link #drain}, then {@link #close}.
 */
public final class MailListener {

    private static final Duration DRAIN_POLL = Duration.ofMillis(50);

    private final Vertx vertx;
    private final ListenerSettings settings;
    private final Reception reception;
    private final ListenerTls tls;
    private final SessionServices services;
    private final List<ListenerVerticle> parts = new CopyOnWriteArrayList<>();
    private final List<String> deployments = new CopyOnWriteArrayList<>();
    private volatile boolean open;

    public MailListener(
            Vertx vertx, ListenerSettings settings, Reception reception, ListenerTls tls, SessionServices services) {
        this.vertx = vertx;
        this.settings = settings;
        this.reception = reception;
        this.tls = tls;
        this.services = services;
    }

    /**
     * Begins to listen.
     *
     * @return the port; fails where it cannot be taken
     */
    public Uni<Integer> open() {
        List<Future<Void>> deployed = new ArrayList<>();
        for (int part = 0; part < Runtime.getRuntime().availableProcessors(); part++) {
            deployed.add(deploy());
        }
        Future<Integer> opened = Future.all(deployed).map(all -> port()).onSuccess(port -> open = true);
        return Uni.createFrom().completionStage(opened.toCompletionStage());
    }

    private Future<Void> deploy() {
        ListenerVerticle part = new ListenerVerticle(settings, reception, tls, services);
        return vertx.deployVerticle(part).map(deployment -> {
            parts.add(part);
            deployments.add(deployment);
            return null;
        });
    }

    /** The port that it listens at; 0 before it is open. */
    public int port() {
        return parts.isEmpty() ? 0 : parts.get(0).port();
    }

    public boolean isOpen() {
        return open;
    }

    /** How many connections it serves. */
    public int connections() {
        return settings.places().taken();
    }

    /**
     * Ends idle sessions, lets transactions end, refuses new connections with 421.
     *
     * @param limit how long transactions may go on
     * @return when no connection is left, or the limit has passed
     */
    public Uni<Void> drain(Duration limit) {
        open = false;
        parts.forEach(ListenerVerticle::drain);
        long end = System.nanoTime() + limit.toNanos();
        return Uni.createFrom()
                .item(() -> settings.places().taken() == 0 || System.nanoTime() >= end)
                .repeat()
                .withDelay(DRAIN_POLL)
                .until(done -> done)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Stops listening and closes what is still connected. */
    public Uni<Void> close() {
        open = false;
        return Uni.createFrom()
                .completionStage(
                        Future.all(deployments.stream().map(vertx::undeploy).toList())
                                .<Void>mapEmpty()
                                .toCompletionStage());
    }
}
