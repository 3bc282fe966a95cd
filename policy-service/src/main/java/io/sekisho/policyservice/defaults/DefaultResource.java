package io.sekisho.policyservice.defaults;

import io.sekisho.mail.access.Role;
import io.sekisho.mail.address.DomainName;
import io.sekisho.policyservice.change.Written;
import io.sekisho.rest.Allowed;
import io.sekisho.rest.Caller;
import io.sekisho.rest.Conditions;
import io.sekisho.rest.CurrentCaller;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /domains/{domain}/tls-defaults/{inbound|outbound}}. */
@Path("/api/v1/domains/{domain}/tls-defaults/{direction}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "TLS defaults", description = "What is required of every source or destination that no peer names (既定値).")
public class DefaultResource {
    private final Defaults defaults;
    private final CurrentCaller current;

    DefaultResource(Defaults defaults, CurrentCaller current) {
        this.defaults = defaults;
        this.current = current;
    }

    @GET
    @Allowed({Role.ADMIN, Role.DOMAIN_ADMIN, Role.AUDITOR})
    @Operation(
            summary = "The default of one direction",
            description =
                    "OPPORTUNISTIC where none was set. The outbound one is kept, and shown, while outbound protection is disabled.")
    @APIResponseSchema(DefaultBody.class)
    public Uni<Response> read(
            @PathParam("domain") DomainName domain,
            @PathParam("direction") DefaultSide side,
            @BeanParam Conditions conditions) {
        current.get().requireReach(domain);
        return defaults.read(domain, side).map(found -> conditions.answer(found.resource(), found.version()));
    }

    @PUT
    @Allowed({Role.ADMIN, Role.DOMAIN_ADMIN})
    @Operation(
            summary = "Set the default of one direction",
            description = "The outbound one needs outbound protection enabled: 409 otherwise.")
    @APIResponseSchema(DefaultBody.class)
    public Uni<Response> put(
            @PathParam("domain") DomainName domain,
            @PathParam("direction") DefaultSide side,
            @BeanParam Conditions conditions,
            @NotNull(message = "must be a JSON object") DefaultBody body) {
        Caller caller = current.get();
        caller.requireReach(domain);
        return defaults.put(caller, domain, side, body, conditions).map(Written::response);
    }
}
