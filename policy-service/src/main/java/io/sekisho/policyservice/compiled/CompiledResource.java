package io.sekisho.policyservice.compiled;

import io.sekisho.mail.access.Role;
import io.sekisho.mail.policy.CompiledDomain;
import io.sekisho.mail.policy.CompiledLine;
import io.sekisho.mail.policy.PolicyRevision;
import io.sekisho.rest.Allowed;
import io.smallrye.mutiny.Multi;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.common.util.RestMediaType;

/** {@code GET /compiled}: what the gateway falls back to when Redis is away. */
@Path("/api/v1/compiled")
@Tag(name = "Compiled policy", description = "For ingress and egress.")
public class CompiledResource {
    private final ConsistentReads reads;

    CompiledResource(ConsistentReads reads) {
        this.reads = reads;
    }

    @GET
    @Allowed(Role.SERVICE)
    @Produces(RestMediaType.APPLICATION_NDJSON)
    @Operation(
            summary = "Compiled domains that changed since a revision",
            description =
                    "Lines: a start with the revision it leads to, one per changed domain (a deleted one as a tombstone), an end. Everything,"
                            + " with snapshot: true, after 0 or after a revision of another epoch. An answer without its end was cut off.")
    public Multi<CompiledLine> changes(
            @Parameter(description = "The revision the caller has, epoch:number; 0 for none.")
                    @QueryParam("after")
                    @DefaultValue("0")
                    PolicyRevision after) {
        return reads.stream(connection ->
                CompiledDomains.revision(connection).onItem().transformToMulti(now -> lines(connection, after, now)));
    }

    private static Multi<CompiledLine> lines(SqlConnection connection, PolicyRevision after, PolicyRevision now) {
        // A number above ours is of a database that was restored since: the caller knows what never was.
        boolean snapshot = !after.epoch().equals(now.epoch()) || after.n() > now.n();
        AtomicLong count = new AtomicLong();
        Multi<CompiledDomain> domains = snapshot
                ? CompiledDomains.all(connection, now.epoch())
                : Multi.createBy()
                        .concatenating()
                        .streams(
                                CompiledDomains.changedAfter(connection, after),
                                CompiledDomains.deletedAfter(connection, after));
        return Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(CompiledLine.start(now, snapshot)),
                        domains.onItem().invoke(count::incrementAndGet).map(CompiledLine::of),
                        CompiledDomains.count(connection)
                                .map(total -> CompiledLine.end(count.get(), total))
                                .toMulti());
    }
}
