package io.sekisho.egress.client;

import io.sekisho.egress.brokentls.BrokenTls;
import io.sekisho.egress.delivery.Consignment;
import io.sekisho.egress.delivery.Courier;
import io.sekisho.egress.delivery.DeliveryReport;
import io.sekisho.egress.delivery.DeliverySettings;
import io.sekisho.egress.route.AddressGuard;
import io.sekisho.egress.route.Itineraries;
import io.sekisho.smtp.tls.CertificateJudge;
import io.sekisho.smtp.tls.ClientTls;
import io.sekisho.smtp.tls.TrustAnchors;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.NetClientOptions;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The courier that speaks SMTP over Vert.x sockets; a connection that has carried a message is kept a while for the next one.
 *
 * <p>Lifecycle: one per process; {@link #close} ends its connections. Fails when made: the trusted CA file cannot be read,
 * or TLS cannot be set up.
 */
public final class SmtpCourier implements Courier, AutoCloseable {

    /** Connections at rest, of all destinations. */
    private static final int MOST_KEPT = 200;

    private final Vertx vertx;
    private final DeliverySettings settings;
    private final Itineraries itineraries;
    private final AddressGuard guard;
    private final BrokenTls brokenTls;
    private final ClientTls tls;
    private final Session.Means means;

    /** @param brokenTls where hosts whose TLS broke are remembered */
    public SmtpCourier(Vertx vertx, DeliverySettings settings, BrokenTls brokenTls) {
        this.brokenTls = brokenTls;
        this.vertx = vertx;
        this.settings = settings;
        itineraries =
                new Itineraries(settings, () -> ThreadLocalRandom.current().nextLong());
        guard = new AddressGuard(settings.allowedNextHopNetworks());
        TrustAnchors anchors = settings.trustedCa().map(TrustAnchors::ofPem).orElseGet(TrustAnchors::ofJdk);
        NetClientOptions options = new NetClientOptions()
                .setConnectTimeout((int) settings.timeOuts().connect().toMillis());
        tls = new ClientTls();
        means = new Session.Means(
                vertx.createNetClient(options),
                new Handshake(tls, new CertificateJudge(anchors), settings.timeOuts()),
                new KeptConnections(MOST_KEPT),
                settings.bounds().messagesPerConnection());
    }

    @Override
    public Uni<DeliveryReport> deliver(Consignment consignment) {
        ContextInternal context = context();
        // One Uni, made on the caller's thread: what DNS said comes on a thread that knows of no context.
        return Uni.createFrom().emitter(emitter -> {
            Attempt attempt = new Attempt(context, means, guard, brokenTls, settings, consignment);
            emitter.onTermination(() -> {
                if (!attempt.isOver()) {
                    context.runOnContext(ignored -> attempt.cut());
                }
            });
            itineraries
                    .find(consignment.route())
                    .whenComplete((itinerary, bug) -> onContext(context, () -> {
                        if (bug == null) {
                            attempt.run(itinerary).onSuccess(emitter::complete).onFailure(emitter::fail);
                        } else {
                            emitter.fail(bug);
                        }
                    }));
        });
    }

    private static void onContext(ContextInternal context, Runnable step) {
        if (context.isRunningOnContext()) {
            step.run();
        } else {
            context.runOnContext(ignored -> step.run());
        }
    }

    /** The event loop of an attempt's sockets and timers: the caller's, so that a result need not go from thread to thread; otherwise any. */
    private ContextInternal context() {
        ContextInternal current = ((VertxInternal) vertx).getContext();
        return current != null && current.isEventLoopContext()
                ? current
                : ((VertxInternal) vertx).createEventLoopContext();
    }

    @Override
    public void close() {
        means.client().close();
        tls.close();
    }
}
