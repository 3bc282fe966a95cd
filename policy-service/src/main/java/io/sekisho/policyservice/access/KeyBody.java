package io.sekisho.policyservice.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sekisho.mail.access.Role;
import io.sekisho.mail.address.DomainName;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An API key as the interface shows it: never the key, but in the answer that makes it. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "ApiKey", description = "An API key.")
public record KeyBody(
        @Schema(description = "Stands in the audit as who made a change.")
        String id,

        @Schema(description = "The key itself, only in the answer to POST: keep it, it is shown once.")
        String key,

        Role role,

        @Schema(description = "The managed domains it is for; empty: all.")
        List<DomainName> domains,

        String description,
        Instant createdAt) {

    /** What is asked for. */
    @Schema(name = "NewApiKey", examples = """
                {"role": "domain-admin", "domains": ["customer.example"], "description": "For Anna"}""")
    public record Request(
            @Schema(required = true) Role role,

            @Schema(
                    description =
                            "Required for domain-admin; confines an auditor; not for admin and service. They need not exist yet.",
                    maxItems = 1000)
            List<DomainName> domains,

            @Schema(maxLength = 1000) String description) {}
}
