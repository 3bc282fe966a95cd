package io.sekisho.ingress.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.address.IpNetwork;
import io.sekisho.mail.address.Peer;
import io.sekisho.mail.event.PolicySource;
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
import io.sekisho.mail.tls.TlsFacts;
import io.sekisho.policyclient.PolicyState;
import io.sekisho.policyclient.match.CertificateCheck;
import io.sekisho.policyclient.match.PolicyTable;
import io.sekisho.smtp.command.RcptParameters;
import io.sekisho.smtp.path.ForwardPath;
import io.sekisho.smtp.path.Mailbox;
import io.sekisho.smtp.path.PathResult;
import io.sekisho.smtp.path.ReversePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Five managed domains, and what is decided by them. */
final class Decisions {

    static final String PARTNER = "203.0.113.9";
    static final String SOURCE_OF_A = "192.0.2.10";
    static final String SOURCE_OF_A_AND_C = "198.51.100.7";
    static final String SOURCE_OF_OPEN = "198.51.100.200";

    static final PolicyRevision REVISION = new PolicyRevision("e", 7);

    private Decisions() {}

    static RecipientDecision decide(String client, TlsFacts tls, String reversePath, String forwardPath) {
        return policy(usable(PolicySource.STREAM), Optional.empty(), "localhost")
                .decide(request(client, tls, reversePath, forwardPath));
    }

    static RecipientDecision.Accepted accepted(RecipientDecision decision) {
        assertThat(decision).isInstanceOf(RecipientDecision.Accepted.class);
        return (RecipientDecision.Accepted) decision;
    }

    static RecipientDecision.Refused refused(RecipientDecision decision) {
        assertThat(decision).isInstanceOf(RecipientDecision.Refused.class);
        return (RecipientDecision.Refused) decision;
    }

    static RecipientPolicy policy(PolicyState state, Optional<Mailbox> postmaster, String hostname) {
        return new RecipientPolicy(() -> state, new Postmaster(postmaster, hostname));
    }

    static RecipientRequest request(String client, TlsFacts tls, String reversePath, String forwardPath) {
        return new RecipientRequest(
                IpAddress.parse(client),
                tls,
                CertificateCheck.NONE_PRESENTED,
                Optional.empty(),
                parsed(ReversePath.parse(reversePath)),
                parsed(ForwardPath.parse(forwardPath)),
                RcptParameters.NONE);
    }

    static <P> P parsed(PathResult<P> result) {
        assertThat(result).isInstanceOf(PathResult.Parsed.class);
        return ((PathResult.Parsed<P>) result).path();
    }

    static TlsFacts tls(String version) {
        return new TlsFacts(version, Optional.of("cipher"), Optional.empty(), Optional.empty());
    }

    static PolicyState.Usable usable(PolicySource source) {
        List<CompiledDomain> domains = new ArrayList<>();
        domains.add(domain(
                "a.test",
                outbound(true, SecurityLevel.MANDATORY, false, SOURCE_OF_A, SOURCE_OF_A_AND_C),
                Optional.empty(),
                peer("peer-partner", "partner.test", SecurityLevel.MANDATORY, null, OnViolation.REJECT),
                peer("peer-deferred", "deferred.test", SecurityLevel.MANDATORY, null, OnViolation.DEFER),
                peer("peer-modern", "modern.test", SecurityLevel.MANDATORY, TlsVersion.TLSV1_3, OnViolation.REJECT),
                peer("peer-verified", "verified.test", SecurityLevel.VERIFIED, null, OnViolation.REJECT)));
        domains.add(domain(
                "c.test", outbound(true, SecurityLevel.OPPORTUNISTIC, false, SOURCE_OF_A_AND_C), Optional.empty()));
        domains.add(domain(
                "open.test", outbound(true, SecurityLevel.OPPORTUNISTIC, true, "198.51.100.0/24"), Optional.empty()));
        domains.add(domain(
                "disabled.test", outbound(false, SecurityLevel.OPPORTUNISTIC, false, "192.0.2.99"), Optional.empty()));
        domains.add(domain(
                "strict.test",
                OutboundProtection.DISABLED,
                Optional.of(new DomainDefault(
                        SecurityLevel.MANDATORY, Optional.empty(), Optional.empty(), Optional.empty()))));
        return new PolicyState.Usable(PolicyTable.of(domains, REVISION), source);
    }

    static CompiledDomain domain(String name) {
        return domain(name, OutboundProtection.DISABLED, Optional.empty());
    }

    static CompiledDomain domain(
            String name, OutboundProtection outbound, Optional<DomainDefault> inboundDefault, PeerRule... peers) {
        return new CompiledDomain(
                DomainName.parse(name),
                REVISION,
                false,
                List.of(),
                TlsSetting.OPPORTUNISTIC,
                outbound,
                inboundDefault,
                Optional.empty(),
                List.of(peers),
                List.of());
    }

    static OutboundProtection outbound(
            boolean enabled, SecurityLevel relayTls, boolean foreignSenders, String... sources) {
        List<IpNetwork> networks = new ArrayList<>();
        for (String source : sources) {
            networks.add(IpNetwork.parse(source));
        }
        return new OutboundProtection(enabled, networks, new TlsSetting(relayTls, Optional.empty()), foreignSenders);
    }

    static PeerRule peer(String id, String peer, SecurityLevel level, TlsVersion minimum, OnViolation onViolation) {
        return new PeerRule(
                id,
                Direction.INBOUND,
                Peer.parse(peer),
                level,
                Optional.ofNullable(minimum),
                Optional.of(onViolation),
                Optional.empty(),
                List.of(),
                false);
    }
}
