package io.sekisho.egress.operator;

import io.sekisho.egress.attempt.Release;
import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import io.sekisho.egress.quarantine.QuarantineReason;
import io.sekisho.mail.access.Role;
import io.sekisho.rest.Allowed;
import io.sekisho.rest.Caller;
import io.sekisho.rest.CurrentCaller;
import io.sekisho.rest.Cursor;
import io.sekisho.rest.KnownParameters;
import io.sekisho.rest.Page;
import io.sekisho.rest.PageLimit;
import io.sekisho.rest.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** {@code /api/v1/quarantine}: what could not be read, lost its content, or ended a pod three times. */
@Path("/api/v1/quarantine")
@Produces(MediaType.APPLICATION_JSON)
@Allowed({Role.ADMIN, Role.DOMAIN_ADMIN})
@Tag(
        name = "Quarantine",
        description = "Mail that could not be processed: nothing of it is ever removed but by an operator.")
public class QuarantineResource {

    private static final Logger LOG = Logger.getLogger(QuarantineResource.class);
    private static final KnownParameters LIST = KnownParameters.of("limit", "cursor");

    /** Of the pool's ten connections, beside those of {@link OperatorDatabase}. */
    private static final int AT_ONCE = 2;

    private final QuarantineBoard board;
    private final OperatorTools tools;
    private final CurrentCaller current;
    private final FewAtOnce few = new FewAtOnce(AT_ONCE);

    QuarantineResource(QuarantineBoard board, OperatorTools tools, CurrentCaller current) {
        this.board = board;
        this.tools = tools;
        this.current = current;
    }

    @GET
    @Allowed({Role.ADMIN, Role.AUDITOR, Role.DOMAIN_ADMIN})
    @Operation(
            operationId = "listQuarantine",
            summary = "What is kept, oldest first",
            description = "A domain-admin sees mail of its own domains, where the envelope tells whose it is.")
    @APIResponse(responseCode = "200", description = "A page of entries.")
    public Uni<Page<QuarantineEntry>> list(
            @Parameter(description = "How many entries at most.") @QueryParam("limit") @DefaultValue(PageLimit.DEFAULT)
                    PageLimit limit,
            @Parameter(description = "nextCursor of the page before.") @QueryParam("cursor") String cursor,
            @Context UriInfo uri) {
        LIST.require(uri);
        QuarantineBoard.Place behind =
                cursor == null ? QuarantineBoard.Place.FIRST : Cursor.decode(cursor, QuarantineBoard.Place.class);
        return board.list(current.get().domains(), behind, limit.rows() + 1)
                .map(lines -> Page.of(lines, limit, QuarantineBoard.Line::entry, QuarantineBoard.Line::place));
    }

    @POST
    @Path("/{id}/release")
    @Operation(
            operationId = "releaseQuarantined",
            summary = "Attempt it once more",
            description =
                    "Puts it into the schedule, due now. 409 where it still cannot be read, or its content is not there as it was received. What ended pods is"
                            + " released by an admin alone.")
    @APIResponse(responseCode = "200", description = "Done.")
    public Uni<QuarantineAnswer> release(@Parameter(description = "Of the entry.") @PathParam("id") String id) {
        return act(QuarantineAction.RELEASE, Identifiers.uuid("id", id));
    }

    @POST
    @Path("/{id}/bounce")
    @Operation(
            operationId = "bounceQuarantined",
            summary = "Give it up",
            description =
                    "Ends it with a report to the sender, where there is one that was not told already. This cannot be undone.")
    @APIResponse(responseCode = "200", description = "Done.")
    public Uni<QuarantineAnswer> bounce(@Parameter(description = "Of the entry.") @PathParam("id") String id) {
        return act(QuarantineAction.BOUNCE, Identifiers.uuid("id", id));
    }

    private Uni<QuarantineAnswer> act(QuarantineAction action, UUID id) {
        Caller caller = current.get();
        return board.find(id, caller.domains())
                .map(found -> found.orElseThrow(() -> gone(id)))
                .invoke(entry -> requireAuthority(action, entry, caller))
                .chain(entry -> acted(action, id, caller))
                .map(outcome -> answer(action, id, outcome))
                .invoke(answer -> LOG.info(LogLine.of("operator's order")
                        .with(LogKey.ACTION, "quarantine-" + action.name().toLowerCase(Locale.ROOT))
                        .with(LogKey.TARGET, id)
                        .with(LogKey.KEY, caller.id())
                        .with(LogKey.ROLE, caller.role().label())
                        .with(LogKey.MESSAGE, answer.message())
                        .with(LogKey.COUNT, answer.recipients().size())
                        .with(LogKey.REPORT, answer.reports())));
    }

    /** Each has a transaction open while it waits for Kafka and Redis. */
    private Uni<Release> acted(QuarantineAction action, UUID id, Caller caller) {
        return few.run(() -> outcome(action, id, caller));
    }

    private Uni<Release> outcome(QuarantineAction action, UUID id, Caller caller) {
        Uni<Release> outcome = switch (action) {
            case RELEASE -> tools.quarantineDesk().release(id, caller.id());
            case BOUNCE -> tools.quarantineDesk().bounce(id, caller.id());
        };
        return outcome.onFailure(failure -> !(failure instanceof Refusal))
                .transform(failure -> new DatabaseAway(
                        "What this needs (PostgreSQL, Redis, Kafka) cannot be reached now; try again later.", failure));
    }

    /** Three more processes would end with it: that is not one customer's decision. */
    private static void requireAuthority(QuarantineAction action, QuarantineEntry entry, Caller caller) {
        if (action == QuarantineAction.RELEASE && entry.reason() == QuarantineReason.ENDED_PODS && !caller.isAdmin()) {
            throw Refusal.forbidden("What ended processes of the gateway is released by an admin alone.");
        }
    }

    private static QuarantineAnswer answer(QuarantineAction action, UUID id, Release outcome) {
        return switch (outcome) {
            case Release.Done done ->
                new QuarantineAnswer(action, id, done.message(), done.recipients(), done.reports());
            case Release.Refused(String why) -> throw Refusal.conflict("It cannot be released: " + why + ".");
            case Release.Gone gone -> throw gone(id);
        };
    }

    private static Refusal gone(UUID id) {
        return Refusal.notFound("There is no entry " + id + " in the quarantine.");
    }
}
