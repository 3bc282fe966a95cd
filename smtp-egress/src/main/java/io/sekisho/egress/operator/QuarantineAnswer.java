package io.sekisho.egress.operator;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of an entry of the quarantine. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "QuarantineAnswer", description = "What was done.")
public record QuarantineAnswer(
        QuarantineAction action,
        UUID id,

        @Schema(description = "The message; absent where not even its id could be read.")
        Optional<UUID> message,

        @Schema(description = "The recipients whose mail it is; empty where they could not be read.")
        List<String> recipients,

        @Schema(
                description =
                        "Reports that were queued to the sender: none where it was told when the mail was kept, does not want to hear, or cannot be told.")
        int reports) {

    public QuarantineAnswer {
        recipients = List.copyOf(recipients);
    }
}
