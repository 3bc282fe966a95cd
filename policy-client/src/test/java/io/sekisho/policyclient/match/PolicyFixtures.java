package io.sekisho.policyclient.match;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpNetwork;
import io.sekisho.mail.address.Peer;
import io.sekisho.mail.policy.CompiledDomain;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.DomainDefault;
import io.sekisho.mail.policy.OnViolation;
import io.sekisho.mail.policy.OutboundProtection;
import io.sekisho.mail.policy.PeerRule;
import io.sekisho.mail.policy.PolicyRevision;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsSetting;
import io.sekisho.mail.policy.TlsVersion;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Rules and domains in one line each. */
public final class PolicyFixtures {

    private PolicyFixtures() {}

    public static PeerRule rule(String id, Direction direction, String peer, SecurityLevel level) {
        return new PeerRule(
                id,
                direction,
                Peer.parse(peer),
                level,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false);
    }

    public static PeerRule withMinimum(PeerRule rule, TlsVersion minimum) {
        return new PeerRule(
                rule.id(),
                rule.direction(),
                rule.peer(),
                rule.level(),
                Optional.of(minimum),
                rule.onViolation(),
                rule.tlsGiveUpAfter(),
                rule.certificateNames(),
                rule.override());
    }

    public static PeerRule withOverride(PeerRule rule) {
        return new PeerRule(
                rule.id(),
                rule.direction(),
                rule.peer(),
                rule.level(),
                rule.minimumVersion(),
                rule.onViolation(),
                rule.tlsGiveUpAfter(),
                rule.certificateNames(),
                true);
    }

    public static PeerRule withOnViolation(PeerRule rule, OnViolation onViolation) {
        return new PeerRule(
                rule.id(),
                rule.direction(),
                rule.peer(),
                rule.level(),
                rule.minimumVersion(),
                Optional.of(onViolation),
                rule.tlsGiveUpAfter(),
                rule.certificateNames(),
                rule.override());
    }

    public static OutboundProtection outbound(String... relaySources) {
        return new OutboundProtection(
                true, Arrays.stream(relaySources).map(IpNetwork::parse).toList(), TlsSetting.OPPORTUNISTIC, false);
    }

    public static CompiledDomain domain(String name, long n, OutboundProtection outbound, PeerRule... peers) {
        return domain(name, n, outbound, Optional.empty(), peers);
    }

    public static CompiledDomain domain(
            String name, long n, OutboundProtection outbound, Optional<DomainDefault> inbound, PeerRule... peers) {
        return new CompiledDomain(
                DomainName.parse(name),
                new PolicyRevision("e1", n),
                false,
                List.of(),
                TlsSetting.OPPORTUNISTIC,
                outbound,
                inbound,
                Optional.empty(),
                List.of(peers),
                List.of());
    }

    public static DomainDefault defaultOf(SecurityLevel level) {
        return new DomainDefault(level, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
