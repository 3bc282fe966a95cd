package io.sekisho.ingress.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.address.IpNetwork;
import io.sekisho.mail.address.Peer;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.PolicySource;
import io.sekisho.mail.event.TlsFacts;
import io.sekisho.mail.event.Verdict;
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
import io.sekisho.policyclient.PolicyState;
import io.sekisho.policyclient.match.PolicyTable;
import io.sekisho.smtp.command.RcptParameters;
import io.sekisho.smtp.path.ForwardPath;
import io.sekisho.smtp.path.Mailbox;
import io.sekisho.smtp.path.PathResult;
import io.sekisho.smtp.path.ReversePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every row of "Inbound: decided at RCPT, per recipient" that a recipient is decided by, and every direction. */
class RecipientPolicyTest {

    private static final String PARTNER = "203.0.113.9";
    private static final String SOURCE_OF_A = "192.0.2.10";
    private static final String SOURCE_OF_A_AND_C = "198.51.100.7";
    private static final String SOURCE_OF_OPEN = "198.51.100.200";

    private static final PolicyRevision REVISION = new PolicyRevision("e", 7);

    // ---- inbound

    @Test
    void acceptsWhereNothingIsSet() {
        RecipientDecision.Accepted accepted =
                accepted(decide(PARTNER, TlsFacts.NONE, "<x@partner.test>", "<u@open.test>"));

        assertThat(accepted.recipient().direction()).isEqualTo(Direction.INBOUND);
        assertThat(accepted.recipient().authorisedFor()).isEmpty();
        assertThat(accepted.policy().verdict()).isEqualTo(Verdict.MET);
        assertThat(accepted.policy().ruleIds()).containsExactly("default:inbound");
        assertThat(accepted.policy().effective()).isEqualTo("NONE");
    }

    @Test
    void refusesPlainTextWhereTlsIsMandatory() {
        RecipientDecision.Refused refused = refused(decide(PARTNER, TlsFacts.NONE, "<x@partner.test>", "<u@a.test>"));

        assertThat(refused.reply().toString())
                .startsWith("550 5.7.10 TLS required")
                .contains("peer-partner");
        assertThat(refused.blockReason()).contains(BlockReason.TLS_NOT_AVAILABLE);
        assertThat(refused.direction()).isEqualTo(Direction.INBOUND);
        assertThat(refused.managedDomains()).containsExactly(DomainName.parse("a.test"));
        assertThat(refused.policy().orElseThrow().verdict()).isEqualTo(Verdict.UNMET);
        assertThat(refused.policy().orElseThrow().revision()).isEqualTo(REVISION);
    }

    @Test
    void acceptsTlsWhereTlsIsMandatory() {
        assertThat(accepted(decide(PARTNER, tls("TLSv1.3"), "<x@partner.test>", "<u@a.test>"))
                        .policy()
                        .effective())
                .isEqualTo("TLSv1.3");
    }

    @Test
    void defersPlainTextWhereTheRuleSaysSo() {
        assertThat(refused(decide(PARTNER, TlsFacts.NONE, "<x@deferred.test>", "<u@a.test>"))
                        .reply()
                        .toString())
                .startsWith("450 4.7.10 TLS required");
    }

    @Test
    void refusesATlsVersionBelowTheMinimumNamingBoth() {
        RecipientDecision.Refused refused = refused(decide(PARTNER, tls("TLSv1.2"), "<x@modern.test>", "<u@a.test>"));

        assertThat(refused.reply().toString()).startsWith("550 5.7.10").contains("TLSv1.2", "TLSv1.3");
        assertThat(refused.blockReason()).contains(BlockReason.TLS_VERSION_TOO_LOW);
    }

    @Test
    void refusesAClientWithoutTheCertificateThatARuleAsksFor() {
        RecipientDecision.Refused refused = refused(decide(PARTNER, tls("TLSv1.3"), "<x@verified.test>", "<u@a.test>"));

        assertThat(refused.reply().toString()).startsWith("550 5.7.10").contains("certificate");
        assertThat(refused.blockReason()).contains(BlockReason.CERTIFICATE_INVALID);
    }

