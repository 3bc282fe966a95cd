package io.sekisho.ingress.recipient;

import static io.sekisho.ingress.recipient.Decisions.PARTNER;
import static io.sekisho.ingress.recipient.Decisions.REVISION;
import static io.sekisho.ingress.recipient.Decisions.accepted;
import static io.sekisho.ingress.recipient.Decisions.domain;
import static io.sekisho.ingress.recipient.Decisions.policy;
import static io.sekisho.ingress.recipient.Decisions.refused;
import static io.sekisho.ingress.recipient.Decisions.request;
import static io.sekisho.ingress.recipient.Decisions.usable;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.event.PolicySource;
import io.sekisho.mail.tls.TlsFacts;
import io.sekisho.policyclient.PolicyState;
import io.sekisho.policyclient.match.PolicyTable;
import io.sekisho.smtp.path.Mailbox;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code <postmaster>} without a domain (RFC 5321 §4.5.1). */
class PostmasterTest {

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
}
