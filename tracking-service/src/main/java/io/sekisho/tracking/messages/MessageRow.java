package io.sekisho.tracking.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.DeliveryStatus;
import io.sekisho.mail.policy.Direction;
import io.sekisho.tracking.delivery.Delivery;
import io.sekisho.tracking.delivery.Outcome;
import io.sekisho.tracking.delivery.Reception;
import io.sekisho.tracking.delivery.Traffic;
import io.sekisho.tracking.delivery.Transfer;
import io.sekisho.tracking.search.Reach;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A message for one of its recipients. */
@Schema(description = "A message for one of its recipients. What is not known, or does not apply, is left out.")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record MessageRow(
        @Schema(description = "Of the message; the same for all its recipients.")
        UUID id,

        @Schema(description = "The Message-ID field.") Optional<String> messageId,

        Instant receivedAt,

        @Schema(description = "When the status was reached.")
        Instant changedAt,

        @Schema(description = "Seen from the managed domain.")
        Direction direction,

        @Schema(description = "The managed domain; where there are two, the recipient's.")
        Optional<DomainName> domain,

        @Schema(description = "The managed domains to which it belongs, as far as the caller may know of them.")
        List<DomainName> domains,

        @Schema(description = "The reverse-path; empty for <>.")
        String sender,

        @Schema(description = "The forward-path.") String recipient,

        Optional<String> subject,

        @Schema(description = "In octets; 0 where it was refused before the content.")
        long size,

        @Schema(
                description = "Of the client that handed it in; absent for what the gateway itself wrote.",
                implementation = String.class)
        Optional<IpAddress> clientAddress,

        DeliveryStatus status,

        @Schema(description = "Number of the latest attempt; 0 before the first.")
        int attempts,

        @Schema(description = "When the next attempt is due, while the status is DEFERRED.")
        Optional<Instant> due,

        Traffic traffic,

        @Schema(description = "In the language of Content-Language.")
        String trafficLabel,

        @Schema(description = "Why the gateway's policy stopped it; only of blocked traffic.")
        Optional<BlockReason> blockReason,

        @Schema(description = "In the language of Content-Language.")
        Optional<String> blockReasonLabel,

        @Schema(
                description = "Whether the client's session had TLS: NONE, or its version.",
                examples = {"NONE", "TLSv1.3"})
        String upstreamTls,

        @Schema(
                description =
                        "Whether the session with the next host had TLS: NONE, or its version. Of the delivery; while there is"
                                + " none, of the latest attempt. Absent where no host was tried.",
                examples = {"NONE", "TLSv1.3"})
        Optional<String> downstreamTls,

        @Schema(description = "The host that took it.", examples = "mx.partner.example[192.0.2.25]:25")
        Optional<String> deliveredTo) {

    static MessageRow of(Delivery delivery, Reach reach, Language language) {
        Reception reception = delivery.reception();
        Outcome outcome = delivery.outcome();
        List<DomainName> domains =
                delivery.domains().stream().filter(reach::includes).toList();
        return new MessageRow(
                delivery.messageId(),
                reception.messageIdField(),
                delivery.receivedAt(),
                outcome.at(),
                reception.direction(),
                primary(delivery, domains),
                domains,
                reception.sender(),
                delivery.recipient(),
                reception.subject(),
                reception.size(),
                reception.clientAddress(),
                outcome.status(),
                delivery.attempts(),
                outcome.status() == DeliveryStatus.DEFERRED ? outcome.due() : Optional.empty(),
                outcome.traffic(),
                language.label(outcome.traffic()),
                outcome.blockReason(),
                outcome.blockReason().map(language::label),
                reception.tls(),
                delivery.transfer().map(Transfer::tls),
                delivery.transfer().filter(Transfer::isDelivery).map(Transfer::place));
    }

    /** A row of two domains stands under the recipient's, whose rules decide about its own mail. */
    private static Optional<DomainName> primary(Delivery delivery, List<DomainName> domains) {
        String recipient = delivery.recipient();
        Optional<DomainName> own = DomainName.tryParse(recipient.substring(recipient.lastIndexOf('@') + 1))
                .filter(domains::contains);
        return own.or(() -> domains.stream().findFirst());
    }
}
