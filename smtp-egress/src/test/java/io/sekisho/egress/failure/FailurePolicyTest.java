package io.sekisho.egress.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sekisho.egress.delivery.DeferralCause;
import io.sekisho.egress.delivery.JudgedHop;
import io.sekisho.egress.delivery.RecipientOutcome;
import io.sekisho.egress.delivery.ReportDuty;
import io.sekisho.egress.delivery.TlsStep;
import io.sekisho.mail.envelope.MessageIds;
import io.sekisho.mail.event.Authentication;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.Hop;
import io.sekisho.mail.event.ReplyFacts;
import io.sekisho.mail.tls.TlsFacts;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FailurePolicyTest {

    private static final Instant RECEIVED = Instant.parse("2026-11-24T07:00:00Z");
    private static final UUID ID = MessageIds.at(RECEIVED);
    private static final JudgedHop HOP = new JudgedHop(
            new Hop("mx.partner.example", Optional.empty(), 25, TlsFacts.NONE, Authentication.NONE, Optional.empty()),
            Optional.empty());
    private static final ReplyFacts BUSY = new ReplyFacts(450, Optional.of("4.2.0"), "busy");

    private final FailurePolicy policy = new FailurePolicy(RetrySettings.STANDARD, Jitter.NONE);

    @ParameterizedTest
    @CsvSource({
        "0, PT5M",
        "1, PT15M",
        "2, PT30M",
        "3, PT1H",
        "4, PT2H",
        "5, PT4H",
        "6, PT4H",
        "20, PT4H",
    })
    void triesAgainAfter(int attemptsBefore, Duration delay) {
        Instant now = RECEIVED.plusSeconds(60);
        Disposition.Retry retry =
                (Disposition.Retry) policy.decide(replied(), at(now, attempts(attemptsBefore), Duration.ofHours(1)));
        assertThat(retry.due()).isEqualTo(now.plus(delay));
        assertThat(retry.history().attempts()).isEqualTo(attemptsBefore + 1);
        assertThat(retry.history().firstFailure()).contains(now);
        assertThat(retry.fault().reply()).contains(BUSY);
    }

    @Test
    void putsOffWhatASuspendedDestinationKeepsWaiting() {
        Instant until = RECEIVED.plusSeconds(900);
        assertThat(policy.whileSuspended(dead(), until, at(RECEIVED, attempts(1), Duration.ofHours(1))))
                .contains(new Disposition.Postpone(until, dead().detail()));
        Instant end = RECEIVED.plus(Duration.ofDays(5));
        assertThat(policy.whileSuspended(
                        dead(), end.plusSeconds(1), at(end.minusSeconds(1), History.NONE, Duration.ofHours(1))))
                .contains(new Disposition.Postpone(end, dead().detail()));
        assertThat(policy.whileSuspended(dead(), end.plusSeconds(900), at(end, History.NONE, Duration.ofHours(1))))
                .hasValueSatisfying(what -> assertThat(what).isInstanceOf(Disposition.Expire.class));
    }

    @Test
    void attemptsAtATlsDeadlineThoughTheDestinationIsSuspended() {
        History failedForTls = new History(1, Optional.of(RECEIVED), Optional.of(RECEIVED));
        Instant deadline = RECEIVED.plus(Duration.ofHours(1));
        Instant until = RECEIVED.plus(Duration.ofHours(2));
        assertThat(policy.whileSuspended(
                        dead(), until, at(deadline.minusSeconds(1), failedForTls, Duration.ofHours(1))))
                .contains(new Disposition.Postpone(deadline, dead().detail()));
        assertThat(policy.whileSuspended(dead(), until, at(deadline, failedForTls, Duration.ofHours(1))))
                .isEmpty();
    }

    private static RecipientOutcome.Deferred dead() {
        return RecipientOutcome.Deferred.withoutHost("4.4.1", "not tried", new DeferralCause.HostUnreachable());
    }

    static Stream<DeferralCause> causesThatMayHeal() {
        return Stream.of(
                new DeferralCause.Replied(),
                new DeferralCause.HostUnreachable(),
                new DeferralCause.ProtocolViolated(),
                new DeferralCause.ReplyLost(),
                new DeferralCause.DnsFailed(),
                new DeferralCause.NoRoute(),
                new DeferralCause.TimeExceeded());
    }

    @ParameterizedTest
    @MethodSource("causesThatMayHeal")
    void triesAgainWhatMayHeal(DeferralCause cause) {
        assertThat(policy.decide(deferred(cause), at(RECEIVED, History.NONE, Duration.ofHours(1))))
                .isInstanceOf(Disposition.Retry.class);
    }

    @Test
    void doesNotCountAnAttemptThatLackedOurOwnContent() {
        Disposition outcome = policy.decide(
                deferred(new DeferralCause.ContentUnreadable()), at(RECEIVED, History.NONE, Duration.ofHours(1)));
        assertThat(outcome).isEqualTo(new Disposition.Postpone(RECEIVED.plusSeconds(60), "detail"));
    }

    @Test
    void standsAsideWhereAnotherPodHasTheClaim() {
        assertThat(policy.decide(
                        deferred(new DeferralCause.ClaimLost()), at(RECEIVED, History.NONE, Duration.ofHours(1))))
                .isInstanceOf(Disposition.StandAside.class);
    }

    @Test
    void keepsTheFirstFailureOverLaterOnes() {
        History before = new History(3, Optional.of(RECEIVED), Optional.empty());
        Disposition.Retry retry = (Disposition.Retry)
                policy.decide(replied(), at(RECEIVED.plusSeconds(900), before, Duration.ofHours(1)));
        assertThat(retry.history().firstFailure()).contains(RECEIVED);
    }

    @Test
    void makesTheLastAttemptAtTheEndOfTheQueueLifetime() {
        Instant expiry = RECEIVED.plus(5, ChronoUnit.DAYS);
        Disposition.Retry retry = (Disposition.Retry)
                policy.decide(replied(), at(expiry.minusSeconds(600), attempts(30), Duration.ofHours(1)));
        assertThat(retry.due()).isEqualTo(expiry);
    }

    @Test
    void expiresAtTheEndOfTheQueueLifetime() {
        Instant expiry = RECEIVED.plus(5, ChronoUnit.DAYS);
        assertThat(policy.decide(replied(), at(expiry, attempts(30), Duration.ofHours(1))))
                .isInstanceOf(Disposition.Expire.class);
    }

    @Test
    void bouncesAtOnceWhatWillNeverWork() {
        ReplyFacts reply = new ReplyFacts(550, Optional.of("5.1.1"), "no such user");
        Disposition outcome = policy.decide(
                new RecipientOutcome.Failed("5.1.1", Optional.of(reply), Optional.of(HOP), "refused at RCPT"),
                at(RECEIVED, History.NONE, Duration.ofHours(1)));
        Disposition.Bounce bounce = (Disposition.Bounce) outcome;
        assertThat(bounce.blockReason()).isEmpty();
        assertThat(bounce.fault().enhancedStatus()).isEqualTo("5.1.1");
        assertThat(bounce.fault().reply()).contains(reply);
    }

    @Test
    void quarantinesLostContent() {
        assertThat(policy.decide(
                        new RecipientOutcome.ContentLost("part 2 differs"),
                        at(RECEIVED, History.NONE, Duration.ofHours(1))))
                .isEqualTo(new Disposition.Quarantine("part 2 differs"));
    }

    @Test
    void isDoneWhereTheHostTookIt() {
        ReplyFacts reply = new ReplyFacts(250, Optional.of("2.0.0"), "ok");
        assertThat(policy.decide(
                        new RecipientOutcome.Delivered(reply, HOP, ReportDuty.OURS),
                        at(RECEIVED, History.NONE, Duration.ofHours(1))))
                .isEqualTo(new Disposition.Delivered(reply, HOP, ReportDuty.OURS));
    }

    static Stream<Arguments> tlsFailures() {
        Instant first = RECEIVED.plusSeconds(10);
        return Stream.of(
                // attempts before, first TLS failure, give up after, now, expected due (null: bounced)
                Arguments.of(0, null, "PT0S", first, null),
                Arguments.of(0, null, "PT1H", first, first.plus(Duration.ofMinutes(5))),
                Arguments.of(2, first, "PT1H", first.plusSeconds(1200), first.plusSeconds(1200 + 1800)),
                // The regular time lies behind the deadline: the last attempt is made at the deadline.
                Arguments.of(3, first, "PT1H", first.plusSeconds(3000), first.plusSeconds(3600)),
                Arguments.of(4, first, "PT1H", first.plusSeconds(3600), null),
                // Shortened meanwhile by an administrator: evaluated anew.
                Arguments.of(3, first, "PT10M", first.plusSeconds(3000), null),
                // Longer than the queue lives: it ends with the lifetime, and TLS is still the reason.
                Arguments.of(40, first, "P30D", RECEIVED.plus(Duration.ofDays(5)), null));
    }

    @ParameterizedTest
    @MethodSource("tlsFailures")
    void givesUpTlsAtItsDeadline(int attempts, Instant firstTls, Duration giveUpAfter, Instant now, Instant due) {
        History before = new History(attempts, Optional.of(RECEIVED), Optional.ofNullable(firstTls));
        Disposition outcome = policy.decide(tls(), at(now, before, giveUpAfter));
        if (due == null) {
            Disposition.Bounce bounce = (Disposition.Bounce) outcome;
            assertThat(bounce.blockReason()).contains(BlockReason.TLS_NOT_AVAILABLE);
            assertThat(bounce.fault().enhancedStatus()).isEqualTo("5.7.10");
            assertThat(bounce.fault().tlsStep()).contains(TlsStep.OFFER);
        } else {
            Disposition.Retry retry = (Disposition.Retry) outcome;
            assertThat(retry.due()).isEqualTo(due);
            assertThat(retry.fault().enhancedStatus()).isEqualTo("4.7.4");
            assertThat(retry.history().firstTlsFailure()).contains(firstTls == null ? now : firstTls);
        }
    }

    @Test
    void doesNotResetTheTlsDeadlineForAnotherFailure() {
        History before = new History(1, Optional.of(RECEIVED), Optional.of(RECEIVED));
        Disposition.Retry retry = (Disposition.Retry)
                policy.decide(replied(), at(RECEIVED.plusSeconds(300), before, Duration.ofHours(1)));
        assertThat(retry.history().firstTlsFailure()).contains(RECEIVED);
    }

    @Test
    void triesAtTheTlsDeadlineThoughAnotherFailureCameBetween() {
        Instant firstTls = RECEIVED.plusSeconds(60);
        History before = new History(4, Optional.of(RECEIVED), Optional.of(firstTls));
        Disposition.Retry retry = (Disposition.Retry)
                policy.decide(replied(), at(firstTls.plusSeconds(3_000), before, Duration.ofHours(1)));
        assertThat(retry.due()).isEqualTo(firstTls.plus(Duration.ofHours(1)));
        // Past the deadline the regular times hold: there is nothing to decide until TLS fails again.
        Instant late = firstTls.plusSeconds(4_000);
        Disposition.Retry later = (Disposition.Retry) policy.decide(replied(), at(late, before, Duration.ofHours(1)));
        assertThat(later.due()).isEqualTo(late.plus(Duration.ofHours(2)));
    }

    @Test
    void retriesAsTheOperatorSaysAndRepeatsTheLastDelay() {
        RetrySettings own = new RetrySettings(
                Duration.ofDays(5), Duration.ofMinutes(1), List.of(Duration.ofSeconds(2), Duration.ofSeconds(7)));
        FailurePolicy impatient = new FailurePolicy(own, Jitter.NONE);
        List<Duration> delays = new ArrayList<>();
        History history = History.NONE;
        for (int i = 0; i < 3; i++) {
            Disposition.Retry retry =
                    (Disposition.Retry) impatient.decide(replied(), at(RECEIVED, history, Duration.ofHours(1)));
            delays.add(Duration.between(RECEIVED, retry.due()));
            history = retry.history();
        }
        assertThat(delays).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(7), Duration.ofSeconds(7));
    }

    @Test
    void spreadsRetriesByTenPerCentAndAlikeForAllRecipientsOfAMessage() {
        FailurePolicy spread = new FailurePolicy(RetrySettings.STANDARD, Jitter.TEN_PER_CENT);
        double lowest = 2;
        double highest = 0;
        for (int i = 0; i < 500; i++) {
            UUID id = MessageIds.derived("message", Integer.toString(i));
            Circumstances at = new Circumstances(id, RECEIVED, History.NONE, Duration.ofHours(1), RECEIVED);
            Disposition.Retry retry = (Disposition.Retry) spread.decide(replied(), at);
            assertThat(((Disposition.Retry) spread.decide(replied(), at)).due()).isEqualTo(retry.due());
            double factor = Duration.between(RECEIVED, retry.due()).toMillis() / 300_000.0;
            lowest = Math.min(lowest, factor);
            highest = Math.max(highest, factor);
        }
        assertThat(lowest).isCloseTo(0.9, within(0.01)).isGreaterThanOrEqualTo(0.9);
        assertThat(highest).isCloseTo(1.1, within(0.01)).isLessThanOrEqualTo(1.1);
    }

    private static History attempts(int attempts) {
        return new History(attempts, Optional.empty(), Optional.empty());
    }

    private static Circumstances at(Instant now, History history, Duration giveUpAfter) {
        return new Circumstances(ID, RECEIVED, history, giveUpAfter, now);
    }

    private static RecipientOutcome replied() {
        return new RecipientOutcome.Deferred(
                "4.2.0", Optional.of(BUSY), Optional.of(HOP), "the host is busy", new DeferralCause.Replied());
    }

    private static RecipientOutcome deferred(DeferralCause cause) {
        return new RecipientOutcome.Deferred("4.0.0", Optional.empty(), Optional.empty(), "detail", cause);
    }

    private static RecipientOutcome tls() {
        return new RecipientOutcome.TlsUnavailable(
                BlockReason.TLS_NOT_AVAILABLE, "4.7.4", TlsStep.OFFER, "mx.partner.example does not offer TLS", HOP);
    }
}
