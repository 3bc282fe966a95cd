package io.sekisho.mail.event;

import java.util.Optional;

/** What happened, in the past tense; a closed list. */
public enum EventKind {
    /** The message was received with this recipient. */
    RECEIVED(null),
    /** The recipient was refused, or the message for it. */
    REJECTED(DeliveryStatus.REJECTED),
    /** The queue holds the message: 250 was due. */
    QUEUED(DeliveryStatus.QUEUED),
    /** A host was tried. */
    ATTEMPTED(null),
    DELIVERED(DeliveryStatus.DELIVERED),
    DEFERRED(DeliveryStatus.DEFERRED),
    /** The sender was told that delivery takes longer. */
    DELAYED(null),
    BOUNCED(DeliveryStatus.BOUNCED),
    /** The queue lifetime ran out. */
    EXPIRED(DeliveryStatus.EXPIRED),
    CANCELLED(DeliveryStatus.CANCELLED),
    QUARANTINED(DeliveryStatus.QUARANTINED),
    /** A report about this recipient was queued to the sender. */
    DSN_SENT(null),
    /** About a connection, not a message: a client's TLS handshake failed. */
    HANDSHAKE_FAILED(null);

    private final DeliveryStatus status;

    EventKind(DeliveryStatus status) {
        this.status = status;
    }

    /** The status that a message has for the recipient after this, where it changes. */
    public Optional<DeliveryStatus> status() {
        return Optional.ofNullable(status);
    }
}
