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
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /domains/{domain}/tls-peers:import}. */
@Path("/api/v1/domains/{domain}/tls-peers:import")
@Produces(MediaType.APPLICATION_JSON)
@Consumes({MediaType.APPLICATION_JSON, PeerFormat.TEXT_CSV, MediaType.TEXT_PLAIN})
@Tag(name = "TLS peers")
public class ImportResource {
    private static final String IMPORTED_JSON = """
            {"items": [{"direction": "INBOUND", "peer": "192.0.2.0/24", "level": "MANDATORY"}]}""";

    private static final String IMPORTED_CSV = """
            direction,peer,level,minimumVersion,description
            INBOUND,partner.example,MANDATORY,TLSv1.3,Agreed on
            OUTBOUND,*.partner.example,VERIFIED,,
            """;

    private static final String IMPORTED_TABLE = """
            partner.example   secure match=.mx.partner.example
            .partner.example  encrypt protocols=>=TLSv1.3
            """;

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
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = JsonPeers.File.class),
                        examples = @ExampleObject(name = "JSON", value = IMPORTED_JSON)),
                @Content(
                        mediaType = PeerFormat.TEXT_CSV,
                        schema = @Schema(implementation = String.class),
                        examples = @ExampleObject(name = "CSV", value = IMPORTED_CSV)),
                @Content(
                        mediaType = MediaType.TEXT_PLAIN,
                        schema = @Schema(implementation = String.class),
                        examples = @ExampleObject(name = "smtp_tls_policy_maps", value = IMPORTED_TABLE))
            })
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
