package io.sekisho.policyservice.peer;

import io.sekisho.mail.access.Role;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.SecurityLevel;
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
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /domains/{domain}/tls-peers}. */
@Path("/api/v1/domains/{domain}/tls-peers")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "TLS peers", description = "What is required of one source or destination (TLS ピア).")
public class PeerResource {
    private final Peers peers;
    private final CurrentCaller current;

    PeerResource(Peers peers, CurrentCaller current) {
        this.peers = peers;
        this.current = current;
    }

    @GET
    @Allowed({Role.ADMIN, Role.DOMAIN_ADMIN, Role.AUDITOR})
    @Operation(summary = "The TLS peers of a domain, in the order of their creation")
    public Uni<Page<PeerBody>> list(
            @PathParam("domain") DomainName domain,
            @QueryParam("direction") Direction direction,
            @QueryParam("level") SecurityLevel level,
            @Parameter(description = "A part of the peer or of its description, in any case.") @QueryParam("q")
                    String q,
            @QueryParam("limit") @DefaultValue(PageLimit.DEFAULT) PageLimit limit,
            @QueryParam("cursor") String cursor) {
        current.get().requireReach(domain);
        PeerFilter filter =
                new PeerFilter(Optional.ofNullable(direction), Optional.ofNullable(level), Optional.ofNullable(q));
        Peers.Place after = cursor == null ? Peers.Place.FIRST : Cursor.decode(cursor, Peers.Place.class);
        return peers.list(domain, filter, after, limit)
                .map(rows -> Page.of(rows, limit, PeerRow::body, row -> new Peers.Place(row.createdN(), row.id())));
    }

    @POST
    @Allowed({Role.ADMIN, Role.DOMAIN_ADMIN})
    @Operation(
            summary = "Add a TLS peer",
            description =
                    "409 where there is one for the same direction and peer, and for OUTBOUND where outbound protection is not enabled.")
    @APIResponseSchema(value = PeerBody.class, responseCode = "201", responseDescription = "Created.")
    public Uni<Response> create(
            @PathParam("domain") DomainName domain, @NotNull(message = "must be a JSON object") PeerBody body) {
        return peers.create(reaching(domain), domain, body).map(Written::response);
    }

    @GET
    @Path("/{id}")
    @Allowed({Role.ADMIN, Role.DOMAIN_ADMIN, Role.AUDITOR})
    @Operation(summary = "A TLS peer")
    @APIResponseSchema(PeerBody.class)
    public Uni<Response> read(
            @PathParam("domain") DomainName domain, @PathParam("id") String id, @BeanParam Conditions conditions) {
        current.get().requireReach(domain);
        return peers.read(domain, id).map(row -> conditions.answer(row.body(), row.version()));
    }

    @PUT
    @Path("/{id}")
    @Allowed({Role.ADMIN, Role.DOMAIN_ADMIN})
    @Operation(summary = "Replace a TLS peer", description = "All of it: what is left out gets its default.")
    @APIResponseSchema(PeerBody.class)
    public Uni<Response> replace(
            @PathParam("domain") DomainName domain,
            @PathParam("id") String id,
            @BeanParam Conditions conditions,
            @NotNull(message = "must be a JSON object") PeerBody body) {
        return peers.replace(reaching(domain), domain, id, body, conditions).map(Written::response);
    }

    @DELETE
    @Path("/{id}")
    @Allowed({Role.ADMIN, Role.DOMAIN_ADMIN})
    @Operation(summary = "Delete a TLS peer", description = "The domain's default applies to it from then on.")
    @APIResponse(responseCode = "204", description = "Deleted.")
    public Uni<Response> delete(
            @PathParam("domain") DomainName domain, @PathParam("id") String id, @BeanParam Conditions conditions) {
        return peers.delete(reaching(domain), domain, id, conditions)
                .map(done -> Response.noContent().build());
    }

    private Caller reaching(DomainName domain) {
        Caller caller = current.get();
        caller.requireReach(domain);
        return caller;
    }
}
