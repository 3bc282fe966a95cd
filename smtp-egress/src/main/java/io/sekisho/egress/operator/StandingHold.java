package io.sekisho.egress.operator;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sekisho.egress.hold.Authority;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A standing order to hold mail back. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(
        name = "StandingHold",
        description = "A standing order: such mail is held back, what comes later too, until it is released.")
public record StandingHold(
        @Schema(description = "Mail of this managed domain; absent: of all.")
        Optional<String> domain,

        @Schema(description = "Mail to this destination; absent: to all.")
        Optional<String> destination,

        @Schema(description = "OPERATOR: an admin ends it; DOMAIN: the domain's administrators can too.")
        Authority authority,

        @Schema(description = "The id of the API key; absent where it is none of the caller's affair.")
        Optional<String> heldBy,

        Instant since) {}
