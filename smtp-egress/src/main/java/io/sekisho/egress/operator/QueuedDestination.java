package io.sekisho.egress.operator;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What waits for one destination. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(
        name = "QueuedDestination",
        description = "What waits for one destination; counted in rows, one for each recipient of a message.")
public record QueuedDestination(
        @Schema(description = "The recipients' domain.", examples = "partner.example")
        String destination,

        @Schema(description = "Rows that wait for their next attempt.")
        long waiting,

        @Schema(description = "Rows at which an attempt is under way in some pod.")
        long inFlight,

        @Schema(description = "Rows that are held back.") long held,

        @Schema(description = "Rows that were cancelled, and get that outcome as soon as no attempt is at them.")
        long cancelled,

        @Schema(
                description =
                        "When the first of those that wait is due; absent where none waits. In the past: it waits for room.")
        Optional<Instant> dueNext,

        @Schema(description = "When the oldest message of all of them was received.")
        Instant oldest,

        @Schema(
                description =
                        "Until when the pods leave it alone, after which one attempt shows whether it answers. Absent while it is open.")
        Optional<Instant> suspendedUntil,

        @Schema(description = "The last reply that a row has; absent where no host said anything.")
        Optional<SaidReply> lastReply,

        @Schema(description = "Why it waits, one sentence.") Optional<String> lastDetail) {}
