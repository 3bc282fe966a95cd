package io.sekisho.tracking.store;

import io.sekisho.mail.event.MailEvent;
import io.sekisho.tracking.delivery.Delivery;
import io.sekisho.tracking.delivery.DeliveryKey;
import java.time.LocalDate;
import java.util.Optional;

/**
 * An event that was found fit to be stored.
 *
 * @param json the event as it came, with fields that this version does not know
 * @param delivery the row as far as this event tells it; empty for an event about a connection
 */
public record TrackedEvent(MailEvent event, String json, Optional<Delivery> delivery) {

    public static TrackedEvent of(MailEvent event, String json) {
        return new TrackedEvent(event, json, event.message().map(facts -> Delivery.of(event, facts)));
    }

    EventKey key() {
        return new EventKey(day(), event.id());
    }

    /** The day of {@code receivedAt}; of an event about a connection, its own. */
    public LocalDate day() {
        return delivery.map(row -> row.key().day()).orElseGet(() -> DeliveryKey.dayOf(event.at()));
    }
}
