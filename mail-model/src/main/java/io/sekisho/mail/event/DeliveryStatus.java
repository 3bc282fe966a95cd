package io.sekisho.mail.event;

/** The state of a message for one recipient; a closed list. */
public enum DeliveryStatus {
    QUEUED,
    DEFERRED,
    DELIVERED,
    BOUNCED,
    EXPIRED,
    REJECTED,
    CANCELLED,
    QUARANTINED;

    /** Whether nothing more will happen to the message for this recipient, save by an operator's hand. */
    public boolean isFinal() {
        return this != QUEUED && this != DEFERRED;
    }
}
