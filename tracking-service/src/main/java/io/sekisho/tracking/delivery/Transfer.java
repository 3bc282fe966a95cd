package io.sekisho.tracking.delivery;

import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.Hop;
import io.sekisho.mail.event.MailEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * The session with the next host that says how the mail went on: of the delivery where there was one, else of the latest attempt.
 *
 * @param address that was connected to
 * @param tls {@code NONE}, or the session's version
 * @param kind of the event that told it
 */
public record Transfer(
        String host, Optional<String> address, int port, String tls, EventKind kind, int attempt, Instant at)
        implements Comparable<Transfer> {

    private static final Comparator<Transfer> ORDER = Comparator.comparing(Transfer::isDelivery)
            .thenComparingInt(Transfer::attempt)
            // Among the hosts of one attempt, the one that the attempt's end names.
            .thenComparing(transfer -> transfer.kind.status().isPresent())
            .thenComparing(Transfer::at)
            .thenComparing(Transfer::kind)
            .thenComparing(Transfer::host)
            .thenComparing(transfer -> transfer.address.orElse(""))
            .thenComparingInt(Transfer::port)
            .thenComparing(Transfer::tls);

    /** Empty where the event speaks of no next host. */
    static Optional<Transfer> of(MailEvent event) {
        return switch (event.kind()) {
            // Their session is the client's, which every event carries.
            case RECEIVED, REJECTED, QUEUED, HANDSHAKE_FAILED -> Optional.empty();
            default -> event.hop().map(hop -> of(event, hop));
        };
    }

    private static Transfer of(MailEvent event, Hop hop) {
        return new Transfer(
                StoredText.line(hop.host()),
                hop.address().map(StoredText::line),
                hop.port(),
                StoredText.line(hop.tls().protocol()),
                event.kind(),
                event.attempt(),
                Times.millis(event.at()));
    }

    public boolean isDelivery() {
        return kind == EventKind.DELIVERED;
    }

    /** {@code mx.partner.example[192.0.2.25]:25}, the way mail logs name a host. */
    public String place() {
        return host + address.map(text -> "[" + text + "]").orElse("") + ":" + port;
    }

    @Override
    public int compareTo(Transfer other) {
        return ORDER.compare(this, other);
    }
}
