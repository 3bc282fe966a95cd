package io.sekisho.policyservice.domain;

import io.sekisho.mail.access.Role;
import io.sekisho.mail.address.DomainName;
import io.sekisho.policyservice.change.Written;
import io.sekisho.rest.Allowed;
import io.sekisho.rest.Caller;
import io.sekisho.rest.Conditions;
import io.sekisho.rest.CurrentCaller;
import io.sekisho.rest.Cursor;
import io.sekisho.rest.Page;
import io.sekisho.rest.PageLimit;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /domains}. */
@Path("/api/v1/domains")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Domains", description = "The domains whose mail passes through the gateway (管理対象ドメイン).")
public class DomainResource {
    private final Domains domains;
    private final CurrentCaller current;

    DomainResource(Domains domains, CurrentCaller current) {
        this.domains = domains;
        this.current = current;
    }

    /** Where the next page begins: behind this name. */
    record Place(DomainName after) {}

    @GET
    @Allowed({Role.ADMIN, Role.DOMAIN_ADMIN, Role.AUDITOR})
    @Operation(summary = "The managed domains, by name", description = "Those within the reach of the key.")
    public Uni<Page<DomainBody>> list(
            @QueryParam("limit") @DefaultValue(PageLimit.DEFAULT) PageLimit limit,
            @QueryParam("cursor") String cursor) {
        Optional<DomainName> after = Optional.ofNullable(cursor)
                .map(text -> Cursor.decode(text, Place.class).after());
        return domains.list(current.get(), after, limit)
                .map(rows -> Page.of(rows, limit, DomainRow::body, row -> new Place(row.name())));
    }

    @GET
    @Path("/{domain}")
    @Allowed({Role.ADMIN, Role.DOMAIN_ADMIN, Role.AUDITOR})
    @Operation(summary = "A managed domain")
    @APIResponseSchema(DomainBody.class)
    public Uni<Response> read(@PathParam("domain") DomainName domain, @BeanParam Conditions conditions) {
        current.get().requireReach(domain);
        return domains.read(domain).map(row -> conditions.answer(row.body(), row.version()));
    }

    @PUT
    @Path("/{domain}")
    @Allowed({Role.ADMIN, Role.DOMAIN_ADMIN})
    @Operation(
            summary = "Create or replace a managed domain",
            description =
                    "Only admins create domains and set nextHops and relaySources; a domain-admin leaves these two out, or sends them as"
                            + " they are. Disabling outbound protection keeps outbound defaults and peers and submission credentials, inert.")
    @APIResponseSchema(value = DomainBody.class, responseCode = "200", responseDescription = "Replaced.")
    @APIResponse(responseCode = "201", description = "Created.")
    public Uni<Response> put(
            @PathParam("domain") DomainName domain,
            @BeanParam Conditions conditions,
            @NotNull(message = "must be a JSON object") DomainBody body) {
        Caller caller = current.get();
        caller.requireReach(domain);
        return domains.put(caller, domain, body, conditions).map(Written::response);
    }

    @DELETE
    @Path("/{domain}")
    @Allowed(Role.ADMIN)
    @Operation(
            summary = "Delete a managed domain",
            description = "With its defaults, peers and submission credentials. Its mail is refused within a second.")
    @APIResponse(responseCode = "204", description = "Deleted.")
    public Uni<Response> delete(@PathParam("domain") DomainName domain, @BeanParam Conditions conditions) {
        return domains.delete(current.get(), domain, conditions)
                .map(done -> Response.noContent().build());
    }
}
