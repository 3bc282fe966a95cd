package io.sekisho.egress.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.egress.TestMail;
import io.sekisho.egress.delivery.RecipientOutcome;
import io.sekisho.egress.delivery.Route;
import io.sekisho.egress.hold.Holds;
import io.sekisho.egress.route.Routing;
import io.sekisho.egress.route.StaticRoutes;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.Peer;
import io.sekisho.mail.envelope.Recipient;
import io.sekisho.mail.event.PolicySource;
import io.sekisho.mail.policy.CompiledDomain;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.NextHop;
import io.sekisho.mail.policy.OutboundProtection;
import io.sekisho.mail.policy.PeerRule;
import io.sekisho.mail.policy.PolicyRevision;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsSetting;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.policyclient.PolicyState;
import io.sekisho.policyclient.match.PolicyTable;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private static final PolicyRevision REVISION = new PolicyRevision("a", 1);
    private static final CompiledDomain CUSTOMER =
            domain("customer.example", SecurityLevel.OPPORTUNISTIC, Optional.empty());
    private static final CompiledDomain STRICT =
            domain("strict.example", SecurityLevel.VERIFIED, Optional.of(TlsVersion.TLSV1_3));

    private PolicyState state =
            new PolicyState.Usable(PolicyTable.of(List.of(CUSTOMER, STRICT), REVISION), PolicySource.STREAM);

    @Test
    void asksTheNextHopsForWhatTheirDomainSets() {
        Leg.Way way = way(TestMail.mail(), TestMail.inbound("bob@strict.example"));
        assertThat(way.route()).isEqualTo(new Route.NextHops(DomainName.parse("strict.example"), STRICT.nextHops()));
        assertThat(way.decision().desired().level()).isEqualTo(SecurityLevel.VERIFIED);
        assertThat(way.decision().ruleIds()).containsExactly("nextHopTls:strict.example");
        assertThat(way.destination()).isEqualTo("strict.example");
    }

    @Test
    void asksThePartnerForWhatTheSendersDomainSets() {
        Leg.Way way = way(TestMail.mail(), TestMail.outbound("bob@partner.example"));
        assertThat(way.route()).isEqualTo(new Route.MailExchangers(DomainName.parse("partner.example")));
        assertThat(way.decision().ruleIds()).containsExactly("to-partner");
        assertThat(way.decision().desired().level()).isEqualTo(SecurityLevel.MANDATORY);
        assertThat(way.source()).isEqualTo(PolicySource.STREAM);
    }

    @Test
    void joinsBothSidesBetweenManagedDomains() {
        Recipient both = new Recipient(
                "bob@strict.example",
                DomainName.parse("strict.example"),
                Direction.INBOUND,
                List.of(DomainName.parse("customer.example")),
                Optional.empty(),
                Optional.empty());
        Leg.Way way = way(TestMail.mail(), both);
        assertThat(way.decision().ruleIds()).containsExactly("nextHopTls:strict.example", "to-strict");
        assertThat(way.route()).isInstanceOf(Route.NextHops.class);
    }

    @Test
    void joinsAllDomainsThatStandForTheNullSender() {
        Recipient shared = new Recipient(
                "bob@partner.example",
                DomainName.parse("partner.example"),
                Direction.OUTBOUND,
                List.of(DomainName.parse("strict.example"), DomainName.parse("customer.example")),
                Optional.empty(),
                Optional.empty());
        assertThat(way(TestMail.mail().from(""), shared).decision().desired().level())
                .isEqualTo(SecurityLevel.MANDATORY);
    }

    @Test
    void sendsAReportToOutsideUnderTheRulesOfTheReportedDomain() {
        TestMail report = TestMail.mail().from("").reporting("customer.example");
        Recipient partner = TestMail.outbound("alice@partner.example");
        Leg.Way way = way(report, partner);
        assertThat(way.decision().ruleIds()).containsExactly("to-partner");
        assertThat(way.route()).isInstanceOf(Route.MailExchangers.class);
    }

    @Test
    void sendsAReportToAManagedDomainByItsNextHopsWhateverWasFrozen() {
        TestMail report = TestMail.mail().from("").reporting("customer.example");
        Leg.Way way = way(report, TestMail.outbound("alice@strict.example"));
        assertThat(way.decision().ruleIds()).containsExactly("nextHopTls:strict.example");
        assertThat(way.route()).isInstanceOf(Route.NextHops.class);
    }

    @Test
    void guessesNothingWithoutAPolicy() {
        state = new PolicyState.Unusable("no table yet");
        assertThat(leg(TestMail.mail(), TestMail.outbound("bob@partner.example")))
                .isEqualTo(new Leg.Undetermined("no table yet"));
    }

    @Test
    void defersMailOfADomainThatIsGone() {
        state = new PolicyState.Usable(PolicyTable.of(List.of(STRICT), REVISION), PolicySource.STREAM);
        assertDeferred(leg(TestMail.mail(), TestMail.outbound("bob@partner.example")));
        assertDeferred(leg(TestMail.mail(), TestMail.inbound("bob@customer.example")));
        assertDeferred(leg(
                TestMail.mail().from("").reporting("customer.example"), TestMail.outbound("alice@partner.example")));
    }

    @Test
    void goesToTheNextHopsOfADomainThatBecameManagedMeanwhile() {
        Leg.Way way = way(TestMail.mail(), TestMail.outbound("bob@strict.example"));
        assertThat(way.route()).isInstanceOf(Route.NextHops.class);
        assertThat(way.decision().ruleIds()).containsExactly("nextHopTls:strict.example", "to-strict");
    }

    private static void assertDeferred(Leg leg) {
        assertThat(leg)
                .isInstanceOfSatisfying(
                        Leg.Closed.class,
                        closed -> assertThat(closed.outcome())
                                .isInstanceOfSatisfying(RecipientOutcome.Deferred.class, deferred -> {
                                    assertThat(deferred.enhancedStatus()).isEqualTo("4.3.5");
                                    assertThat(deferred.detail()).contains("customer.example is not managed any more");
                                }));
    }

    private Leg.Way way(TestMail mail, Recipient to) {
        return (Leg.Way) leg(mail, to);
    }

    private Leg leg(TestMail mail, Recipient to) {
        return new Planner(() -> state, new Routing(new StaticRoutes(List.of())), Holds.NONE)
                .leg(mail.to(to).envelope(), to);
    }

    private static CompiledDomain domain(String name, SecurityLevel nextHopLevel, Optional<TlsVersion> minimum) {
        return new CompiledDomain(
                DomainName.parse(name),
                REVISION,
                false,
                List.of(new NextHop("mail." + name, 25, 10)),
                new TlsSetting(nextHopLevel, minimum),
                new OutboundProtection(true, List.of(), TlsSetting.OPPORTUNISTIC, false),
                Optional.empty(),
                Optional.empty(),
                List.of(
                        rule("to-partner", "partner.example", SecurityLevel.MANDATORY),
                        rule("to-strict", "strict.example", SecurityLevel.MANDATORY)),
                List.of());
    }

    private static PeerRule rule(String id, String peer, SecurityLevel level) {
        return new PeerRule(
                id,
                Direction.OUTBOUND,
                Peer.parse(peer),
                level,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false);
    }
}
