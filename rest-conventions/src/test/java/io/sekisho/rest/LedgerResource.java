package io.sekisho.rest;

import io.sekisho.mail.access.Role;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsVersion;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A resource as a service would write it, for the tests of the conventions. */
@Path("/ledger/{domain}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Allowed({Role.ADMIN, Role.DOMAIN_ADMIN})
public class LedgerResource {
    static final long VERSION = 7;

    private final CurrentCaller caller;

    LedgerResource(CurrentCaller caller) {
        this.caller = caller;
    }

    record Entry(
            SecurityLevel level,
            TlsVersion minimumVersion,
            DomainName peer,
            Duration patience,
            Boolean enabled,
            @Size(max = 3) String note,
            @Valid List<Line> lines) {}

    record Line(@NotNull Integer port) {}

    record Seen(String caller, Instant at, Optional<String> missing, Direction direction, int limit, Entry entry) {}

    @GET
    public Response read(@PathParam("domain") DomainName domain, @BeanParam Conditions conditions) {
        caller.get().requireReach(domain);
        return conditions.answer(seen(null, null, null), VERSION);
    }

    @GET
    @Path("/list")
    public Seen list(
            @PathParam("domain") DomainName domain,
            @QueryParam("direction") Direction direction,
            @QueryParam("version") TlsVersion version,
            @QueryParam("limit") @DefaultValue(PageLimit.DEFAULT) PageLimit limit) {
        return seen(direction, limit, null);
    }

    @PUT
    public Uni<Seen> write(
            @PathParam("domain") DomainName domain, @BeanParam Conditions conditions, @Valid Entry entry) {
        conditions.requireFor(Optional.of(VERSION));
        return Uni.createFrom().item(() -> seen(null, null, entry));
    }

    @GET
    @Path("/secret")
    @Allowed(Role.SERVICE)
    public String secret() {
        return "{}";
    }

    @GET
    @Path("/broken")
    public Uni<String> broken() {
        return Uni.createFrom().failure(new IllegalStateException("internal detail"));
    }

    private Seen seen(Direction direction, PageLimit limit, Entry entry) {
        return new Seen(
                caller.get().id(),
                Instant.parse("2026-11-24T07:00:00Z"),
                Optional.empty(),
                direction,
                limit == null ? 0 : limit.rows(),
                entry);
    }
}