    @Test
    void decidesPerRecipient() {
        assertThat(decide(PARTNER, TlsFacts.NONE, "<x@partner.test>", "<u@a.test>"))
                .isInstanceOf(RecipientDecision.Refused.class);
        assertThat(decide(PARTNER, TlsFacts.NONE, "<x@partner.test>", "<u@open.test>"))
                .isInstanceOf(RecipientDecision.Accepted.class);
    }

    @Test
    void holdsTheNullSenderToTheDefault() {
        assertThat(decide(PARTNER, TlsFacts.NONE, "<>", "<u@strict.test>"))
                .isInstanceOf(RecipientDecision.Refused.class);
        assertThat(decide(PARTNER, TlsFacts.NONE, "<>", "<u@a.test>")).isInstanceOf(RecipientDecision.Accepted.class);
    }

    @Test
    void takesMailToPostmasterOfAManagedDomainUnderItsTlsRules() {
        assertThat(decide(PARTNER, tls("TLSv1.3"), "<>", "<PostMaster@strict.test>"))
                .isInstanceOf(RecipientDecision.Accepted.class);
        assertThat(decide(PARTNER, TlsFacts.NONE, "<>", "<postmaster@strict.test>"))
                .isInstanceOf(RecipientDecision.Refused.class);
    }

    @Test
    void readsALocalPartThatRoutesAsAnAttemptToRelay() {
        for (String path :
                List.of("<u%elsewhere.test@open.test>", "<elsewhere.test!u@open.test>", "<\"u@x.test\"@open.test>")) {
            RecipientDecision.Refused refused = refused(decide(PARTNER, TlsFacts.NONE, "<x@partner.test>", path));
            assertThat(refused.reply().toString()).startsWith("550 5.7.1 ");
            assertThat(refused.blockReason()).contains(BlockReason.RELAYING_DENIED);
        }
    }

    // ---- <postmaster> without a domain

    @Test
    void sendsPostmasterWithoutADomainToTheDomainOfThisHost() {
        RecipientPolicy policy = policy(usable(PolicySource.STREAM), Optional.empty(), "mx1.hosts.open.test");

        assertThat(accepted(policy.decide(request(PARTNER, TlsFacts.NONE, "<>", "<Postmaster>")))
                        .recipient()
                        .forwardPath())
                .isEqualTo("postmaster@open.test");
    }

    @Test
    void sendsPostmasterWithoutADomainToTheConfiguredAddress() {
        RecipientPolicy policy =
                policy(usable(PolicySource.STREAM), Mailbox.tryParse("admin@open.test"), "mx1.hosts.strict.test");

        assertThat(accepted(policy.decide(request(PARTNER, TlsFacts.NONE, "<>", "<postmaster>")))
                        .recipient()
                        .forwardPath())
                .isEqualTo("admin@open.test");
    }

    @Test
    void sendsPostmasterWithoutADomainToTheOnlyDomain() {
        PolicyTable one = PolicyTable.of(List.of(domain("only.test")), REVISION);
        RecipientPolicy policy =
                policy(new PolicyState.Usable(one, PolicySource.STREAM), Optional.empty(), "localhost");

        assertThat(accepted(policy.decide(request(PARTNER, TlsFacts.NONE, "<>", "<postmaster>")))
                        .recipient()
                        .forwardPath())
                .isEqualTo("postmaster@only.test");
    }

    @Test
    void saysWhatToSetWhereNobodyIsPostmaster() {
        RecipientPolicy policy = policy(usable(PolicySource.STREAM), Optional.empty(), "localhost");

        assertThat(refused(policy.decide(request(PARTNER, TlsFacts.NONE, "<>", "<postmaster>")))
                        .reply()
                        .toString())
                .startsWith("451 4.3.5")
                .contains("sekisho.smtp.postmaster");
    }

