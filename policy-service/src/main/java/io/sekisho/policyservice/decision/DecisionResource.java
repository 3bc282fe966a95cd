package io.sekisho.policyservice.decision;

import io.sekisho.mail.access.Role;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.policy.CompiledDomain;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.policyclient.match.ManagedDomain;
import io.sekisho.policyservice.compiled.CompiledDomains;
import io.sekisho.policyservice.compiled.ConsistentReads;
import io.sekisho.rest.Allowed;
import io.sekisho.rest.CurrentCaller;
import io.sekisho.rest.Refusal;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /decisions}. */
@Path("/api/v1/decisions")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Decisions", description = "Why a message would pass, or not.")
public class DecisionResource {
    private static final int MOST_DISABLED = 50;

    private final ConsistentReads reads;
    private final CurrentCaller current;

    DecisionResource(ConsistentReads reads, CurrentCaller current) {
        this.reads = reads;
        this.current = current;
    }

    @POST
    @Allowed({Role.ADMIN, Role.DOMAIN_ADMIN, Role.AUDITOR})
    @Operation(
            summary = "Explain a decision",
            description =
                    "INBOUND: what the managed domain requires of a client and sender at RCPT. OUTBOUND: what it requires of the recipient's"
                            + " servers. Decided by the code that the gateway runs, on the policy as it is compiled; what a recipient publishes (MTA-STS,"
                            + " DANE) is not looked up.")
    public Uni<DecisionAnswer> explain(@NotNull(message = "must be a JSON object") DecisionQuestion body) {
        DecisionCase asked = DecisionCase.read(body);
        current.get().requireReach(asked.managedDomain());
        return reads.once(connection -> answer(connection, asked));
    }

    private static Uni<DecisionAnswer> answer(SqlConnection connection, DecisionCase asked) {
        List<DomainName> names = Stream.concat(Stream.of(asked.managedDomain()), asked.recipientDomain().stream())
                .distinct()
                .toList();
        return CompiledDomains.revision(connection)
                .flatMap(revision -> CompiledDomains.named(connection, revision.epoch(), names))
                .flatMap(found -> disabled(connection, asked).map(disabled -> {
                    ManagedDomain domain = find(found, asked.managedDomain())
                            .orElseThrow(() -> Refusal.noSuchDomain(asked.managedDomain()));
                    Optional<ManagedDomain> recipientDomain = asked.direction() == Direction.OUTBOUND
                            ? asked.recipientDomain().flatMap(name -> find(found, name))
                            : Optional.empty();
                    return Explanation.of(asked, domain, recipientDomain, disabled);
                }));
    }

    private static Optional<ManagedDomain> find(List<CompiledDomain> domains, DomainName name) {
        return domains.stream()
                .filter(domain -> domain.domain().equals(name))
                .findFirst()
                .map(ManagedDomain::new);
    }

    /** Disabled peers are not compiled, and an administrator who forgot that he disabled one wants to read just that. */
    private static Uni<List<DecisionAnswer.NotMatched>> disabled(SqlConnection connection, DecisionCase asked) {
        return connection
                .preparedQuery(
                        "SELECT id, peer, level FROM tls_peer WHERE domain_name = $1 AND direction = $2 AND NOT enabled"
                                + " ORDER BY created_n, id LIMIT $3")
                .execute(Tuple.of(
                        asked.managedDomain().ascii(), asked.direction().name(), MOST_DISABLED))
                .map(rows -> {
                    List<DecisionAnswer.NotMatched> disabled = new ArrayList<>();
                    rows.forEach(row -> disabled.add(new DecisionAnswer.NotMatched(
                            row.getString("id"),
                            row.getString("peer"),
                            SecurityLevel.valueOf(row.getString("level")),
                            "is disabled")));
                    return disabled;
                });
    }
}
