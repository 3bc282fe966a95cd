package io.sekisho.policyservice.audit;

import io.sekisho.mail.access.Role;
import io.sekisho.mail.address.DomainName;
import io.sekisho.rest.Allowed;
import io.sekisho.rest.Caller;
import io.sekisho.rest.CurrentCaller;
import io.sekisho.rest.Cursor;
import io.sekisho.rest.Page;
import io.sekisho.rest.PageLimit;
import io.sekisho.rest.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.reactive.mutiny.Mutiny;

/** {@code GET /domains/{domain}/audit}. */
@Path("/api/v1/domains/{domain}/audit")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Audit", description = "Who changed what, when, before and after.")
public class AuditResource {
    private final Mutiny.SessionFactory sessions;
    private final CurrentCaller current;

    AuditResource(Mutiny.SessionFactory sessions, CurrentCaller current) {
        this.sessions = sessions;
        this.current = current;
    }

    /** Where the next page begins: behind this item of this change, which is newer. */
    record Place(long n, int item) {
        static final Place FIRST = new Place(Long.MAX_VALUE, 0);
    }

    @GET
    @Allowed({Role.ADMIN, Role.DOMAIN_ADMIN, Role.AUDITOR})
    @Operation(
            summary = "Changes of a domain, newest first",
            description =
                    "The domain itself, its defaults, peers and submission credentials. A deleted domain's changes stay readable.")
    public Uni<Page<AuditEntry>> list(
            @PathParam("domain") DomainName domain,
            @QueryParam("limit") @DefaultValue(PageLimit.DEFAULT) PageLimit limit,
            @QueryParam("cursor") String cursor) {
        Caller caller = current.get();
        caller.requireReach(domain);
        Place after = cursor == null ? Place.FIRST : Cursor.decode(cursor, Place.class);
        return sessions.withSession(session -> session.createSelectionQuery(
                                "from AuditRow where domainName = :domain and (key.n < :n or key.n = :n and key.item > :item)"
                                        + " order by key.n desc, key.item",
                                AuditRow.class)
                        .setParameter("domain", domain.ascii())
                        .setParameter("n", after.n())
                        .setParameter("item", after.item())
                        .setMaxResults(limit.rows() + 1)
                        .getResultList())
                .map(rows -> page(domain, rows, limit, cursor));
    }

    private static Page<AuditEntry> page(DomainName domain, List<AuditRow> rows, PageLimit limit, String cursor) {
        // The creation of every domain is recorded: without a row there never was one.
        if (rows.isEmpty() && cursor == null) {
            throw Refusal.noSuchDomain(domain);
        }
        return Page.of(
                rows,
                limit,
                AuditRow::entry,
                row -> new Place(row.key().n(), row.key().item()));
    }
}
