package io.sekisho.policyservice.access;

import io.sekisho.mail.access.Role;
import io.sekisho.rest.Allowed;
import io.sekisho.rest.ApiKeys;
import io.sekisho.rest.KeyVerification;
import io.sekisho.rest.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /api-keys:verify}: what the other services fall back to when Redis is away. */
@Path("/api/v1/api-keys:verify")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "API keys")
public class KeyVerificationResource {
    private final ApiKeys keys;

    KeyVerificationResource(ApiKeys keys) {
        this.keys = keys;
    }

    @POST
    @Allowed(Role.SERVICE)
    @Operation(summary = "Whether a key is valid, by its hash", description = "For the other services.")
    public Uni<KeyVerification> verify(@NotNull(message = "must be a JSON object") KeyVerification.Question body) {
        if (body.hash() == null || !body.hash().matches("[0-9a-f]{64}")) {
            throw Refusal.badRequest("hash", "must be the SHA-256 of the key in 64 lower-case hexadecimal digits");
        }
        return keys.byHash(body.hash()).map(KeyVerification::of);
    }
}
