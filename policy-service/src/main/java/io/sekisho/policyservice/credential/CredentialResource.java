package io.sekisho.policyservice.credential;

import io.sekisho.mail.access.Role;
import io.sekisho.mail.address.DomainName;
import io.sekisho.rest.Allowed;
import io.sekisho.rest.Caller;
import io.sekisho.rest.Conditions;
import io.sekisho.rest.CurrentCaller;
import io.sekisho.rest.Cursor;
import io.sekisho.rest.Faults;
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

/** {@code /domains/{domain}/submission-credentials}. */
@Path("/api/v1/domains/{domain}/submission-credentials")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Submission credentials", description = "With what the users of a domain submit mail.")
public class CredentialResource {
    private final Credentials credentials;
    private final CurrentCaller current;

    CredentialResource(Credentials credentials, CurrentCaller current) {
        this.credentials = credentials;
        this.current = current;
    }

    @GET
    @Allowed({Role.ADMIN, Role.DOMAIN_ADMIN, Role.AUDITOR})
    @Operation(
            summary = "The submission credentials of a domain, in the order of their creation",
            description = "Without the secrets.")
    public Uni<Page<CredentialBody>> list(
            @PathParam("domain") DomainName domain,
            @Parameter(
                            description =
                                    "Those of one user: its name, with or without @ and the domain. + is %2B here.",
                            example = "anna")
                    @QueryParam("user")
                    String user,
            @QueryParam("limit") @DefaultValue(PageLimit.DEFAULT) PageLimit limit,
            @QueryParam("cursor") String cursor) {
        current.get().requireReach(domain);
        Faults faults = new Faults();
        Optional<String> only = Optional.ofNullable(user).flatMap(text -> SubmissionUser.read(faults, domain, text));
        faults.refuseIfAny();
        Credentials.Place after =
                cursor == null ? Credentials.Place.FIRST : Cursor.decode(cursor, Credentials.Place.class);
        return credentials
                .list(domain, only, after, limit)
                .map(rows -> Page.of(
                        rows, limit, CredentialRow::body, row -> new Credentials.Place(row.createdN(), row.id())));
    }

    @POST
    @Allowed({Role.ADMIN, Role.DOMAIN_ADMIN})
    @Operation(
            summary = "Make a submission credential",
            description =
                    "The answer shows the secret; nothing ever does again. A user may have up to four, so that a secret is replaced without"
                            + " a gap: make the new one, set it in the client, delete the old one. 409 where a user has four or the domain"
                            + " 1,000, and where outbound protection is not enabled.")
    @APIResponseSchema(value = CredentialBody.class, responseCode = "201", responseDescription = "Made.")
    public Uni<Response> create(
            @PathParam("domain") DomainName domain,
            @NotNull(message = "must be a JSON object") CredentialBody.Request body) {
        return credentials
                .create(reaching(domain), domain, body)
                .map(made -> Response.fromResponse(made.response())
                        // The secret must not stay in any cache on the way (RFC 9111 §5.2.2.5).
                        .header("Cache-Control", "no-store")
                        .build());
    }

    @GET
    @Path("/{id}")
    @Allowed({Role.ADMIN, Role.DOMAIN_ADMIN, Role.AUDITOR})
    @Operation(summary = "A submission credential", description = "Without the secret.")
    @APIResponseSchema(CredentialBody.class)
    public Uni<Response> read(
            @PathParam("domain") DomainName domain, @PathParam("id") String id, @BeanParam Conditions conditions) {
        current.get().requireReach(domain);
        return credentials.read(domain, id).map(row -> conditions.answer(row.body(), row.createdN()));
    }

    @DELETE
    @Path("/{id}")
    @Allowed({Role.ADMIN, Role.DOMAIN_ADMIN})
    @Operation(
            summary = "Delete a submission credential",
            description = "Its secret is refused at AUTH as soon as the change is published.")
    @APIResponse(responseCode = "204", description = "Deleted.")
    public Uni<Response> delete(
            @PathParam("domain") DomainName domain, @PathParam("id") String id, @BeanParam Conditions conditions) {
        return credentials
                .delete(reaching(domain), domain, id, conditions)
                .map(done -> Response.noContent().build());
    }

    private Caller reaching(DomainName domain) {
        Caller caller = current.get();
        caller.requireReach(domain);
        return caller;
    }
}
