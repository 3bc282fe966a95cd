package io.sekisho.policyclient.match;

import static io.sekisho.mail.policy.Direction.INBOUND;
import static io.sekisho.mail.policy.OutboundProtection.DISABLED;
import static io.sekisho.policyclient.match.PolicyFixtures.domain;
import static io.sekisho.policyclient.match.PolicyFixtures.rule;
import static io.sekisho.policyclient.match.PolicyFixtures.withMinimum;
import static io.sekisho.policyclient.match.PolicyFixtures.withOnViolation;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.ReplyFacts;
import io.sekisho.mail.policy.OnViolation;
import io.sekisho.mail.policy.PeerRule;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsVersion;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {

    @ParameterizedTest
    @CsvSource({
        "OPPORTUNISTIC, TLSv1.3, NONE, ok, MET",
        "OPPORTUNISTIC, TLSv1.3, TLSv1.2, ok, MET",
        "MANDATORY, TLSv1.2, NONE, ok, TLS_NOT_AVAILABLE",
        "MANDATORY, TLSv1.2, TLSv1.2, bad, MET",
        "MANDATORY, TLSv1.3, TLSv1.2, ok, TLS_VERSION_TOO_LOW",
        "MANDATORY, TLSv1, TLSv1.1, ok, MET",
        "VERIFIED, TLSv1.2, TLSv1.3, ok, MET",
        "VERIFIED, TLSv1.2, TLSv1.3, bad, CERTIFICATE_INVALID",
        "VERIFIED, TLSv1.3, TLSv1.2, bad, TLS_VERSION_TOO_LOW",
        "DANE, TLSv1.2, TLSv1.3, ok, DANE_FAILED",
    })
    void judgesEachLevel(SecurityLevel level, String minimum, String session, String certificate, String verdict) {
        Decision decision =
                decide(withMinimum(rule("r1", INBOUND, "partner.example", level), TlsVersion.parse(minimum)));
        CertificateCheck check =
                names -> certificate.equals("ok") ? Optional.empty() : Optional.of("the certificate has expired");
        Judgement judgement = Judge.judge(decision, new SessionTls(TlsVersion.ofProtocol(session), check));
        assertThat(judgement instanceof Judgement.Unmet unmet ? unmet.reason().name() : "MET")
                .isEqualTo(verdict);
    }

    @Test
    void refusesWithTheRuleAndBothVersionsInTheText() {
        Decision decision = decide(
                withMinimum(rule("r-13", INBOUND, "partner.example", SecurityLevel.MANDATORY), TlsVersion.TLSV1_3),
                rule("r-any", INBOUND, "192.0.2.0/24", SecurityLevel.MANDATORY));
        Judgement.Unmet unmet =
                unmet(decision, new SessionTls(Optional.of(TlsVersion.TLSV1_2), names -> Optional.empty()));
        assertThat(unmet.reason()).isEqualTo(BlockReason.TLS_VERSION_TOO_LOW);
        ReplyFacts reply = InboundRefusal.reply(unmet);
        assertThat(reply.code()).isEqualTo(550);
        assertThat(reply.enhancedStatus()).contains("5.7.10");
        assertThat(reply.text())
                .startsWith("TLS required")
                .contains("TLSv1.3", "TLSv1.2", "r-13")
                .doesNotContain("r-any");
    }

    @Test
    void defersOnlyWhereEveryViolatedRuleSaysSo() {
        PeerRule defer =
                withOnViolation(rule("soft", INBOUND, "partner.example", SecurityLevel.MANDATORY), OnViolation.DEFER);
        PeerRule reject = rule("hard", INBOUND, "192.0.2.0/24", SecurityLevel.MANDATORY);
        assertThat(InboundRefusal.reply(unmet(decide(defer), SessionTls.PLAIN)))
                .extracting(ReplyFacts::code, ReplyFacts::enhancedStatus)
                .containsExactly(450, Optional.of("4.7.10"));
        assertThat(InboundRefusal.reply(unmet(decide(defer, reject), SessionTls.PLAIN))
                        .code())
                .isEqualTo(550);
    }

    private static Judgement.Unmet unmet(Decision decision, SessionTls session) {
        return (Judgement.Unmet) Judge.judge(decision, session);
    }

    private static Decision decide(PeerRule... rules) {
        return new ManagedDomain(domain("customer.example", 1, DISABLED, rules))
                .inbound(IpAddress.parse("192.0.2.1"), Optional.of(DomainName.parse("partner.example")));
    }
}
