package io.sekisho.policyservice.peer;

import io.sekisho.mail.address.DomainName;
import io.sekisho.policyservice.audit.AuditBatch;
import io.sekisho.policyservice.change.PolicyChange;
import io.sekisho.policyservice.change.PolicyChanges;
import io.sekisho.policyservice.domain.DomainRow;
import io.sekisho.policyservice.domain.Domains;
import io.sekisho.policyservice.peerfile.PostfixSenderAccess;
import io.sekisho.rest.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Takes the peers of a file into a domain: all of them in one change, or none. */
@ApplicationScoped
public class PeerImport {
    private final Mutiny.SessionFactory sessions;
    private final PolicyChanges changes;
    private final StoredPeers stored;
    private final PeerFileReader reader;

    PeerImport(Mutiny.SessionFactory sessions, PolicyChanges changes, StoredPeers stored, PeerFileReader reader) {
        this.sessions = sessions;
        this.changes = changes;
        this.stored = stored;
        this.reader = reader;
    }

    /** How a file is to be taken. */
    record Request(PeerFormat format, PostfixSenderAccess.Subdomains subdomains, ImportPlan.Existing existing) {}

    /** All that is done within the transaction, ready to be sent. */
    private record Work(ImportPlan plan, PeerRows created, PeerRows replaced, AuditBatch audit, ImportReport report) {
        static Work of(ImportPlan plan) {
            return new Work(
                    plan,
                    new PeerRows(plan.created()),
                    new PeerRows(plan.replaced()),
                    plan.audit(),
                    plan.report(false));
        }
    }

    /** Reports what {@link #apply} would do; changes nothing, and holds up nobody. */
    Uni<ImportReport> rehearse(DomainName domain, byte[] file, Request request) {
        return read(file, request)
                .flatMap(read -> sessions.withSession(
                                session -> Domains.require(session, domain).map(DomainRow::isOutboundEnabled))
                        .flatMap(outbound -> stored.of(domain)
                                .flatMap(peers ->
                                        stored.aside(() -> ImportPlan.of(read, peers, request.existing(), outbound)
                                                .report(true)))));
    }

    Uni<ImportReport> apply(Caller caller, DomainName domain, byte[] file, Request request) {
        return read(file, request)
                .flatMap(read -> changes.make(
                        caller.id(),
                        change -> Domains.require(change.session(), domain)
                                .flatMap(owner -> stored.of(change.session(), domain)
                                        .flatMap(peers -> stored.aside(() -> Work.of(ImportPlan.of(
                                                read, peers, request.existing(), owner.isOutboundEnabled()))))
                                        .flatMap(work -> write(change, owner, domain, work)))));
    }

    private Uni<ImportedPeers> read(byte[] file, Request request) {
        return stored.aside(() -> reader.read(file, request.format(), request.subdomains()));
    }

    private static Uni<ImportReport> write(PolicyChange change, DomainRow owner, DomainName domain, Work work) {
        if (work.plan().changesNothing()) {
            change.recordNothing();
            return Uni.createFrom().item(work.report());
        }
        owner.touch(change.n());
        change.recordInDomain(domain, work.audit());
        return work.created()
                .insert(change.session(), domain, change.n())
                .chain(() -> work.replaced().update(change.session(), domain, change.n()))
                .replaceWith(work.report());
    }
}
