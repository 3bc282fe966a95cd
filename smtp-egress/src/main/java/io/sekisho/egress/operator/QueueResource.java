package io.sekisho.egress.operator;

import io.sekisho.egress.destination.DestinationBook;
import io.sekisho.mail.access.Role;
import io.sekisho.mail.address.DomainName;
import io.sekisho.rest.Allowed;
import io.sekisho.rest.Caller;
import io.sekisho.rest.CurrentCaller;
import io.sekisho.rest.Cursor;
import io.sekisho.rest.KnownParameters;
import io.sekisho.rest.Page;
import io.sekisho.rest.PageLimit;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/queue}: what waits, and what an operator does about it. Answers hold only mail of the caller's domains. */
@Path("/api/v1/queue")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Allowed({Role.ADMIN, Role.DOMAIN_ADMIN})
@Tag(
        name = "Queue",
        description =
                "Mail that waits for its next attempt: what it waits for, and orders to hold, release, flush and cancel it.")
public class QueueResource {

    private static final KnownParameters LIST = KnownParameters.of("destination", "domain", "limit", "cursor");
    private static final KnownParameters MESSAGES =
            KnownParameters.of("destination", "domain", "message", "limit", "cursor");

    private final QueueBoard board;
    private final QueueDesk desk;
    private final DestinationBook destinations;
    private final OperatorTools tools;
    private final CurrentCaller current;

    QueueResource(
            QueueBoard board,
            QueueDesk desk,
            DestinationBook destinations,
            OperatorTools tools,
            CurrentCaller current) {
        this.board = board;
        this.desk = desk;
        this.destinations = destinations;
        this.tools = tools;
        this.current = current;
    }

    @GET
    @Allowed({Role.ADMIN, Role.AUDITOR, Role.DOMAIN_ADMIN})
    @Operation(
            operationId = "listQueue",
            summary = "The queue by destination, in the order of their names",
            description =
                    "Mail that waits in the schedule, and what is being attempted from there. Mail that was just received and is in its first attempt"
                            + " has no row yet; unread counts it.")
    @APIResponse(responseCode = "200", description = "A page of destinations.")
    public Uni<QueueView> list(
            @Parameter(description = "Only this destination, a domain.") @QueryParam("destination")
                    DomainName destination,
            @Parameter(description = "Only mail of this managed domain.") @QueryParam("domain") DomainName domain,
            @Parameter(description = "How many destinations at most.")
                    @QueryParam("limit")
                    @DefaultValue(PageLimit.DEFAULT)
                    PageLimit limit,
            @Parameter(description = "nextCursor of the page before.") @QueryParam("cursor") String cursor,
            @Context UriInfo uri) {
        LIST.require(uri);
        Caller caller = current.get();
        Selection selection = selection(destination, domain, null, caller);
        QueueBoard.After behind =
                cursor == null ? QueueBoard.After.FIRST : Cursor.decode(cursor, QueueBoard.After.class);
        return board.destinations(selection, behind, limit.rows() + 1)
                .map(lines -> Page.of(
                        lines,
                        limit,
                        line -> line,
                        line -> new QueueBoard.After(line.destination().destination())))
                .chain(page -> new Suspensions(destinations, caller).shown(page))
                .chain(page -> board.holds(caller.domains())
                        .chain(holds -> unread(caller).map(unread -> QueueView.of(page, holds, unread))));
    }

    /** Of all customers together, so none of a single domain's business. */
    private Uni<Optional<Long>> unread(Caller caller) {
        return caller.domains().isPresent() ? Uni.createFrom().item(Optional.empty()) : tools.unread();
    }

