package io.sekisho.policyservice.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One change as the interface shows it. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(description = "One change.")
public record AuditEntry(
        @Schema(
                description =
                        "The number of the change; they are made in this order. All that one import did has the same.")
        long n,

        Instant at,

        @Schema(description = "The id of the API key that made it.")
        String who,

        AuditAction action,
        AuditSubject subject,

        @Schema(description = "Which: the domain, the direction of the default, the id of the peer or credential.")
        String subjectId,

        @Schema(description = "As it was; absent where it was created.", type = SchemaType.OBJECT)
        Optional<JsonNode> before,

        @Schema(description = "As it became; absent where it was deleted.", type = SchemaType.OBJECT)
        Optional<JsonNode> after) {}
