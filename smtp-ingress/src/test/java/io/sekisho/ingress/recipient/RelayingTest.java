package io.sekisho.ingress.recipient;

import static io.sekisho.ingress.recipient.Decisions.PARTNER;
import static io.sekisho.ingress.recipient.Decisions.SOURCE_OF_A;
import static io.sekisho.ingress.recipient.Decisions.SOURCE_OF_A_AND_C;
import static io.sekisho.ingress.recipient.Decisions.SOURCE_OF_OPEN;
import static io.sekisho.ingress.recipient.Decisions.accepted;
import static io.sekisho.ingress.recipient.Decisions.decide;
import static io.sekisho.ingress.recipient.Decisions.refused;
import static io.sekisho.ingress.recipient.Decisions.tls;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.tls.TlsFacts;
import org.junit.jupiter.api.Test;

/** Who may send to domains that are not managed here, and from one managed domain to another. */
class RelayingTest {

    @Test
    void relaysForARelaySource() {
        RecipientDecision.Accepted accepted =
                accepted(decide(SOURCE_OF_A, tls("TLSv1.2"), "<x@a.test>", "<u@elsewhere.test>"));

        assertThat(accepted.recipient().direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(accepted.recipient().authorisedFor()).containsExactly(DomainName.parse("a.test"));
        assertThat(accepted.policy().ruleIds()).containsExactly("relayTls:a.test");
        assertThat(accepted.sender()).isEqualTo(RecipientDecision.Sender.AUTHORISED);
    }

    @Test
    void knowsARelaySourceAlsoInMailOfADomainToItself() {
        assertThat(accepted(decide(SOURCE_OF_A, tls("TLSv1.3"), "<x@a.test>", "<u@a.test>"))
                        .sender())
                .isEqualTo(RecipientDecision.Sender.AUTHORISED);
        assertThat(accepted(decide(PARTNER, tls("TLSv1.3"), "<x@elsewhere.test>", "<u@a.test>"))
                        .sender())
                .isEqualTo(RecipientDecision.Sender.STRANGER);
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
}
