package io.sekisho.policyclient.match;

import static io.sekisho.mail.policy.Direction.INBOUND;
import static io.sekisho.mail.policy.Direction.OUTBOUND;
import static io.sekisho.mail.policy.OutboundProtection.DISABLED;
import static io.sekisho.mail.policy.SecurityLevel.MANDATORY;
import static io.sekisho.mail.policy.SecurityLevel.NEVER;
import static io.sekisho.mail.policy.SecurityLevel.OPPORTUNISTIC;
import static io.sekisho.mail.policy.SecurityLevel.VERIFIED;
import static io.sekisho.policyclient.match.PolicyFixtures.defaultOf;
import static io.sekisho.policyclient.match.PolicyFixtures.domain;
import static io.sekisho.policyclient.match.PolicyFixtures.outbound;
import static io.sekisho.policyclient.match.PolicyFixtures.rule;
import static io.sekisho.policyclient.match.PolicyFixtures.withMinimum;
import static io.sekisho.policyclient.match.PolicyFixtures.withOverride;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.address.Peer;
import io.sekisho.mail.policy.CompiledDomain;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.PeerRule;
import io.sekisho.mail.policy.PolicyRevision;
import io.sekisho.mail.policy.RequiredNames;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsVersion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WhichRuleDecidesTest {

    private static final IpAddress CLIENT = IpAddress.parse("192.0.2.77");

    @Test
    void takesTheLongestPrefixOfTheAddressRules() {
        ManagedDomain managed = managed(
                rule("wide", INBOUND, "192.0.0.0/8", OPPORTUNISTIC),
                rule("close", INBOUND, "192.0.2.64/26", MANDATORY),
                rule("other", INBOUND, "192.0.2.0/26", OPPORTUNISTIC));
        assertThat(inbound(managed, "partner.example").ruleIds()).containsExactly("close");
    }

    @Test
    void takesTheExactDomainElseTheLongestWildcardAndAWildcardNotForItsApex() {
        ManagedDomain managed = managed(
                rule("exact", INBOUND, "a.b.example", OPPORTUNISTIC),
                rule("long", INBOUND, "*.b.example", MANDATORY),
                rule("short", INBOUND, "*.example", VERIFIED));
        assertThat(inbound(managed, "a.b.example").ruleIds()).containsExactly("exact");
        assertThat(inbound(managed, "x.y.b.example").ruleIds()).containsExactly("long");
        assertThat(inbound(managed, "b.example").ruleIds()).containsExactly("short");
        assertThat(inbound(managed, "example").ruleIds()).containsExactly("default:inbound");
    }

    @Test
    void joinsAnAddressRuleAndADomainRule() {
        ManagedDomain managed = managed(
                rule("block", INBOUND, "192.0.2.0/24", OPPORTUNISTIC),
                rule("partner", INBOUND, "partner.example", MANDATORY));
        Decision decision = inbound(managed, "partner.example");
        assertThat(decision.ruleIds()).containsExactly("block", "partner");
        assertThat(decision.desired().level()).isEqualTo(MANDATORY);
    }

    @Test
    void letsAnOverrideDecideAlone() {
        ManagedDomain managed = managed(
                withOverride(rule("scanner", INBOUND, "192.0.2.77", OPPORTUNISTIC)),
                rule("partner", INBOUND, "partner.example", MANDATORY));
        assertThat(inbound(managed, "partner.example").desired().level()).isEqualTo(OPPORTUNISTIC);
    }

    @Test
    void judgesTheNullSenderByAddressRulesAndTheDefault() {
        ManagedDomain managed = new ManagedDomain(domain(
                "customer.example",
                1,
                DISABLED,
                Optional.of(defaultOf(MANDATORY)),
                rule("all", INBOUND, "*.example", VERIFIED)));
        assertThat(managed.inbound(CLIENT, Optional.empty()).ruleIds())
                .containsExactly("default:inbound:customer.example");
    }

    @Test
    void isOpportunisticFromTlsv12WhereNothingIsSet() {
        Decision decision = inbound(managed(), "partner.example");
        assertThat(decision.desired().level()).isEqualTo(OPPORTUNISTIC);
        assertThat(decision.desired().minimum()).isEqualTo(TlsVersion.TLSV1_2);
    }

    @Test
    void keepsOutboundRulesInertWhileOutboundIsDisabled() {
        PeerRule partner = rule("partner", OUTBOUND, "partner.example", MANDATORY);
        DomainName recipient = DomainName.parse("partner.example");
        assertThat(new ManagedDomain(domain("c.example", 1, DISABLED, partner))
                        .outbound(recipient)
                        .ruleIds())
                .containsExactly("default:outbound");
        assertThat(new ManagedDomain(domain("c.example", 1, outbound(), partner))
                        .outbound(recipient)
                        .ruleIds())
                .containsExactly("partner");
    }

    @Test
    void asksAnInboundCertificateForThePeersOwnNameWhereNoneIsPinned() {
        ManagedDomain managed = managed(rule("partner", INBOUND, "partner.example", VERIFIED));
        assertThat(inbound(managed, "partner.example").desired().names())
                .containsExactly(new RequiredNames(List.of("partner.example")));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agreesWithTheNaiveMatcher(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            CompiledDomain compiled = randomDomain(random);
            ManagedDomain managed = new ManagedDomain(compiled);
            for (int probe = 0; probe < 20; probe++) {
                IpAddress client = randomAddress(random);
                DomainName name = randomName(random);
                Optional<DomainName> sender = random.nextInt(5) == 0 ? Optional.empty() : Optional.of(name);
                assertThat(managed.inbound(client, sender).ruleIds())
                        .as("seed %d, %s from %s to %s", seed, sender, client, compiled)
                        .isEqualTo(NaiveMatcher.ruleIds(compiled, INBOUND, client, sender));
                assertThat(managed.outbound(name).ruleIds())
                        .as("seed %d, to %s from %s", seed, name, compiled)
                        .isEqualTo(NaiveMatcher.ruleIds(compiled, OUTBOUND, client, Optional.of(name)));
            }
        }
    }

    private static CompiledDomain randomDomain(Random random) {
        List<PeerRule> rules = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int i = random.nextInt(25); i > 0; i--) {
            Direction direction = random.nextInt(4) == 0 ? OUTBOUND : INBOUND;
            String peer = direction == INBOUND && random.nextBoolean() ? randomBlock(random) : randomPattern(random);
            if (taken.add(direction + peer)) {
                PeerRule rule = rule("r" + i, direction, peer, random.nextBoolean() ? MANDATORY : OPPORTUNISTIC);
                boolean override = rule.peer() instanceof Peer.Address && random.nextInt(4) == 0;
                rules.add(override ? withOverride(rule) : rule);
            }
        }
        return domain(
                "customer.example",
                1,
                random.nextBoolean() ? outbound() : DISABLED,
                random.nextBoolean() ? Optional.of(defaultOf(NEVER)) : Optional.empty(),
                rules.toArray(PeerRule[]::new));
    }

    private static String randomBlock(Random random) {
        IpAddress address = randomAddress(random);
        int bits = address.isV4() ? 96 + random.nextInt(33) : random.nextInt(129);
        return new io.sekisho.mail.address.IpNetwork(io.sekisho.mail.address.IpNetwork.mask(address, bits), bits)
                .toString();
    }

    private static IpAddress randomAddress(Random random) {
        // Few distinct bits, so that blocks and probes meet often.
        return random.nextBoolean()
                ? IpAddress.parse("10." + random.nextInt(2) + "." + random.nextInt(2) + "." + random.nextInt(4))
                : new IpAddress(0x2001_0db8_0000_0000L | random.nextInt(2), random.nextInt(4));
    }

    private static DomainName randomName(Random random) {
        StringBuilder name = new StringBuilder("x");
        for (int labels = random.nextInt(4); labels > 0; labels--) {
            name.insert(0, (random.nextBoolean() ? "a" : "b") + ".");
        }
        return DomainName.parse(name.toString());
    }

    private static String randomPattern(Random random) {
        return (random.nextBoolean() ? "*." : "") + randomName(random);
    }

    private static ManagedDomain managed(PeerRule... rules) {
        return new ManagedDomain(domain("customer.example", 1, DISABLED, rules));
    }

    private static Decision inbound(ManagedDomain managed, String sender) {
        return managed.inbound(CLIENT, Optional.of(DomainName.parse(sender)));
    }

    @Test
    void statesTheLowestFloorOfAnyDomainForAClient() {
        SecurityLevel level = MANDATORY;
        PolicyTable table = PolicyTable.of(
                List.of(
                        domain(
                                "a.example",
                                1,
                                DISABLED,
                                withMinimum(rule("1", INBOUND, "192.0.2.0/24", level), TlsVersion.TLSV1_1)),
                        domain(
                                "b.example",
                                2,
                                DISABLED,
                                withMinimum(rule("2", INBOUND, "192.0.2.77", level), TlsVersion.TLSV1)),
                        domain(
                                "c.example",
                                3,
                                DISABLED,
                                withMinimum(rule("3", INBOUND, "192.0.2.77", level), TlsVersion.TLSV1_3))),
                new PolicyRevision("e1", 3));
        assertThat(table.lowestMinimumFor(CLIENT)).contains(TlsVersion.TLSV1);
        assertThat(table.lowestMinimumFor(IpAddress.parse("192.0.2.78"))).contains(TlsVersion.TLSV1_1);
        assertThat(table.lowestMinimumFor(IpAddress.parse("192.0.3.1"))).isEmpty();
        table.put(CompiledDomain.tombstone(DomainName.parse("b.example"), new PolicyRevision("e1", 4)));
        assertThat(table.lowestMinimumFor(CLIENT)).contains(TlsVersion.TLSV1_1);
    }

    @Test
    void findsTheDomainsOfARelaySourceAndTheClosestOfThem() {
        PolicyTable table = PolicyTable.of(
                List.of(
                        domain("wide.example", 1, outbound("10.0.0.0/8")),
                        domain("close.example", 2, outbound("10.1.0.0/16", "172.16.0.1")),
                        domain("close2.example", 3, outbound("10.1.0.0/16"))),
                new PolicyRevision("e1", 3));
        IpAddress server = IpAddress.parse("10.1.2.3");
        assertThat(table.relayDomainsOf(server)).hasSize(3);
        assertThat(names(table.closestRelayDomainsOf(server)))
                .containsExactlyInAnyOrder("close.example", "close2.example");
        table.put(domain("close.example", 4, outbound("172.16.0.1")));
        assertThat(names(table.closestRelayDomainsOf(server))).containsExactly("close2.example");
        table.put(domain("close2.example", 5, DISABLED));
        assertThat(names(table.relayDomainsOf(server))).containsExactly("wide.example");
    }

    @Test
    void passesOverAnOlderStateOfADomain() {
        PolicyTable table =
                PolicyTable.of(List.of(domain("a.example", 5, outbound("10.0.0.1"))), new PolicyRevision("e1", 5));
        table.put(domain("a.example", 4, DISABLED));
        assertThat(table.relayDomainsOf(IpAddress.parse("10.0.0.1"))).hasSize(1);
    }

    private static List<String> names(List<ManagedDomain> domains) {
        return domains.stream().map(domain -> domain.name().ascii()).toList();
    }
}
