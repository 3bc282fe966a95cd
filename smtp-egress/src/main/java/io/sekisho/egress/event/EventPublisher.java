package io.sekisho.egress.event;

import io.sekisho.mail.event.MailEvent;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Tells the world what happened. Thread safety: may be called from any thread. */
@FunctionalInterface
public interface EventPublisher {

    /**
     * Publishes in this order when subscribed to. The result arrives when Kafka has them all; without Kafka it waits, and
     * so must whoever would forget the fact.
     */
    Uni<Void> publish(List<MailEvent> events);
}