    @GET
    @Path("/messages")
    @Allowed({Role.ADMIN, Role.AUDITOR, Role.DOMAIN_ADMIN})
    @Operation(
            operationId = "listQueuedMessages",
            summary = "Mail that waits, one row for each recipient, oldest first",
            description =
                    "Rows that existed when the first page was read are neither repeated nor skipped on the following ones,"
                            + " unless they left the queue meanwhile.")
    @APIResponse(responseCode = "200", description = "A page of rows.")
    public Uni<Page<QueuedMessage>> messages(
            @Parameter(description = "Only mail to this domain.") @QueryParam("destination") DomainName destination,
            @Parameter(description = "Only mail of this managed domain.") @QueryParam("domain") DomainName domain,
            @Parameter(description = "Only this message.") @QueryParam("message") String message,
            @Parameter(description = "How many rows at most.") @QueryParam("limit") @DefaultValue(PageLimit.DEFAULT)
                    PageLimit limit,
            @Parameter(description = "nextCursor of the page before.") @QueryParam("cursor") String cursor,
            @Context UriInfo uri) {
        MESSAGES.require(uri);
        Selection selection = selection(destination, domain, Identifiers.uuid("message", message), current.get());
        QueueBoard.Place behind =
                cursor == null ? QueueBoard.Place.FIRST : Cursor.decode(cursor, QueueBoard.Place.class);
        return board.messages(selection, behind, limit.rows() + 1)
                .map(rows ->
                        Page.of(rows, limit, row -> row, row -> new QueueBoard.Place(row.message(), row.recipient())));
    }

    private static Selection selection(DomainName destination, DomainName domain, UUID message, Caller caller) {
        return new Selection(
                Optional.ofNullable(destination),
                Optional.ofNullable(domain),
                Optional.ofNullable(message),
                Optional.empty(),
                caller.domains());
    }

    @POST
    @Path("/flush")
    @Operation(
            operationId = "flushQueue",
            summary = "Attempt mail now",
            description =
                    "Makes rows due now, and ends the wait of suspended destinations: one attempt shows whether they answer. Held mail stays held.")
    @APIResponse(responseCode = "200", description = "Done.")
    public Uni<OrderAnswer> flush(
            @RequestBody(
                            content =
                                    @Content(
                                            examples =
                                                    @ExampleObject(
                                                            name = "flush",
                                                            value = "{\"destination\": \"partner.example\"}")))
                    @NotNull(message = "must be a JSON object")
                    QueueOrder order) {
        return desk.carryOut(QueueAction.FLUSH, order, current.get());
    }

    @POST
    @Path("/hold")
    @Operation(
            operationId = "holdQueue",
            summary = "Hold mail back",
            description =
                    "Of a destination or a managed domain it is a standing order: it stands until it is released, and what comes later is held too, before its first"
                            + " attempt (within two seconds, in every pod). Of a message it concerns the rows that there are. Held mail does not expire.")
    @APIResponse(responseCode = "200", description = "Done.")
    public Uni<OrderAnswer> hold(
            @RequestBody(
                            content =
                                    @Content(
                                            examples =
                                                    @ExampleObject(
                                                            name = "hold",
                                                            value = "{\"domain\": \"customer.example\"}")))
                    @NotNull(message = "must be a JSON object")
                    QueueOrder order) {
        return desk.carryOut(QueueAction.HOLD, order, current.get());
    }

    @POST
    @Path("/release")
    @Operation(
            operationId = "releaseQueue",
            summary = "Let held mail go",
            description =
                    "Ends what hold of the same destination, domain or message began; what another order holds stays held. A domain-admin cannot end what an admin ordered.")
    @APIResponse(responseCode = "200", description = "Done.")
    public Uni<OrderAnswer> release(
            @RequestBody(
                            content =
                                    @Content(
                                            examples =
                                                    @ExampleObject(
                                                            name = "release",
                                                            value = "{\"domain\": \"customer.example\"}")))
                    @NotNull(message = "must be a JSON object")
                    QueueOrder order) {
        return desk.carryOut(QueueAction.RELEASE, order, current.get());
    }

    @POST
    @Path("/cancel")
    @Operation(
            operationId = "cancelQueue",
            summary = "Give mail up",
            description =
                    "It is not attempted any more and gets the outcome CANCELLED; this cannot be undone. An attempt that is under way is not interrupted: what it delivers is"
                            + " delivered. The sender hears of it only where notifySender is true.")
    @APIResponse(responseCode = "200", description = "Done.")
    public Uni<OrderAnswer> cancel(
            @RequestBody(
                            content =
                                    @Content(
                                            examples =
                                                    @ExampleObject(
                                                            name = "cancel",
                                                            value =
                                                                    "{\"destination\": \"partner.example\", \"notifySender\": true}")))
                    @NotNull(message = "must be a JSON object")
                    QueueOrder order) {
        return desk.carryOut(QueueAction.CANCEL, order, current.get());
    }
}
