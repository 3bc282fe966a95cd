package io.sekisho.ingress.recipient;

import static io.sekisho.ingress.recipient.Decisions.PARTNER;
import static io.sekisho.ingress.recipient.Decisions.SOURCE_OF_A;
import static io.sekisho.ingress.recipient.Decisions.accepted;
import static io.sekisho.ingress.recipient.Decisions.policy;
import static io.sekisho.ingress.recipient.Decisions.refused;
import static io.sekisho.ingress.recipient.Decisions.request;
import static io.sekisho.ingress.recipient.Decisions.tls;
import static io.sekisho.ingress.recipient.Decisions.usable;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.event.PolicySource;
import io.sekisho.mail.event.Verdict;
import io.sekisho.mail.tls.TlsFacts;
import io.sekisho.policyclient.PolicyState;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is decided when the policy is old or not known. */
class UnsurePolicyTest {

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
}
