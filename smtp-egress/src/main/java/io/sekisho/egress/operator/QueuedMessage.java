package io.sekisho.egress.operator;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One recipient of one message that waits. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "QueuedMessage", description = "One recipient of one message that waits.")
public record QueuedMessage(
        @Schema(description = "The id of the message, as in mail tracking.")
        UUID message,

        @Schema(description = "Forward-path.", examples = "bob@partner.example")
        String recipient,

        @Schema(description = "Reverse-path; empty for the null one.", examples = "alice@customer.example")
        String sender,

        Optional<String> subject,

        @Schema(description = "Octets.") long size,

        Instant receivedAt,

        @Schema(description = "The managed domains that it belongs to, of those the caller may see.")
        List<String> domains,

        @Schema(description = "The recipient's domain.") String destination,

        @Schema(description = "Attempts that were made.") int attempt,

        @Schema(description = "When the next attempt is due; of a held row, when it would be.")
        Instant due,

        Optional<Instant> firstFailure,

        @Schema(description = "Whether an attempt is under way in some pod.")
        boolean inFlight,

        @Schema(description = "Whether it is held back.") boolean held,

        @Schema(description = "Whether it was cancelled, and has only to get that outcome.")
        boolean cancelled,

        Optional<SaidReply> lastReply,

        @Schema(description = "Why it waits, one sentence.") Optional<String> lastDetail) {

    public QueuedMessage {
        domains = List.copyOf(domains);
    }
}
