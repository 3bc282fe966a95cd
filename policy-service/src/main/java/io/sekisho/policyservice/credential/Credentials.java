package io.sekisho.policyservice.credential;

import io.sekisho.mail.address.DomainName;
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

/** Makes, lists and deletes the submission credentials of a domain. */
@ApplicationScoped
public class Credentials {
    /** All of a user are tried at AUTH, and two are enough to replace a secret; more are for a user with several devices. */
    private static final long MOST_OF_A_USER = 4;
    /** They travel with the compiled domain, at each of its changes. */
    private static final long MOST_OF_A_DOMAIN = 1_000;

    private final Mutiny.SessionFactory sessions;
    private final PolicyChanges changes;

    Credentials(Mutiny.SessionFactory sessions, PolicyChanges changes) {
        this.sessions = sessions;
        this.changes = changes;
    }

    /** Where a page of credentials begins: behind the credential that was created by {@code n} and has this id. */
    record Place(long n, String id) {
        static final Place FIRST = new Place(-1, "");
    }

    /** In the order of their creation, at most one more than the limit. */
    Uni<List<CredentialRow>> list(DomainName domain, Optional<String> user, Place after, PageLimit limit) {
        return sessions.withSession(session -> Domains.require(session, domain).flatMap(known -> {
            Mutiny.SelectionQuery<CredentialRow> query = session.createSelectionQuery(
                            "from CredentialRow where domainName = :domain"
                                    + " and (createdN > :n or createdN = :n and id > :id)"
                                    + (user.isPresent() ? " and userName = :user" : "") + " order by createdN, id",
                            CredentialRow.class)
                    .setParameter("domain", domain.ascii())
                    .setParameter("n", after.n())
                    .setParameter("id", after.id())
                    .setMaxResults(limit.rows() + 1);
            user.ifPresent(value -> query.setParameter("user", value));
            return query.getResultList();
        }));
    }

    Uni<CredentialRow> read(DomainName domain, String id) {
        return sessions.withSession(
                session -> Domains.require(session, domain).flatMap(known -> require(session, domain, id)));
    }

    /** The new credential, with its secret. */
    Uni<Written<CredentialBody>> create(Caller caller, DomainName domain, CredentialBody.Request request) {
        CredentialSettings settings = CredentialSettings.read(domain, request);
        NewCredential made = NewCredential.random();
        return changes.make(
                caller.id(),
                change -> Domains.require(change.session(), domain)
                        .invoke(owner -> requireOutbound(owner, domain))
                        .call(owner -> requireRoom(change, domain, settings.user()))
                        .flatMap(owner -> {
                            CredentialRow row = new CredentialRow(made, domain, settings, change.at(), change.n());
                            record(change, owner, domain, row.id(), Optional.empty(), Optional.of(row.body()));
                            return change.session()
                                    .persist(row)
                                    .map(done -> Written.created(
                                            row.bodyWith(made.secret()),
                                            row.createdN(),
                                            "/api/v1/domains/" + domain + "/submission-credentials/" + row.id()));
                        }));
    }

    Uni<Void> delete(Caller caller, DomainName domain, String id, Conditions conditions) {
        return changes.make(
                caller.id(),
                change -> Domains.require(change.session(), domain)
                        .flatMap(owner -> require(change.session(), domain, id).flatMap(row -> {
                            conditions.requireFor(Optional.of(row.createdN()));
                            record(change, owner, domain, id, Optional.of(row.body()), Optional.empty());
                            return change.session().remove(row);
                        })));
    }

    private static void record(
            PolicyChange change,
            DomainRow owner,
            DomainName domain,
            String id,
            Optional<CredentialBody> before,
            Optional<CredentialBody> after) {
        owner.touch(change.n());
        change.recordInDomain(domain, AuditSubject.SUBMISSION_CREDENTIAL, id, before, after);
    }

    private static void requireOutbound(DomainRow owner, DomainName domain) {
        if (!owner.isOutboundEnabled()) {
            throw Refusal.conflict("Outbound protection is not enabled for " + domain
                    + "; enable outbound.enabled of the domain first.");
        }
    }

    private static Uni<Void> requireRoom(PolicyChange change, DomainName domain, String user) {
        return change.session()
                .createSelectionQuery("select userName from CredentialRow where domainName = :domain", String.class)
                .setParameter("domain", domain.ascii())
                .getResultList()
                .invoke(users -> {
                    long ofUser = users.stream().filter(user::equals).count();
                    if (ofUser >= MOST_OF_A_USER) {
                        throw Refusal.conflict(
                                "user",
                                "The user " + user + " has " + ofUser
                                        + " credentials, the most it may have; delete one that is no longer used.");
                    }
                    if (users.size() >= MOST_OF_A_DOMAIN) {
                        throw Refusal.conflict(
                                "The domain " + domain + " has " + users.size()
                                        + " submission credentials, the most it may have; delete those that are no longer used.");
                    }
                })
                .replaceWithVoid();
    }

    private static Uni<CredentialRow> require(Mutiny.Session session, DomainName domain, String id) {
        return session.find(CredentialRow.class, id).map(row -> {
            if (row == null || !row.isOf(domain)) {
                throw Refusal.notFound("The domain " + domain + " has no submission credential " + id + ".");
            }
            return row;
        });
    }
}
