package io.sekisho.egress.failure;

import io.sekisho.egress.delivery.DeferralCause;
import io.sekisho.egress.delivery.RecipientOutcome;
import io.sekisho.egress.delivery.RecipientOutcome.Deferred;
import io.sekisho.egress.delivery.RecipientOutcome.TlsUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Turns the outcome of an attempt into what becomes of the recipient. Nothing else in the service decides that mail is
 * tried again, bounced or given up.
 *
 * <p>Thread safety: immutable.
 */
public final class FailurePolicy {

    /** What a delivery report says where our own requirement was not met until its deadline. */
    static final String TLS_REQUIRED = "5.7.10";

    private final RetrySettings settings;
    private final Jitter jitter;

    public FailurePolicy(RetrySettings settings, Jitter jitter) {
        this.settings = settings;
        this.jitter = jitter;
    }

    /** What becomes of the recipient. */
    public Disposition decide(RecipientOutcome outcome, Circumstances circumstances) {
        return switch (outcome) {
            case RecipientOutcome.Delivered it -> new Disposition.Delivered(it.reply(), it.hop(), it.duty());
            case RecipientOutcome.Failed it ->
                new Disposition.Bounce(
                        Fault.of(it.enhancedStatus(), it.reply(), it.hop(), it.detail(), it.failure()),
                        Optional.empty());
            case RecipientOutcome.ContentLost it -> new Disposition.Quarantine(it.detail());
            case Deferred it -> deferred(it, circumstances);
            case TlsUnavailable it -> tlsUnavailable(it, circumstances);
        };
    }

    /** Something of our own is missing (policy, content, a slot): the attempt was not made. */
    public Disposition.Postpone postpone(Instant now, String detail) {
        return new Disposition.Postpone(now.plus(settings.localRetry()), detail);
    }

    /**
     * Its destination is left alone for a while: what becomes of a recipient whose attempt is not made.
     *
     * @param outcome why
     * @param until when it is looked at again
     * @return empty where the attempt must be made all the same: a TLS deadline has come
     */
    public Optional<Disposition> whileSuspended(Deferred outcome, Instant until, Circumstances at) {
        Optional<Instant> deadline =
                at.history().firstTlsFailure().map(first -> earlier(first.plus(at.tlsGiveUpAfter()), expiry(at)));
        if (deadline.filter(it -> !at.now().isBefore(it)).isPresent()) {
            return Optional.empty();
        }
        if (!at.now().isBefore(expiry(at))) {
            return Optional.of(new Disposition.Expire(Fault.of(
                    outcome.enhancedStatus(), outcome.reply(), outcome.hop(), outcome.detail(), outcome.failure())));
        }
        Instant due = earlier(until, deadline.orElse(expiry(at)));
        return Optional.of(new Disposition.Postpone(due, outcome.detail()));
    }

    private Disposition deferred(Deferred outcome, Circumstances at) {
        return switch (outcome.cause()) {
            case DeferralCause.ClaimLost lost -> new Disposition.StandAside(outcome.detail());
            case DeferralCause.ContentUnreadable unreadable -> postpone(at.now(), outcome.detail());
            case DeferralCause.PolicyChanged changed -> postpone(at.now(), outcome.detail());
            case DeferralCause.Replied any -> retryOrExpire(outcome, at);
            case DeferralCause.HostUnreachable any -> retryOrExpire(outcome, at);
            case DeferralCause.ProtocolViolated any -> retryOrExpire(outcome, at);
            case DeferralCause.ReplyLost any -> retryOrExpire(outcome, at);
            case DeferralCause.DnsFailed any -> retryOrExpire(outcome, at);
            case DeferralCause.NoRoute any -> retryOrExpire(outcome, at);
            case DeferralCause.TimeExceeded any -> retryOrExpire(outcome, at);
        };
    }

    private Disposition retryOrExpire(Deferred outcome, Circumstances at) {
        Fault fault =
                Fault.of(outcome.enhancedStatus(), outcome.reply(), outcome.hop(), outcome.detail(), outcome.failure());
        if (!at.now().isBefore(expiry(at))) {
            return new Disposition.Expire(fault);
        }
        History history = at.history().failed(at.now());
        return new Disposition.Retry(
                earlier(earlier(regular(history, at), expiry(at)), tlsDeadlineAhead(at)), history, fault);
    }

    /** Where TLS failed before, an attempt at its deadline is due whatever happens in between; the lifetime's end elsewhere. */
    private Instant tlsDeadlineAhead(Circumstances at) {
        return at.history()
                .firstTlsFailure()
                .map(first -> first.plus(at.tlsGiveUpAfter()))
                .filter(deadline -> deadline.isAfter(at.now()))
                .orElse(expiry(at));
    }

    private Disposition tlsUnavailable(TlsUnavailable outcome, Circumstances at) {
        History history = at.history().failedForTls(at.now());
        Instant deadline = earlier(
                history.firstTlsFailure().orElseThrow().plus(at.tlsGiveUpAfter()),
                // Where the lifetime ends first, TLS is still what stood in the way.
                expiry(at));
        boolean last = !at.now().isBefore(deadline);
        Fault fault = new Fault(
                last ? TLS_REQUIRED : outcome.enhancedStatus(),
                Optional.empty(),
                Optional.of(outcome.hop()),
                outcome.detail(),
                Optional.of(outcome.step()),
                Optional.of(outcome.failure()));
        if (last) {
            return new Disposition.Bounce(fault, Optional.of(outcome.reason()));
        }
        // The last attempt is made at the deadline, not at the regular time after it.
        return new Disposition.Retry(earlier(regular(history, at), deadline), history, fault);
    }

    private Instant regular(History history, Circumstances at) {
        Duration delay = settings.delayAfter(history.attempts());
        double factor = jitter.factor(at.message(), history.attempts());
        return at.now().plusMillis(Math.round(delay.toMillis() * factor));
    }

    private Instant expiry(Circumstances at) {
        return at.receivedAt().plus(settings.queueLifetime());
    }

    private static Instant earlier(Instant one, Instant two) {
        return one.isBefore(two) ? one : two;
    }
}
