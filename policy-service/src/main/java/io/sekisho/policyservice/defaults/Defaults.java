package io.sekisho.policyservice.defaults;

import io.sekisho.mail.address.DomainName;
import io.sekisho.policyservice.audit.AuditSubject;
import io.sekisho.policyservice.change.PolicyChange;
import io.sekisho.policyservice.change.PolicyChanges;
import io.sekisho.policyservice.change.Written;
import io.sekisho.policyservice.domain.DomainRow;
import io.sekisho.policyservice.domain.Domains;
import io.sekisho.policyservice.warning.FoundWarning;
import io.sekisho.rest.Caller;
import io.sekisho.rest.Conditions;
import io.sekisho.rest.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Reads and changes the defaults of a domain. One that was never set reads as what holds then, with version 0. */
@ApplicationScoped
public class Defaults {
    private static final long UNSET_VERSION = 0;

    private final Mutiny.SessionFactory sessions;
    private final PolicyChanges changes;

    Defaults(Mutiny.SessionFactory sessions, PolicyChanges changes) {
        this.sessions = sessions;
        this.changes = changes;
    }

    Uni<Written<DefaultBody>> read(DomainName domain, DefaultSide side) {
        return sessions.withSession(session -> Domains.require(session, domain)
                        .flatMap(known -> session.find(DefaultRow.class, DefaultRow.Key.of(domain, side))))
                .map(row -> row == null
                        ? Written.changed(DefaultBody.UNSET, UNSET_VERSION)
                        : Written.changed(row.body(), row.version()));
    }

    /**
     * What there is to say about the defaults of a domain.
     *
     * @param outboundEnabled without it the outbound default is inert
     */
    public Uni<List<FoundWarning>> warnings(Mutiny.Session session, DomainName domain, boolean outboundEnabled) {
        return session.createSelectionQuery("from DefaultRow where key.domainName = :domain", DefaultRow.class)
                .setParameter("domain", domain.ascii())
                .getResultList()
                .map(rows -> rows.stream()
                        .flatMap(row -> DefaultWarnings.ofStored(row.side(), row.body(), outboundEnabled)
                                .map(warning -> FoundWarning.of(
                                        AuditSubject.TLS_DEFAULT, row.side().label(), "", warning)))
                        .toList());
    }

    Uni<Written<DefaultBody>> put(
            Caller caller, DomainName domain, DefaultSide side, DefaultBody body, Conditions conditions) {
        body.requireValid(side);
        DefaultBody asked = body.with(null);
        return changes.make(
                        caller.id(),
                        change -> Domains.require(change.session(), domain).flatMap(owner -> {
                            if (side == DefaultSide.OUTBOUND && !owner.isOutboundEnabled()) {
                                throw Refusal.conflict("Outbound protection is not enabled for " + domain
                                        + "; enable outbound.enabled of the domain first.");
                            }
                            return change.session()
                                    .find(DefaultRow.class, DefaultRow.Key.of(domain, side))
                                    .flatMap(row -> set(
                                            change, owner, domain, side, Optional.ofNullable(row), asked, conditions));
                        }))
                .map(written -> written.map(set -> set.with(DefaultWarnings.of(side, set))));
    }

    private static Uni<Written<DefaultBody>> set(
            PolicyChange change,
            DomainRow owner,
            DomainName domain,
            DefaultSide side,
            Optional<DefaultRow> row,
            DefaultBody body,
            Conditions conditions) {
        conditions.requireFor(Optional.of(row.map(DefaultRow::version).orElse(UNSET_VERSION)));
        Optional<DefaultBody> before = row.map(DefaultRow::body);
        if (before.equals(Optional.of(body))) {
            change.recordNothing();
            return Uni.createFrom().item(Written.changed(body, row.get().version()));
        }
        owner.touch(change.n());
        change.recordInDomain(domain, AuditSubject.TLS_DEFAULT, side.label(), before, Optional.of(body));
        Written<DefaultBody> written = Written.changed(body, change.n());
        if (row.isPresent()) {
            row.get().set(body, change.n());
            return Uni.createFrom().item(written);
        }
        return change.session()
                .persist(new DefaultRow(DefaultRow.Key.of(domain, side), body, change.n()))
                .replaceWith(written);
    }
}
