package io.sekisho.policyservice.warning;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sekisho.policyservice.audit.AuditSubject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A warning about something that is stored. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Schema(name = "FoundWarning", description = "A warning about something that is stored.")
public record FoundWarning(
        @Schema(description = "TLS_PEER or TLS_DEFAULT.") AuditSubject subject,

        @Schema(description = "The id of the peer, or the direction of the default.")
        String subjectId,

        @Schema(description = "The peer itself; absent for a default.")
        String peer,

        WarningCode code,

        @Schema(description = "The field that it is about.", examples = "level")
        String field,

        @Schema(description = "A sentence for people.") String message) {

    public static FoundWarning of(AuditSubject subject, String subjectId, String peer, Warning warning) {
        return new FoundWarning(subject, subjectId, peer, warning.code(), warning.field(), warning.message());
    }
}
