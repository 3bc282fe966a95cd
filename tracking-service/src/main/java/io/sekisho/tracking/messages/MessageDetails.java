package io.sekisho.tracking.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.tracking.delivery.Delivery;
import io.sekisho.tracking.delivery.Reception;
import io.sekisho.tracking.search.Reach;
import io.sekisho.tracking.store.MessageHistory;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** All that is known of a message, as far as it belongs to the caller's domains. */
@Schema(
        description =
                "A message with those of its recipients that belong to the caller's domains, and what happened to it for them.")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record MessageDetails(
        UUID id,

        @Schema(description = "The Message-ID field.") Optional<String> messageId,

        Instant receivedAt,

        @Schema(description = "The reverse-path; empty for <>.")
        String sender,

        Optional<String> subject,

        @Schema(description = "In octets; 0 where every recipient was refused before the content.")
        long size,

        @Schema(implementation = String.class) Optional<IpAddress> clientAddress,

        @Schema(description = "Whether the client's session had TLS: NONE, or its version.")
        String upstreamTls,

        List<MessageRow> recipients,

        @Schema(description = "Heading of the section, in the language of Content-Language: Actions or 処理.")
        String actionsLabel,

        @Schema(description = "What happened, in the order of time.")
        List<Action> actions,

        @Schema(
                description =
                        "False where the message has more recipients or actions than one answer holds; ask for one recipient.")
        boolean complete) {

    static MessageDetails of(MessageHistory history, Reach reach, Language language) {
        List<Delivery> deliveries = history.deliveries();
        Delivery first = deliveries.get(0);
        Reception reception = deliveries.stream()
                .map(Delivery::reception)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return new MessageDetails(
                first.messageId(),
                reception.messageIdField(),
                first.receivedAt(),
                reception.sender(),
                reception.subject(),
                reception.size(),
                reception.clientAddress(),
                reception.tls(),
                deliveries.stream()
                        .map(delivery -> MessageRow.of(delivery, reach, language))
                        .toList(),
                language.actions(),
                ActionList.of(history.events(), language),
                history.complete());
    }
}
