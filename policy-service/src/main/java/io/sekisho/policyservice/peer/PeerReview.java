package io.sekisho.policyservice.peer;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.PeerRule;
import io.sekisho.policyservice.audit.AuditSubject;
import io.sekisho.policyservice.change.Written;
import io.sekisho.policyservice.warning.FoundWarning;
import io.sekisho.policyservice.warning.Warning;
import io.sekisho.policyservice.warning.WarningCode;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** Holds peers against the others of their domain. */
@Singleton
public class PeerReview {
    private static final Logger LOG = Logger.getLogger(PeerReview.class);

    private static final Warning INERT = new Warning(
            WarningCode.OUTBOUND_INERT,
            "direction",
            "Outbound protection is not enabled for the domain, so it has no effect.");

    private final StoredPeers stored;

    PeerReview(StoredPeers stored) {
        this.stored = stored;
    }

    /** The answer to a write with its warnings; without, where they cannot be found out: the write was made all the same. */
    Uni<Written<PeerBody>> annotate(DomainName domain, Written<PeerBody> written) {
        PeerBody body = written.resource();
        return stored.of(domain)
                .flatMap(all -> stored.aside(() -> written.map(shown -> shown.with(all.stream()
                        .filter(peer -> peer.id().equals(body.id()))
                        .findFirst()
                        .map(peer -> new PeerWarnings(enabled(all)).of(peer.settings(), peer.id()))
                        .orElse(List.of())))))
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.warnf("action=review-peer peer=%s result=failed reason=\"%s\"", body.id(), failure);
                    return written;
                });
    }

    /**
     * What there is to say about all peers of a domain.
     *
     * @param outboundEnabled without it outbound peers are inert
     */
    public Uni<List<FoundWarning>> all(DomainName domain, boolean outboundEnabled) {
        return stored.of(domain)
                .flatMap(all -> stored.aside(() -> {
                    PeerWarnings warnings = new PeerWarnings(enabled(all));
                    List<FoundWarning> found = new ArrayList<>();
                    for (StoredPeer peer : all) {
                        if (peer.direction() == Direction.OUTBOUND && !outboundEnabled) {
                            found.add(found(peer, INERT));
                        }
                        warnings.of(peer.settings(), peer.id()).forEach(warning -> found.add(found(peer, warning)));
                    }
                    return found;
                }));
    }

    private static FoundWarning found(StoredPeer peer, Warning warning) {
        return FoundWarning.of(AuditSubject.TLS_PEER, peer.id(), peer.peer().text(), warning);
    }

    static List<PeerRule> enabled(List<StoredPeer> peers) {
        return peers.stream()
                .filter(StoredPeer::enabled)
                .map(peer -> peer.settings().rule(peer.id()))
                .toList();
    }
}
