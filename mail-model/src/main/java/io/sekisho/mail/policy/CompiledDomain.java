package io.sekisho.mail.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sekisho.mail.address.DomainName;
import java.util.List;
import java.util.Optional;

/**
 * A managed domain as ingress and egress know it: everything that a decision or a route needs, and nothing else.
 *
 * @param revision of the change that made it so
 * @param deleted a tombstone: the domain is no longer managed
 * @param peers the enabled ones, of both directions
 * @param credentials with which its users submit mail; without outbound protection kept, but inert
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record CompiledDomain(
        DomainName domain,
        PolicyRevision revision,
        boolean deleted,
        List<NextHop> nextHops,
        TlsSetting nextHopTls,
        OutboundProtection outbound,
        Optional<DomainDefault> inboundDefault,
        Optional<DomainDefault> outboundDefault,
        List<PeerRule> peers,
        List<SubmissionCredential> credentials) {

    public CompiledDomain {
        nextHops = nextHops == null ? List.of() : List.copyOf(nextHops);
        nextHopTls = nextHopTls == null ? TlsSetting.OPPORTUNISTIC : nextHopTls;
        outbound = outbound == null ? OutboundProtection.DISABLED : outbound;
        inboundDefault = inboundDefault == null ? Optional.empty() : inboundDefault;
        outboundDefault = outboundDefault == null ? Optional.empty() : outboundDefault;
        peers = peers == null ? List.of() : List.copyOf(peers);
        credentials = credentials == null ? List.of() : List.copyOf(credentials);
    }

    public static CompiledDomain tombstone(DomainName domain, PolicyRevision revision) {
        return new CompiledDomain(
                domain,
                revision,
                true,
                List.of(),
                TlsSetting.OPPORTUNISTIC,
                OutboundProtection.DISABLED,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of());
    }

    /** The default of one direction, where the domain sets one. */
    public Optional<DomainDefault> defaultFor(Direction direction) {
        return direction == Direction.INBOUND ? inboundDefault : outboundDefault;
    }
}
