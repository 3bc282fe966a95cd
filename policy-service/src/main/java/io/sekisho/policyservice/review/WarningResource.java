package io.sekisho.policyservice.review;

import io.sekisho.mail.access.Role;
import io.sekisho.mail.address.DomainName;
import io.sekisho.policyservice.defaults.Defaults;
import io.sekisho.policyservice.domain.DomainRow;
import io.sekisho.policyservice.domain.Domains;
import io.sekisho.policyservice.peer.PeerReview;
import io.sekisho.policyservice.warning.FoundWarning;
import io.sekisho.rest.Allowed;
import io.sekisho.rest.CurrentCaller;
import io.sekisho.rest.PageLimit;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.reactive.mutiny.Mutiny;

/** {@code GET /domains/{domain}/warnings}. */
@Path("/api/v1/domains/{domain}/warnings")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Warnings", description = "What is set and may not do what its author hopes.")
public class WarningResource {
    private final Mutiny.SessionFactory sessions;
    private final Defaults defaults;
    private final PeerReview peers;
    private final CurrentCaller current;

    WarningResource(Mutiny.SessionFactory sessions, Defaults defaults, PeerReview peers, CurrentCaller current) {
        this.sessions = sessions;
        this.defaults = defaults;
        this.peers = peers;
        this.current = current;
    }

    /** The first warnings, and how many there are. */
    @Schema(description = "The first warnings, and how many there are.")
    record Report(List<FoundWarning> items, int total) {}

    @GET
    @Allowed({Role.ADMIN, Role.DOMAIN_ADMIN, Role.AUDITOR})
    @Operation(
            summary = "What may not do what its author hopes",
            description =
                    "About the defaults and all TLS peers of a domain as they are now, the first ?limit= of them.")
    public Uni<Report> read(
            @PathParam("domain") DomainName domain,
            @QueryParam("limit") @DefaultValue(PageLimit.DEFAULT) PageLimit limit) {
        current.get().requireReach(domain);
        return sessions.withSession(session -> Domains.require(session, domain)
                        .map(DomainRow::isOutboundEnabled)
                        .flatMap(enabled ->
                                defaults.warnings(session, domain, enabled).map(found -> new Known(enabled, found))))
                .flatMap(known -> peers.all(domain, known.outboundEnabled())
                        .map(ofPeers -> Stream.concat(known.ofDefaults().stream(), ofPeers.stream())
                                .toList()))
                .map(all -> new Report(all.stream().limit(limit.rows()).toList(), all.size()));
    }

    private record Known(boolean outboundEnabled, List<FoundWarning> ofDefaults) {}
}
