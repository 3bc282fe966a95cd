package io.sekisho.egress.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.egress.TestMail;
import io.sekisho.egress.delivery.DeferralCause;
import io.sekisho.egress.delivery.DeliveryReport;
import io.sekisho.egress.delivery.HostAttempt;
import io.sekisho.egress.delivery.HostAttempt.Result;
import io.sekisho.egress.delivery.JudgedHop;
import io.sekisho.egress.delivery.RecipientOutcome;
import io.sekisho.egress.delivery.TlsStep;
import io.sekisho.mail.envelope.Recipient;
import io.sekisho.mail.event.AppliedPolicy;
import io.sekisho.mail.event.AttemptFailure;
import io.sekisho.mail.event.Authentication;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.Hop;
import io.sekisho.mail.event.PolicySource;
import io.sekisho.mail.event.ReplyFacts;
import io.sekisho.mail.event.Verdict;
import io.sekisho.mail.policy.PolicyRevision;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.mail.tls.TlsFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A row of the table in ADR 33 each. */
class SignalTest {

    private static final Instant NOW = Instant.parse("2026-11-24T07:00:00Z");
    private static final Recipient TO = TestMail.outbound("bob@partner.example");
    private static final JudgedHop EARLY = new JudgedHop(
            new Hop("mx", Optional.of("192.0.2.1"), 25, TlsFacts.NONE, Authentication.NONE, Optional.empty()),
            Optional.empty());

    @Test
    void tookAMessage() {
        assertThat(signal(host(Result.UNREACHABLE, EARLY, 0), host(Result.TOOK_MESSAGE, EARLY, 250)))
                .isEqualTo(new Signal.Took());
    }

    @Test
    void refusedARecipientOrTheMessageForNow() {
        assertThat(signal(host(Result.REFUSED, judged(), 450))).isEqualTo(new Signal.Answered());
        assertThat(signal(host(Result.REFUSED, judged(), 451), host(Result.UNREACHABLE, EARLY, 0)))
                .isEqualTo(new Signal.Answered());
    }

    @Test
    void refusedForGood() {
        assertThat(signal(host(Result.REFUSED, judged(), 550))).isEqualTo(new Signal.Answered());
        assertThat(signal(early(554))).isEqualTo(new Signal.Answered());
    }

    @Test
    void lacksTlsOrAnExtension() {
        RecipientOutcome noTls = new RecipientOutcome.TlsUnavailable(
                BlockReason.TLS_NOT_AVAILABLE, "4.7.4", TlsStep.OFFER, "no STARTTLS", EARLY);
        assertThat(Signal.of(report(noTls, host(Result.TLS_UNAVAILABLE, judged(), 0)), NOW))
                .isEqualTo(new Signal.Answered());
        assertThat(signal(host(Result.INCAPABLE, judged(), 0))).isEqualTo(new Signal.Answered());
    }

    @Test
    void sentEverybodyAway() {
        assertThat(signal(host(Result.REFUSED, judged(), 421))).isInstanceOf(Signal.InTrouble.class);
        assertThat(signal(early(450))).isInstanceOf(Signal.InTrouble.class);
    }

    @Test
    void couldNotBeReachedOrBrokeOff() {
        assertThat(signal(host(Result.UNREACHABLE, EARLY, 0))).isInstanceOf(Signal.InTrouble.class);
        for (DeferralCause cause : List.of(
                new DeferralCause.ProtocolViolated(),
                new DeferralCause.ReplyLost(),
                new DeferralCause.TimeExceeded())) {
            assertThat(Signal.of(report(deferred(cause), host(Result.UNREACHABLE, judged(), 0)), NOW))
                    .isEqualTo(new Signal.InTrouble(new Trouble(NOW, Optional.empty(), "trouble")));
        }
    }

    @Test
    void isNotFoundInDns() {
        assertThat(Signal.of(report(deferred(new DeferralCause.DnsFailed())), NOW))
                .isInstanceOf(Signal.InTrouble.class);
    }

    @Test
    void endedForReasonsOfOurOwn() {
        for (DeferralCause cause : List.of(
                new DeferralCause.NoRoute(), new DeferralCause.ClaimLost(), new DeferralCause.ContentUnreadable())) {
            assertThat(Signal.of(report(deferred(cause), host(Result.ABANDONED, judged(), 0)), NOW))
                    .isEqualTo(new Signal.Silent());
        }
        assertThat(Signal.of(report(RecipientOutcome.Failed.withoutHost("5.1.2", "no such domain")), NOW))
                .isEqualTo(new Signal.Silent());
    }

    private static Signal signal(HostAttempt... hosts) {
        return Signal.of(report(deferred(new DeferralCause.HostUnreachable()), hosts), NOW);
    }

    private static DeliveryReport report(RecipientOutcome outcome, HostAttempt... hosts) {
        return new DeliveryReport(List.of(hosts), Map.of(TO, outcome));
    }

    private static RecipientOutcome deferred(DeferralCause cause) {
        return new RecipientOutcome.Deferred("4.4.2", Optional.empty(), Optional.empty(), "trouble", cause);
    }

    private static JudgedHop judged() {
        AppliedPolicy policy = new AppliedPolicy(
                List.of("default:outbound"),
                new PolicyRevision("a", 1),
                new AppliedPolicy.Desired(SecurityLevel.OPPORTUNISTIC, TlsVersion.TLSV1_2),
                TlsFacts.PLAIN,
                Verdict.MET,
                Optional.of(PolicySource.STREAM));
        return new JudgedHop(EARLY.hop(), Optional.of(policy));
    }

    private static HostAttempt early(int code) {
        HostAttempt host = host(Result.REFUSED, EARLY, code);
        return new HostAttempt(
                host.at(),
                host.hop(),
                host.result(),
                host.reply(),
                host.blockReason(),
                Optional.of(AttemptFailure.GREETING_REFUSED),
                host.detail());
    }

    private static HostAttempt host(Result result, JudgedHop hop, int code) {
        return new HostAttempt(
                NOW,
                hop,
                result,
                code == 0 ? Optional.empty() : Optional.of(new ReplyFacts(code, Optional.empty(), "text")),
                Optional.empty(),
                Optional.empty(),
                "detail");
    }
}