    // ---- outbound and relaying

    @Test
    void relaysForARelaySource() {
        RecipientDecision.Accepted accepted =
                accepted(decide(SOURCE_OF_A, tls("TLSv1.2"), "<x@a.test>", "<u@elsewhere.test>"));

        assertThat(accepted.recipient().direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(accepted.recipient().authorisedFor()).containsExactly(DomainName.parse("a.test"));
        assertThat(accepted.policy().ruleIds()).containsExactly("relayTls:a.test");
    }

    @Test
    void refusesARelaySourceBelowItsRelayTls() {
        RecipientDecision.Refused refused =
                refused(decide(SOURCE_OF_A, TlsFacts.NONE, "<x@a.test>", "<u@elsewhere.test>"));

        assertThat(refused.reply().toString())
                .startsWith("550 5.7.10 TLS required")
                .contains("relayTls:a.test");
        assertThat(refused.direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(refused.managedDomains()).containsExactly(DomainName.parse("a.test"));
    }

    @Test
    void deniesRelayingToAStranger() {
        RecipientDecision.Refused refused =
                refused(decide(PARTNER, tls("TLSv1.3"), "<x@partner.test>", "<u@elsewhere.test>"));

        assertThat(refused.reply().toString()).startsWith("550 5.7.1 Relaying denied");
        assertThat(refused.blockReason()).contains(BlockReason.RELAYING_DENIED);
        assertThat(refused.managedDomains()).isEmpty();
    }

    @Test
    void deniesRelayingToAStrangerWhoNamesAManagedSenderAndTellsItsDomain() {
        RecipientDecision.Refused refused =
                refused(decide(PARTNER, tls("TLSv1.3"), "<x@a.test>", "<u@elsewhere.test>"));

        assertThat(refused.reply().toString()).startsWith("550 5.7.1 Relaying denied");
        assertThat(refused.managedDomains()).containsExactly(DomainName.parse("a.test"));
    }

    @Test
    void deniesRelayingWithTheNullSenderToAStranger() {
        assertThat(refused(decide(PARTNER, tls("TLSv1.3"), "<>", "<u@elsewhere.test>"))
                        .reply()
                        .toString())
                .startsWith("550 5.7.1");
    }

    @Test
    void deniesRelayingWhereOutboundProtectionIsDisabled() {
        assertThat(refused(decide("192.0.2.99", tls("TLSv1.3"), "<x@disabled.test>", "<u@elsewhere.test>"))
                        .reply()
                        .toString())
                .startsWith("550 5.7.1");
    }

    @Test
    void deniesTheRelaySourceOfAnotherDomain() {
        RecipientDecision.Refused refused =
                refused(decide(SOURCE_OF_A, tls("TLSv1.3"), "<x@c.test>", "<u@elsewhere.test>"));

        assertThat(refused.blockReason()).contains(BlockReason.SENDER_REFUSED);
    }

    @Test
    void refusesAForeignSenderNamingTheSwitch() {
        RecipientDecision.Refused refused =
                refused(decide(SOURCE_OF_A, tls("TLSv1.3"), "<x@foreign.test>", "<u@elsewhere.test>"));

        assertThat(refused.reply().toString()).startsWith("550 5.7.1").contains("outbound.foreignSenders", "a.test");
        assertThat(refused.blockReason()).contains(BlockReason.SENDER_REFUSED);
        assertThat(refused.managedDomains()).containsExactly(DomainName.parse("a.test"));
    }

    @Test
    void relaysForAForeignSenderWhereTheDomainPermits() {
        assertThat(accepted(decide(SOURCE_OF_OPEN, TlsFacts.NONE, "<x@foreign.test>", "<u@elsewhere.test>"))
                        .recipient()
                        .authorisedFor())
                .containsExactly(DomainName.parse("open.test"));
    }

    @Test
    void relaysBouncesForTheClosestSource() {
        // open.test has the /24, both a.test and c.test have the address itself.
        assertThat(accepted(decide(SOURCE_OF_A_AND_C, tls("TLSv1.3"), "<>", "<u@elsewhere.test>"))
                        .recipient()
                        .authorisedFor())
                .containsExactlyInAnyOrder(DomainName.parse("a.test"), DomainName.parse("c.test"));
    }

    @Test
    void joinsTheRelayTlsOfASharedSource() {
        RecipientDecision.Refused refused =
                refused(decide(SOURCE_OF_A_AND_C, TlsFacts.NONE, "<>", "<u@elsewhere.test>"));

        assertThat(refused.policy().orElseThrow().ruleIds())
                .containsExactlyInAnyOrder("relayTls:a.test", "relayTls:c.test");
        assertThat(refused.managedDomains()).hasSize(2);
    }

    @Test
    void doesNotRelayToAnAddressLiteral() {
        assertThat(refused(decide(SOURCE_OF_A, tls("TLSv1.3"), "<x@a.test>", "<u@[203.0.113.1]>"))
                        .reply()
                        .toString())
                .startsWith("550 5.1.2");
        assertThat(refused(decide(PARTNER, tls("TLSv1.3"), "<x@a.test>", "<u@[203.0.113.1]>"))
                        .reply()
                        .toString())
                .startsWith("550 5.7.1");
    }

    // ---- from one managed domain to another

    @Test
    void holdsMailBetweenManagedDomainsToBothSides() {
        RecipientDecision.Accepted accepted =
                accepted(decide(SOURCE_OF_A, tls("TLSv1.3"), "<x@a.test>", "<u@strict.test>"));

        assertThat(accepted.recipient().direction()).isEqualTo(Direction.INBOUND);
        assertThat(accepted.recipient().authorisedFor()).containsExactly(DomainName.parse("a.test"));
        assertThat(accepted.policy().ruleIds())
                .containsExactlyInAnyOrder("default:inbound:strict.test", "relayTls:a.test");
        assertThat(refused(decide(SOURCE_OF_A, TlsFacts.NONE, "<x@a.test>", "<u@open.test>"))
                        .reply()
                        .toString())
                .contains("relayTls:a.test");
    }

    @Test
    void takesMailOfADomainToItselfAsInboundOnly() {
        RecipientDecision.Accepted accepted = accepted(decide(SOURCE_OF_A, TlsFacts.NONE, "<x@a.test>", "<u@a.test>"));

        assertThat(accepted.recipient().direction()).isEqualTo(Direction.INBOUND);
        assertThat(accepted.recipient().authorisedFor()).isEmpty();
    }

    @Test
    void takesMailOfAStrangerNamingAManagedSenderAsInbound() {
        assertThat(accepted(decide(PARTNER, TlsFacts.NONE, "<x@a.test>", "<u@open.test>"))
                        .recipient()
                        .authorisedFor())
                .isEmpty();
    }

    // ---- when the policy is not sure

    @Test
    void defersWhereThePolicyIsNotKnown() {
        RecipientPolicy policy = policy(new PolicyState.Unusable("no policy yet"), Optional.empty(), "localhost");

        RecipientDecision.Refused refused =
                refused(policy.decide(request(PARTNER, TlsFacts.NONE, "<x@partner.test>", "<u@open.test>")));
        assertThat(refused.reply().toString()).startsWith("451 4.3.0");
        assertThat(refused.blockReason()).isEmpty();
        assertThat(refused.policy().orElseThrow().verdict()).isEqualTo(Verdict.UNDETERMINED);
        assertThat(refused.detail()).isEqualTo("no policy yet");
    }

    @Test
    void defersADomainThatAStaleTableLacks() {
        RecipientPolicy stale = policy(usable(PolicySource.STALE), Optional.empty(), "localhost");

        assertThat(refused(stale.decide(request(PARTNER, TlsFacts.NONE, "<x@partner.test>", "<u@elsewhere.test>")))
                        .reply()
                        .toString())
                .startsWith("451 4.3.0");
        assertThat(refused(stale.decide(request(SOURCE_OF_A, TlsFacts.NONE, "<x@foreign.test>", "<u@elsewhere.test>")))
                        .reply()
                        .toString())
                .startsWith("451 4.3.0");
    }

    @Test
    void deniesADomainThatATableFromHttpLacks() {
        RecipientPolicy http = policy(usable(PolicySource.HTTP), Optional.empty(), "localhost");

        assertThat(refused(http.decide(request(PARTNER, TlsFacts.NONE, "<x@partner.test>", "<u@elsewhere.test>")))
                        .reply()
                        .toString())
                .startsWith("550 5.7.1");
    }

    @Test
    void decidesByAStaleTableWhereItKnowsTheDomain() {
        RecipientPolicy stale = policy(usable(PolicySource.STALE), Optional.empty(), "localhost");

        RecipientDecision.Accepted accepted =
                accepted(stale.decide(request(PARTNER, tls("TLSv1.3"), "<x@partner.test>", "<u@a.test>")));
        assertThat(accepted.policy().source()).contains(PolicySource.STALE);
        assertThat(refused(stale.decide(request(PARTNER, TlsFacts.NONE, "<x@partner.test>", "<u@a.test>")))
                        .reply()
                        .code())
                .isEqualTo(550);
    }

    // ----

    private static RecipientDecision decide(String client, TlsFacts tls, String reversePath, String forwardPath) {
        return policy(usable(PolicySource.STREAM), Optional.empty(), "localhost")
                .decide(request(client, tls, reversePath, forwardPath));
    }

    private static RecipientDecision.Accepted accepted(RecipientDecision decision) {
        assertThat(decision).isInstanceOf(RecipientDecision.Accepted.class);
        return (RecipientDecision.Accepted) decision;
    }

    private static RecipientDecision.Refused refused(RecipientDecision decision) {
        assertThat(decision).isInstanceOf(RecipientDecision.Refused.class);
        return (RecipientDecision.Refused) decision;
    }

    private static RecipientPolicy policy(PolicyState state, Optional<Mailbox> postmaster, String hostname) {
        return new RecipientPolicy(() -> state, new Postmaster(postmaster, hostname));
    }

    private static RecipientRequest request(String client, TlsFacts tls, String reversePath, String forwardPath) {
        return new RecipientRequest(
                IpAddress.parse(client),
                tls,
                parsed(ReversePath.parse(reversePath)),
                parsed(ForwardPath.parse(forwardPath)),
                RcptParameters.NONE);
    }

    private static <P> P parsed(PathResult<P> result) {
        assertThat(result).isInstanceOf(PathResult.Parsed.class);
        return ((PathResult.Parsed<P>) result).path();
    }

    private static TlsFacts tls(String version) {
        return new TlsFacts(version, Optional.of("cipher"), Optional.empty(), Optional.empty());
    }

    private static PolicyState.Usable usable(PolicySource source) {
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

    private static CompiledDomain domain(String name) {
        return domain(name, OutboundProtection.DISABLED, Optional.empty());
    }

    private static CompiledDomain domain(
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
                List.of(peers));
    }

    private static OutboundProtection outbound(
            boolean enabled, SecurityLevel relayTls, boolean foreignSenders, String... sources) {
        List<IpNetwork> networks = new ArrayList<>();
        for (String source : sources) {
            networks.add(IpNetwork.parse(source));
        }
        return new OutboundProtection(enabled, networks, new TlsSetting(relayTls, Optional.empty()), foreignSenders);
    }

    private static PeerRule peer(
            String id, String peer, SecurityLevel level, TlsVersion minimum, OnViolation onViolation) {
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
