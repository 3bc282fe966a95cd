package io.sekisho.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sekisho.mail.access.ApiKeyGrant;
import io.sekisho.mail.access.SecretHash;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The answer of {@code POST /api/v1/api-keys:verify}. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(description = "Whether a key is valid, and what it gives.")
public record KeyVerification(
        boolean valid,

        @Schema(description = "Absent where the key is not valid.")
        Optional<ApiKeyGrant> grant) {

    public KeyVerification {
        grant = grant == null ? Optional.empty() : grant;
    }

    public static KeyVerification of(Optional<ApiKeyGrant> grant) {
        return new KeyVerification(grant.isPresent(), grant);
    }

    /**
     * The question: the key itself stays with whom it was shown to.
     *
     * @param hash by {@link SecretHash}, 64 hexadecimal digits
     */
    @Schema(description = "A key, by its SHA-256 in lower-case hexadecimal.", examples = """
                {"hash": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}""")
    public record Question(@Schema(pattern = "[0-9a-f]{64}") String hash) {}
}
