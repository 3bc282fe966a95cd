package io.sekisho.tracking.messages;

import io.sekisho.mail.access.Role;
import io.sekisho.rest.Allowed;
import io.sekisho.rest.Conditions;
import io.sekisho.rest.CurrentCaller;
import io.sekisho.rest.Cursor;
import io.sekisho.rest.KnownParameters;
import io.sekisho.rest.Page;
import io.sekisho.rest.PageLimit;
import io.sekisho.rest.Refusal;
import io.sekisho.tracking.search.Glob;
import io.sekisho.tracking.search.MessageFilter;
import io.sekisho.tracking.search.Place;
import io.sekisho.tracking.search.Reach;
import io.sekisho.tracking.store.TrackingStore;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code /api/v1/messages}: mail tracking. Answers hold only what belongs to the caller's domains. */
@Path("/api/v1/messages")
@Produces(MediaType.APPLICATION_JSON)
@Allowed({Role.ADMIN, Role.AUDITOR, Role.DOMAIN_ADMIN})
@Tag(
        name = "Mail tracking",
        description = "Whether each message went by TLS, in which version, and why one was blocked.")
public class MessagesResource {
    static final KnownParameters LIST = KnownParameters.of(
            "from",
            "to",
            "direction",
            "domain",
            "sender",
            "recipient",
            "subject",
            "messageId",
            "traffic",
            "status",
            "blockReason",
            "upstreamTls",
            "downstreamTls",
            "clientAddress",
            "limit",
            "cursor");
    private static final KnownParameters DETAILS = KnownParameters.of("recipient");

    private final TrackingStore store;
    private final CurrentCaller caller;

    MessagesResource(TrackingStore store, CurrentCaller caller) {
        this.store = store;
        this.caller = caller;
    }

    @GET
    @Operation(
            operationId = "listMessages",
            summary = "Messages, one row for each recipient, newest first",
            description =
                    "All filters hold together; a parameter that may be repeated asks for any of its values. Texts are compared without"
                            + " regard to case; * stands for any number of characters. Rows that existed when the first page was read are neither"
                            + " repeated nor skipped on the following ones.")
    @APIResponse(responseCode = "200", description = "A page of rows.")
    public Uni<RestResponse<Page<MessageRow>>> list(
            @BeanParam MessageQuery query,
            @Parameter(description = "How many rows at most.") @QueryParam("limit") @DefaultValue(PageLimit.DEFAULT)
                    PageLimit limit,
            @Parameter(description = "nextCursor of the page before.") @QueryParam("cursor") String cursor,
            @Context UriInfo uri,
            @Context HttpHeaders headers) {
        LIST.require(uri);
        MessageFilter filter = query.filter();
        Optional<Place> behind = Optional.ofNullable(cursor).map(text -> Cursor.decode(text, Place.class));
        Reach reach = new Reach(caller.get().domains());
        Language language = Language.of(headers);
        return store.newestFirst(filter, reach, behind, limit.rows() + 1)
                .map(rows -> Page.of(rows, limit, row -> MessageRow.of(row, reach, language), Place::of))
                .map(page -> RestResponse.ResponseBuilder.ok(page)
                        .header(HttpHeaders.CONTENT_LANGUAGE, language.tag())
                        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                        .build());
    }

    @GET
    @Path("/{id}")
    @Operation(
            operationId = "getMessage",
            summary = "A message with its recipients and actions",
            description = "404 for a message none of whose recipients belongs to the caller's domains.")
    @APIResponse(
            responseCode = "200",
            description = "The message.",
            content = @Content(schema = @Schema(implementation = MessageDetails.class)))
    @APIResponse(responseCode = "304", description = "Nothing has happened since the ETag of If-None-Match.")
    public Uni<Response> get(
            @PathParam("id") UUID id,
            @Parameter(description = "Only this recipient; exact, or with *.") @QueryParam("recipient")
                    String recipient,
            @BeanParam Conditions conditions,
            @Context UriInfo uri,
            @Context HttpHeaders headers) {
        DETAILS.require(uri);
        Optional<Glob> wanted = Optional.ofNullable(recipient).map(text -> TextParameters.glob("recipient", text));
        Reach reach = new Reach(caller.get().domains());
        Language language = Language.of(headers);
        return store.message(id, reach, wanted).map(found -> {
            MessageDetails details = found.map(history -> MessageDetails.of(history, reach, language))
                    .orElseThrow(() -> Refusal.notFound("There is no message " + id + "."));
            Response answer = conditions.answer(details, ContentVersion.of(details));
            return Response.fromResponse(answer)
                    .header(HttpHeaders.CONTENT_LANGUAGE, language.tag())
                    .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                    .build();
        });
    }
}
