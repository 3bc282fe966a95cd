package io.sekisho.policyservice.change;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.json.WireJson;
import io.sekisho.mail.policy.PolicyKeys;
import io.sekisho.policyservice.audit.AuditAction;
import io.sekisho.policyservice.audit.AuditBatch;
import io.sekisho.policyservice.audit.AuditRow;
import io.sekisho.policyservice.audit.AuditSubject;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * One change while its transaction is open: the session to change rows in, its number, and what it says about itself. Used by one request,
 * never after its transaction.
 */
public final class PolicyChange {
    private final Mutiny.Session session;
    private final long n;
    private final String who;
    private final Instant at = Instant.now();
    private Optional<OutboxRow> outbox = Optional.empty();
    private Optional<Supplier<Uni<Void>>> audit = Optional.empty();
    private boolean unchanged;

    PolicyChange(Mutiny.Session session, long n, String who) {
        this.session = session;
        this.n = n;
        this.who = who;
    }

    public Mutiny.Session session() {
        return session;
    }

    /** The number of this change: above that of every change that was committed before. */
    public long n() {
        return n;
    }

    public Instant at() {
        return at;
    }

    /**
     * Says what was done to something of a domain.
     *
     * @param before as the interface shows it; empty where it was created
     * @param after empty where it was deleted
     */
    public void recordInDomain(
            DomainName domain, AuditSubject subject, String subjectId, Optional<?> before, Optional<?> after) {
        outbox = Optional.of(new OutboxRow(n, PolicyKeys.KIND_DOMAIN, domain.ascii(), at));
        audit(auditRow(Optional.of(domain), subject, subjectId, before, after));
    }

    /** Says what was done to an API key; its hash is the name by which the change is published. */
    public void recordOfKey(String hash, String keyId, Optional<?> before, Optional<?> after) {
        outbox = Optional.of(new OutboxRow(n, PolicyKeys.KIND_API_KEY, hash, at));
        audit(auditRow(Optional.empty(), AuditSubject.API_KEY, keyId, before, after));
    }

    /** Says all that was done to a domain at once. */
    public void recordInDomain(DomainName domain, AuditBatch batch) {
        outbox = Optional.of(new OutboxRow(n, PolicyKeys.KIND_DOMAIN, domain.ascii(), at));
        audit = Optional.of(() -> batch.write(session, n, at, who, domain));
    }

    private void audit(AuditRow row) {
        audit = Optional.of(() -> session.persist(row));
    }

    /** Says that everything is already as it was to become: the transaction is rolled back and the number not used. */
    public void recordNothing() {
        unchanged = true;
    }

    private AuditRow auditRow(
            Optional<DomainName> domain,
            AuditSubject subject,
            String subjectId,
            Optional<?> before,
            Optional<?> after) {
        return new AuditRow(
                n,
                at,
                who,
                domain,
                subject,
                subjectId,
                AuditAction.of(before, after),
                before.map(WireJson::string),
                after.map(WireJson::string));
    }

    Uni<Void> finish(Mutiny.Transaction transaction) {
        if (unchanged) {
            transaction.markForRollback();
            return Uni.createFrom().voidItem();
        }
        if (outbox.isEmpty() || audit.isEmpty()) {
            throw new IllegalStateException("a change must say what it did, or that it did nothing");
        }
        return session.persist(outbox.get()).chain(() -> audit.get().get());
    }
}
