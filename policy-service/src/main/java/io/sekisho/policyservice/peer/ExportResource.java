package io.sekisho.policyservice.peer;

import io.sekisho.mail.access.Role;
import io.sekisho.mail.address.DomainName;
import io.sekisho.policyservice.domain.Domains;
import io.sekisho.policyservice.peerfile.CsvPeers;
import io.sekisho.rest.Allowed;
import io.sekisho.rest.CurrentCaller;
import io.sekisho.rest.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.reactive.mutiny.Mutiny;

/** {@code GET /domains/{domain}/tls-peers:export}. */
@Path("/api/v1/domains/{domain}/tls-peers:export")
@Produces({MediaType.APPLICATION_JSON, PeerFormat.TEXT_CSV})
@Tag(name = "TLS peers")
public class ExportResource {
    private final Mutiny.SessionFactory sessions;
    private final StoredPeers stored;
    private final CurrentCaller current;

    ExportResource(Mutiny.SessionFactory sessions, StoredPeers stored, CurrentCaller current) {
        this.sessions = sessions;
        this.stored = stored;
        this.current = current;
    }

    @GET
    @Allowed({Role.ADMIN, Role.DOMAIN_ADMIN, Role.AUDITOR})
    @Operation(
            summary = "All TLS peers of a domain as a file",
            description = "By direction and peer, without ids; an import of it gives the same peers.")
    @APIResponse(
            responseCode = "200",
            description = "The file.",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = JsonPeers.File.class)),
                @Content(mediaType = PeerFormat.TEXT_CSV, schema = @Schema(implementation = String.class))
            })
    public Uni<Response> write(
            @PathParam("domain") DomainName domain,
            @Parameter(description = "JSON or CSV; by default what Accept prefers.") @QueryParam("format")
                    PeerFormat format,
            @Context HttpHeaders headers) {
        current.get().requireReach(domain);
        PeerFormat asked = Optional.ofNullable(format).orElseGet(() -> preferred(headers.getAcceptableMediaTypes()));
        if (asked != PeerFormat.JSON && asked != PeerFormat.CSV) {
            throw Refusal.badRequest("format", "is for the import only; use JSON or CSV");
        }
        return sessions.withSession(session -> Domains.require(session, domain))
                .flatMap(known -> stored.of(domain))
                .flatMap(peers -> stored.aside(() -> answer(domain, asked, peers)));
    }

    /** The first of the two that Accept names. */
    private static PeerFormat preferred(List<MediaType> accepted) {
        MediaType csv = MediaType.valueOf(PeerFormat.TEXT_CSV);
        return accepted.stream()
                .filter(type -> type.isCompatible(csv) || type.isCompatible(MediaType.APPLICATION_JSON_TYPE))
                .findFirst()
                .filter(type -> !type.isCompatible(MediaType.APPLICATION_JSON_TYPE))
                .map(type -> PeerFormat.CSV)
                .orElse(PeerFormat.JSON);
    }

    private static Response answer(DomainName domain, PeerFormat format, List<StoredPeer> peers) {
        boolean csv = format == PeerFormat.CSV;
        Object file = csv
                ? CsvPeers.write(peers.stream().map(StoredPeer::filePeer).toList())
                : new JsonPeers.File(
                        peers.stream().map(peer -> peer.settings().body(null)).toList());
        return Response.ok(file, csv ? PeerFormat.TEXT_CSV + ";charset=UTF-8" : MediaType.APPLICATION_JSON)
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"" + domain + "-tls-peers." + (csv ? "csv" : "json") + "\"")
                .build();
    }
}
