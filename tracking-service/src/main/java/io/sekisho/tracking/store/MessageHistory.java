package io.sekisho.tracking.store;

import io.sekisho.mail.event.MailEvent;
import io.sekisho.tracking.delivery.Delivery;
import java.util.List;

/**
 * All that is known of a message within a caller's reach.
 *
 * @param deliveries one for each recipient, by recipient; never empty
 * @param events about these deliveries, in the order of their times
 * @param complete false where the message has more deliveries or events than one answer may hold
 */
public record MessageHistory(List<Delivery> deliveries, List<MailEvent> events, boolean complete) {

    public MessageHistory {
        deliveries = List.copyOf(deliveries);
        events = List.copyOf(events);
    }
}
