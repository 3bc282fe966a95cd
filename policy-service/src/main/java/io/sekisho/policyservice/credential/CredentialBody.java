package io.sekisho.policyservice.credential;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A submission credential as the interface shows it: never the secret, but in the answer that makes it. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "SubmissionCredential", description = "One user and secret for AUTH.")
public record CredentialBody(
        @Schema(description = "Given by the service; not the secret.", examples = "cred-7k2m9q4wxz3c")
        String id,

        @Schema(description = "What the client gives as user name.", examples = "anna@customer.example")
        String user,

        @Schema(
                description =
                        "What the client gives as password. Only in the answer to POST: keep it, it is shown once.",
                examples = "sc_h4v9m2xq7kd3tz8wn5rbj6ycg2apf4eu")
        String secret,

        String description,
        Instant createdAt) {

    /** What is asked for. */
    @Schema(name = "NewSubmissionCredential", examples = """
                {"user": "anna", "description": "Anna's laptop"}""")
    public record Request(
            @Schema(
                    required = true,
                    description =
                            "A name of 1 to 64 letters, digits, '.', '_', '-' or '+', in any case; @ and the domain may follow.",
                    examples = "anna")
            String user,

            @Schema(maxLength = 1000, examples = "Anna's laptop")
            String description) {}

    /** Without the secret, which has no place in a log. */
    @Override
    public String toString() {
        return "CredentialBody[" + id + ", " + user + "]";
    }
}
