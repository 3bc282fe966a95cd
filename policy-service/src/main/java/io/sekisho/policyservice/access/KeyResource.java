package io.sekisho.policyservice.access;

import io.sekisho.mail.access.Role;
import io.sekisho.rest.Allowed;
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
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api-keys}. */
@Path("/api/v1/api-keys")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Allowed(Role.ADMIN)
@Tag(name = "API keys", description = "Who may call; for admins.")
public class KeyResource {
    private final Keys keys;
    private final CurrentCaller current;

    KeyResource(Keys keys, CurrentCaller current) {
        this.keys = keys;
        this.current = current;
    }

    @GET
    @Operation(summary = "The API keys, in the order of their creation", description = "Without the keys themselves.")
    public Uni<Page<KeyBody>> list(
            @QueryParam("limit") @DefaultValue(PageLimit.DEFAULT) PageLimit limit,
            @QueryParam("cursor") String cursor) {
        Keys.Place after = cursor == null ? Keys.Place.FIRST : Cursor.decode(cursor, Keys.Place.class);
        return keys.list(after, limit)
                .map(rows -> Page.of(rows, limit, KeyRow::body, row -> new Keys.Place(row.createdN(), row.id())));
    }

    @POST
    @Operation(summary = "Make an API key", description = "The answer shows the key; nothing ever does again.")
    @APIResponseSchema(value = KeyBody.class, responseCode = "201", responseDescription = "Made.")
    public Uni<Response> create(@NotNull(message = "must be a JSON object") KeyBody.Request body) {
        return keys.create(current.get(), body)
                .map(made -> Response.fromResponse(made.response())
                        // The key must not stay in any cache on the way (RFC 9111 §5.2.2.5).
                        .header("Cache-Control", "no-store")
                        .build());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "An API key", description = "Without the key itself.")
    @APIResponseSchema(KeyBody.class)
    public Uni<Response> read(@PathParam("id") String id, @BeanParam Conditions conditions) {
        return keys.read(id).map(row -> conditions.answer(row.body(), row.createdN()));
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Delete an API key", description = "It is refused everywhere within two seconds.")
    @APIResponse(responseCode = "204", description = "Deleted.")
    public Uni<Response> delete(@PathParam("id") String id, @BeanParam Conditions conditions) {
        return keys.delete(current.get(), id, conditions)
                .map(done -> Response.noContent().build());
    }
}
