package io.sekisho.policyservice.peer;

import io.sekisho.mail.access.Role;
import io.sekisho.mail.address.DomainName;
import io.sekisho.policyservice.peerfile.PostfixSenderAccess;
import io.sekisho.rest.Allowed;
import io.sekisho.rest.Caller;
import io.sekisho.rest.CurrentCaller;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /domains/{domain}/tls-peers:import}. */
@Path("/api/v1/domains/{domain}/tls-peers:import")
@Produces(MediaType.APPLICATION_JSON)
@Consumes({MediaType.APPLICATION_JSON, PeerFormat.TEXT_CSV, MediaType.TEXT_PLAIN})
@Tag(name = "TLS peers")
public class ImportResource {
    private final PeerImport imports;
    private final CurrentCaller current;

    ImportResource(PeerImport imports, CurrentCaller current) {
        this.imports = imports;
        this.current = current;
    }

    @POST
    @Allowed({Role.ADMIN, Role.DOMAIN_ADMIN})
    @Operation(
            summary = "Import TLS peers from a file",
            description =
                    "All of it or nothing, in one change. 400 names each line that cannot be taken, 409 each that does not fit what there is. JSON and"
                            + " CSV as the export writes them; tables of Postfix as text/plain. At most 16 MiB. Peers that the file does not name stay as they are.")
    public Uni<ImportReport> read(
            @PathParam("domain") DomainName domain,
            @Parameter(description = "By default what Content-Type says; required for text/plain.")
                    @QueryParam("format")
                    PeerFormat format,
            @Parameter(description = "Only say what would be done.") @QueryParam("dryRun") @DefaultValue("false")
                    Boolean dryRun,
            @Parameter(
                            description =
                                    "Of a peer that exists with other settings: REFUSE the import, or REPLACE all settings with those of the file.")
                    @QueryParam("existing")
                    @DefaultValue("REFUSE")
                    ImportPlan.Existing existing,
            @Parameter(
                            description =
                                    "POSTFIX_SENDER_ACCESS: OF_EVERY_DOMAIN where smtpd_access_maps is in parent_domain_matches_subdomains, as it is"
                                            + " by default; else OF_DOTTED_DOMAINS.")
                    @QueryParam("subdomains")
                    @DefaultValue("OF_EVERY_DOMAIN")
                    PostfixSenderAccess.Subdomains subdomains,
            @Context HttpHeaders headers,
            @NotNull(message = "must be a file of TLS peers") byte[] file) {
        Caller caller = current.get();
        caller.requireReach(domain);
        PeerImport.Request request = new PeerImport.Request(
                PeerFormat.of(Optional.ofNullable(format), headers.getMediaType()), subdomains, existing);
        return dryRun ? imports.rehearse(domain, file, request) : imports.apply(caller, domain, file, request);
    }
}
