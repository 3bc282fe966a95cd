package io.sekisho.egress.operator;

import io.sekisho.egress.destination.DestinationBook;
import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import io.sekisho.rest.Caller;
import io.sekisho.rest.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Locale;
import org.jboss.logging.Logger;

/** Takes orders: checks them, has them carried out, and writes down who gave them. */
@Singleton
class QueueDesk {

    private static final Logger LOG = Logger.getLogger(QueueDesk.class);

    private final QueueOrders orders;
    private final DestinationBook destinations;

    QueueDesk(QueueOrders orders, DestinationBook destinations) {
        this.orders = orders;
        this.destinations = destinations;
    }

    /**
     * Carries an order out.
     *
     * <p>Fails with a {@link Refusal}: 400 for an order that is none, 404 for a domain or a message that does not exist or lies
     * outside of the caller's domains.
     */
    Uni<OrderAnswer> carryOut(QueueAction action, QueueOrder order, Caller caller) {
        Selection selection = order.selection(action, caller);
        Uni<QueueOrders.Done> done = switch (action) {
            case FLUSH -> orders.flush(selection, Clock.systemUTC().instant());
            case HOLD -> orders.hold(selection, caller);
            case RELEASE -> orders.release(selection, caller);
            case CANCEL ->
                orders.cancel(
                        selection,
                        caller,
                        order.tellsSender(),
                        Clock.systemUTC().instant());
        };
        return done.invoke(it -> requireMessage(selection, order, it))
                .chain(it -> resumed(action, it)
                        .map(resumed -> new OrderAnswer(action, it.rows(), it.inFlight(), it.held(), resumed)))
                .invoke(answer -> log(order, caller, answer));
    }

    private static void requireMessage(Selection selection, QueueOrder order, QueueOrders.Done done) {
        if (selection.message().isPresent() && done.matched() == 0) {
            throw Refusal.notFound("There is no " + order.target() + " in the queue.");
        }
    }

    private Uni<Integer> resumed(QueueAction action, QueueOrders.Done done) {
        return action == QueueAction.FLUSH && !done.routes().isEmpty()
                ? destinations.probeNow(done.routes())
                : Uni.createFrom().item(0);
    }

    private static void log(QueueOrder order, Caller caller, OrderAnswer answer) {
        LOG.info(LogLine.of("operator's order")
                .with(LogKey.ACTION, answer.action().name().toLowerCase(Locale.ROOT))
                .with(LogKey.TARGET, order.target())
                .with(LogKey.KEY, caller.id())
                .with(LogKey.ROLE, caller.role().label())
                .with(LogKey.COUNT, answer.rows())
                .with(LogKey.IN_FLIGHT, answer.inFlight()));
    }
}
