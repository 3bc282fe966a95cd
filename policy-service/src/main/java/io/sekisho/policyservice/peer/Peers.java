package io.sekisho.policyservice.peer;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.policy.Direction;
import io.sekisho.policyservice.audit.AuditSubject;
import io.sekisho.policyservice.change.PolicyChange;
import io.sekisho.policyservice.change.PolicyChanges;
import io.sekisho.policyservice.change.Written;
import io.sekisho.policyservice.domain.DomainRow;
import io.sekisho.policyservice.domain.Domains;
import io.sekisho.rest.Caller;
import io.sekisho.rest.Conditions;
import io.sekisho.rest.PageLimit;
import io.sekisho.rest.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Reads and changes the TLS peers of a domain. */
@ApplicationScoped
public class Peers {
    /** A domain is compiled, published and read as one piece: this keeps the piece below what its readers take (64 MiB a line). */
    static final long MOST_PEERS = 10_000;

    private final Mutiny.SessionFactory sessions;
    private final PolicyChanges changes;
    private final PeerReview review;

    Peers(Mutiny.SessionFactory sessions, PolicyChanges changes, PeerReview review) {
        this.sessions = sessions;
        this.changes = changes;
        this.review = review;
    }

    /** Where a page of peers begins: behind the peer that was created by {@code n} and has this id. */
    record Place(long n, String id) {
        static final Place FIRST = new Place(-1, "");
    }

    /** In the order of their creation, at most one more than the limit. */
    Uni<List<PeerRow>> list(DomainName domain, PeerFilter filter, Place after, PageLimit limit) {
        PeerFilter.Conditions conditions = filter.conditions();
        return sessions.withSession(session -> Domains.require(session, domain).flatMap(known -> {
            Mutiny.SelectionQuery<PeerRow> query = session.createSelectionQuery(
                            "from PeerRow where domainName = :domain"
                                    + " and (createdN > :n or createdN = :n and id > :id)"
                                    + conditions.hql() + " order by createdN, id",
                            PeerRow.class)
                    .setParameter("domain", domain.ascii())
                    .setParameter("n", after.n())
                    .setParameter("id", after.id())
                    .setMaxResults(limit.rows() + 1);
            conditions.parameters().forEach(query::setParameter);
            return query.getResultList();
        }));
    }

    Uni<PeerRow> read(DomainName domain, String id) {
        return sessions.withSession(
                session -> Domains.require(session, domain).flatMap(known -> require(session, domain, id)));
    }

    Uni<Written<PeerBody>> create(Caller caller, DomainName domain, PeerBody body) {
        PeerSettings settings = PeerRules.read(Optional.empty(), body);
        Uni<Written<PeerBody>> created = changes.make(
                caller.id(),
                change -> Domains.require(change.session(), domain)
                        .call(owner -> requireFit(change, owner, domain, settings, ""))
                        .call(owner -> requireRoom(change, domain))
                        .flatMap(owner -> {
                            PeerRow row = new PeerRow(PeerIds.next(), domain, settings, change.n());
                            record(change, owner, domain, row.id(), Optional.empty(), Optional.of(row.body()));
                            return change.session()
                                    .persist(row)
                                    .map(done -> Written.created(
                                            row.body(),
                                            row.version(),
                                            "/api/v1/domains/" + domain + "/tls-peers/" + row.id()));
                        }));
        return created.flatMap(written -> review.annotate(domain, written));
    }

    Uni<Written<PeerBody>> replace(Caller caller, DomainName domain, String id, PeerBody body, Conditions conditions) {
        PeerSettings settings = PeerRules.read(Optional.of(id), body);
        Uni<Written<PeerBody>> replaced = changes.make(
                caller.id(),
                change -> Domains.require(change.session(), domain)
                        .flatMap(owner -> require(change.session(), domain, id)
                                .invoke(row -> conditions.requireFor(Optional.of(row.version())))
                                .call(row -> requireFit(change, owner, domain, settings, id))
                                .map(row -> {
                                    if (row.settings().equals(settings)) {
                                        change.recordNothing();
                                        return Written.changed(row.body(), row.version());
                                    }
                                    PeerBody before = row.body();
                                    row.set(settings, change.n());
                                    record(change, owner, domain, id, Optional.of(before), Optional.of(row.body()));
                                    return Written.changed(row.body(), row.version());
                                })));
        return replaced.flatMap(written -> review.annotate(domain, written));
    }

    Uni<Void> delete(Caller caller, DomainName domain, String id, Conditions conditions) {
        return changes.make(
                caller.id(),
                change -> Domains.require(change.session(), domain)
                        .flatMap(owner -> require(change.session(), domain, id).flatMap(row -> {
                            conditions.requireFor(Optional.of(row.version()));
                            record(change, owner, domain, id, Optional.of(row.body()), Optional.empty());
                            return change.session().remove(row);
                        })));
    }

    private static void record(
            PolicyChange change,
            DomainRow owner,
            DomainName domain,
            String id,
            Optional<PeerBody> before,
            Optional<PeerBody> after) {
        owner.touch(change.n());
        change.recordInDomain(domain, AuditSubject.TLS_PEER, id, before, after);
    }

    /** An enabled outbound protection where the peer is OUTBOUND, and no other peer of the same name. */
    private static Uni<Void> requireFit(
            PolicyChange change, DomainRow owner, DomainName domain, PeerSettings settings, String ownId) {
        if (settings.direction() == Direction.OUTBOUND && !owner.isOutboundEnabled()) {
            throw Refusal.conflict(
                    "direction",
                    "Outbound protection is not enabled for " + domain
                            + "; enable outbound.enabled of the domain first.");
        }
        return change.session()
                .createSelectionQuery(
                        "select id from PeerRow where domainName = :domain and direction = :direction and peer = :peer"
                                + " and id <> :id",
                        String.class)
                .setParameter("domain", domain.ascii())
                .setParameter("direction", settings.direction())
                .setParameter("peer", settings.peer().text())
                .setParameter("id", ownId)
                .getSingleResultOrNull()
                .invoke(other -> {
                    if (other != null) {
                        throw Refusal.conflict(
                                "peer",
                                "There is already an " + settings.direction() + " peer "
                                        + settings.peer().text() + ": " + other + ".");
                    }
                })
                .replaceWithVoid();
    }

    private static Uni<Void> requireRoom(PolicyChange change, DomainName domain) {
        return change.session()
                .createSelectionQuery("select count(*) from PeerRow where domainName = :domain", Long.class)
                .setParameter("domain", domain.ascii())
                .getSingleResult()
                .invoke(count -> {
                    if (count >= MOST_PEERS) {
                        throw Refusal.conflict(
                                "The domain " + domain + " has " + count + " TLS peers, the most it may have.");
                    }
                })
                .replaceWithVoid();
    }

    private static Uni<PeerRow> require(Mutiny.Session session, DomainName domain, String id) {
        return session.find(PeerRow.class, id).map(row -> {
            if (row == null || !row.isOf(domain)) {
                throw Refusal.notFound("The domain " + domain + " has no TLS peer " + id + ".");
            }
            return row;
        });
    }
}
