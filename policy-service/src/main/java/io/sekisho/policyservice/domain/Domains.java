package io.sekisho.policyservice.domain;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.policy.OutboundProtection;
import io.sekisho.mail.policy.TlsSetting;
import io.sekisho.policyservice.audit.AuditSubject;
import io.sekisho.policyservice.change.PolicyChange;
import io.sekisho.policyservice.change.PolicyChanges;
import io.sekisho.policyservice.change.Written;
import io.sekisho.rest.Caller;
import io.sekisho.rest.Conditions;
import io.sekisho.rest.PageLimit;
import io.sekisho.rest.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Reads and changes managed domains. */
@ApplicationScoped
public class Domains {
    private static final DomainSettings NEW =
            new DomainSettings("", List.of(), TlsSetting.OPPORTUNISTIC, OutboundProtection.DISABLED);

    private final Mutiny.SessionFactory sessions;
    private final PolicyChanges changes;
    private final DomainRules rules;

    Domains(Mutiny.SessionFactory sessions, PolicyChanges changes, DomainRules rules) {
        this.sessions = sessions;
        this.changes = changes;
        this.rules = rules;
    }

    /** The row of a domain for a change; fails with 404 where there is none. */
    public static Uni<DomainRow> require(Mutiny.Session session, DomainName domain) {
        return session.find(DomainRow.class, domain.ascii())
                .onItem()
                .ifNull()
                .failWith(() -> Refusal.noSuchDomain(domain));
    }

    Uni<DomainRow> read(DomainName domain) {
        return sessions.withSession(session -> require(session, domain));
    }

    /** Domains within the caller's reach, by name, at most one more than the limit. */
    Uni<List<DomainRow>> list(Caller caller, Optional<DomainName> after, PageLimit limit) {
        String reach = caller.domains().isPresent() ? " and name in :reach" : "";
        return sessions.withSession(session -> {
            Mutiny.SelectionQuery<DomainRow> query = session.createSelectionQuery(
                            "from DomainRow where name > :after" + reach + " order by name", DomainRow.class)
                    .setParameter("after", after.map(DomainName::ascii).orElse(""))
                    .setMaxResults(limit.rows() + 1);
            caller.domains()
                    .ifPresent(own -> query.setParameter(
                            "reach", own.stream().map(DomainName::ascii).toList()));
            return query.getResultList();
        });
    }

    /** Creates or replaces. */
    Uni<Written<DomainBody>> put(Caller caller, DomainName domain, DomainBody body, Conditions conditions) {
        // What is wrong in itself is refused before a change takes its turn.
        rules.read(domain, body, NEW);
        return changes.make(
                caller.id(),
                change -> change.session().find(DomainRow.class, domain.ascii()).flatMap(row -> {
                    conditions.requireFor(Optional.ofNullable(row).map(DomainRow::version));
                    return row == null
                            ? create(caller, domain, body, change)
                            : Uni.createFrom().item(replace(caller, row, body, change));
                }));
    }

    private Uni<Written<DomainBody>> create(Caller caller, DomainName domain, DomainBody body, PolicyChange change) {
        if (!caller.isAdmin()) {
            throw Refusal.forbidden("Only an admin creates domains, and " + domain + " does not exist.");
        }
        DomainRow row = new DomainRow(domain, rules.read(domain, body, NEW), change.n());
        change.recordInDomain(domain, AuditSubject.DOMAIN, domain.ascii(), Optional.empty(), Optional.of(row.body()));
        return change.session()
                .createMutationQuery("delete from DeletedDomainRow where name = :name")
                .setParameter("name", domain.ascii())
                .executeUpdate()
                .flatMap(gone -> change.session().persist(row))
                .map(done -> Written.created(row.body(), row.version(), "/api/v1/domains/" + domain));
    }

    private Written<DomainBody> replace(Caller caller, DomainRow row, DomainBody body, PolicyChange change) {
        DomainSettings present = row.settings();
        DomainSettings asked = rules.read(row.name(), body, caller.isAdmin() ? NEW : present);
        if (!caller.isAdmin()) {
            refuseWhatIsForAdmins(present, asked);
        }
        if (asked.equals(present)) {
            change.recordNothing();
            return Written.changed(row.body(), row.version());
        }
        DomainBody before = row.body();
        row.set(asked, change.n());
        change.recordInDomain(
                row.name(), AuditSubject.DOMAIN, row.name().ascii(), Optional.of(before), Optional.of(row.body()));
        return Written.changed(row.body(), row.version());
    }

    private static void refuseWhatIsForAdmins(DomainSettings present, DomainSettings asked) {
        if (!asked.nextHops().equals(present.nextHops())) {
            throw Refusal.forbidden("nextHops", "Only an admin sets next hops; leave them out to keep them.");
        }
        if (!asked.outbound().relaySources().equals(present.outbound().relaySources())) {
            throw Refusal.forbidden(
                    "outbound.relaySources", "Only an admin sets relay sources; leave them out to keep them.");
        }
    }

    /** Deletes a domain with its defaults, peers and submission credentials, and leaves a tombstone. */
    Uni<Void> delete(Caller caller, DomainName domain, Conditions conditions) {
        return changes.make(
                caller.id(),
                change -> require(change.session(), domain).flatMap(row -> {
                    conditions.requireFor(Optional.of(row.version()));
                    change.recordInDomain(
                            domain, AuditSubject.DOMAIN, domain.ascii(), Optional.of(row.body()), Optional.empty());
                    return change.session()
                            .remove(row)
                            .flatMap(removed -> change.session().persist(new DeletedDomainRow(domain, change.n())));
                }));
    }
}
