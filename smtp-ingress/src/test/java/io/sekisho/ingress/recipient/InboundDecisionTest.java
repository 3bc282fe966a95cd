package io.sekisho.ingress.recipient;

import static io.sekisho.ingress.recipient.Decisions.PARTNER;
import static io.sekisho.ingress.recipient.Decisions.REVISION;
import static io.sekisho.ingress.recipient.Decisions.accepted;
import static io.sekisho.ingress.recipient.Decisions.decide;
import static io.sekisho.ingress.recipient.Decisions.refused;
import static io.sekisho.ingress.recipient.Decisions.tls;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.Verdict;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.tls.TlsFacts;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Mail to a managed domain: every row of "decided at RCPT" that a rule decides. */
class InboundDecisionTest {

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
}
