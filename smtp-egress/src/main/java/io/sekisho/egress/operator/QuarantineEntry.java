package io.sekisho.egress.operator;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sekisho.egress.quarantine.QuarantineReason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is kept in quarantine. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "QuarantineEntry", description = "Mail that could not be processed and is kept for an operator.")
public record QuarantineEntry(
        UUID id,
        Instant keptAt,

        @Schema(
                description =
                        "UNREADABLE: the record of the queue makes no sense; CONTENT_LOST: a part of the message is missing or differs, its sender was told;"
                                + " ENDED_PODS: three attempts at it ended with their process.")
        QuarantineReason reason,

        @Schema(description = "One sentence.") String detail,

        @Schema(description = "The id of the message; absent where not even that could be read.")
        Optional<UUID> message,

        @Schema(description = "The recipient that is kept; absent: all of the message.")
        Optional<String> recipient,

        Optional<String> sender,
        Optional<String> subject,
        Optional<Instant> receivedAt,

        @Schema(description = "The managed domains that it belongs to, where its envelope tells.")
        List<String> domains,

        @Schema(
                description =
                        "Octets of the message that are kept with it; 0: they stand in sekisho.mail.content, or nowhere.")
        long keptOctets,

        @Schema(
                description = "Where the record stood in sekisho.mail.queue; absent for mail from the schedule.",
                examples = "3@1207")
        Optional<String> position) {

    public QuarantineEntry {
        domains = List.copyOf(domains);
    }
}
