package io.sekisho.policyservice.defaults;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sekisho.mail.policy.OnViolation;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsSetting;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.policyservice.requirement.RequirementRules;
import io.sekisho.policyservice.warning.Warning;
import io.sekisho.rest.Faults;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A default as the interface shows and takes it. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(
        name = "TlsDefault",
        description = "What is required of every source or destination that no peer names.",
        examples = """
                {"level": "OPPORTUNISTIC"}""")
public record DefaultBody(
        @Schema(required = true) SecurityLevel level,

        @Schema(description = "TLSv1.2 if left out; never lower.")
        TlsVersion minimumVersion,

        @Schema(description = "What an inbound client is told: REJECT 550, DEFER 450.", defaultValue = "REJECT")
        OnViolation onViolation,

        @Schema(
                type = SchemaType.STRING,
                description =
                        "How long TLS failures are retried outbound before the message bounces: PT0S (at once) to P5D.",
                defaultValue = "PT1H",
                examples = "PT30M")
        Duration tlsGiveUpAfter,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Schema(
                readOnly = true,
                description =
                        "In the answer to a write where there are any: what may not do what its author hopes. Ignored in a request.")
        List<Warning> warnings) {

    /** Without warnings, as it is kept. */
    DefaultBody(SecurityLevel level, TlsVersion minimumVersion, OnViolation onViolation, Duration tlsGiveUpAfter) {
        this(level, minimumVersion, onViolation, tlsGiveUpAfter, null);
    }

    /** What holds where nothing is set. */
    static final DefaultBody UNSET = new DefaultBody(SecurityLevel.OPPORTUNISTIC, null, null, null);

    DefaultBody with(List<Warning> found) {
        return new DefaultBody(level, minimumVersion, onViolation, tlsGiveUpAfter, found);
    }

    /**
     * Goes on only if all of it may be set there.
     *
     * @throws io.sekisho.rest.Refusal 400 naming every wrong field
     */
    void requireValid(DefaultSide side) {
        Faults faults = new Faults();
        RequirementRules.check(faults, "", side.place(), new TlsSetting(level, Optional.ofNullable(minimumVersion)));
        RequirementRules.checkGiveUp(faults, "tlsGiveUpAfter", Optional.ofNullable(tlsGiveUpAfter));
        faults.refuseIfAny();
    }
}
