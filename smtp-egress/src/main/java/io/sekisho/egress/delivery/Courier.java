package io.sekisho.egress.delivery;

import io.smallrye.mutiny.Uni;

/**
 * Makes one attempt to deliver: finds the hosts, tries them in order under the TLS that the requirement asks for, and
 * reports. It never decides to bounce or when to try again.
 *
 * <p>Thread safety: {@link #deliver} may be called from any thread and never blocks; the report arrives on an event
 * loop.
 */
public interface Courier {

    /**
     * Delivers when subscribed to, each subscription anew. Whatever happens on the network, in DNS or with the content
     * is a report; a failure of the result is a bug, and says nothing about what the hosts have taken. Cancelling the
     * subscription closes the connection, which leaves in doubt what was under way: use {@link Consignment#claim}.
     */
    Uni<DeliveryReport> deliver(Consignment consignment);
}
