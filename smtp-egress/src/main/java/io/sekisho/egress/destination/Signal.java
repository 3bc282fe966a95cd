package io.sekisho.egress.destination;

import io.sekisho.egress.delivery.DeferralCause;
import io.sekisho.egress.delivery.DeliveryReport;
import io.sekisho.egress.delivery.HostAttempt;
import io.sekisho.egress.delivery.RecipientOutcome.Deferred;
import io.sekisho.mail.event.AttemptFailure;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What an attempt says about its destination as a whole, whatever it came to for its recipients. As in Postfix'
 * {@code smtp_trouble.c} only what ends a session counts against the destination, never what is said of one message or
 * one recipient.
 */
public sealed interface Signal {

    /** Before anything was said of a message. */
    Set<AttemptFailure> EARLY = Set.of(AttemptFailure.GREETING_REFUSED, AttemptFailure.EHLO_REFUSED);

    /** A host took a message: there may be room for more. */
    record Took() implements Signal {}

    /** A host spoke SMTP as far as this message: it lives, whatever it thinks of the message or we of its TLS. */
    record Answered() implements Signal {}

    /** No host could be spoken to, or each that could sent everybody away. */
    record InTrouble(Trouble trouble) implements Signal {}

    /** The attempt ended for reasons of our own. */
    record Silent() implements Signal {}

    /** Reads an attempt. */
    static Signal of(DeliveryReport report, Instant now) {
        if (report.hostsTried().stream().anyMatch(host -> host.result() == HostAttempt.Result.TOOK_MESSAGE)) {
            return new Took();
        }
        if (report.hostsTried().stream().anyMatch(Signal::answered)) {
            return new Answered();
        }
        return report.outcomes().values().stream()
                .filter(Deferred.class::isInstance)
                .map(Deferred.class::cast)
                .filter(deferred -> isTrouble(deferred.cause()))
                .findFirst()
                .<Signal>map(deferred -> new InTrouble(new Trouble(now, deferred.reply(), deferred.detail())))
                .orElseGet(Silent::new);
    }

    private static boolean answered(HostAttempt host) {
        return switch (host.result()) {
            case TOOK_MESSAGE, INCAPABLE -> true;
            // What one requirement does not find good enough may be good enough for others.
            case TLS_UNAVAILABLE -> true;
            case REFUSED -> !sentEverybodyAway(host);
            case UNREACHABLE, FELL_BACK_TO_PLAIN_TEXT, ABANDONED -> false;
        };
    }

    /** RFC 5321 §3.8: 421 closes the channel, at any place; and who answers greeting or EHLO with 4yz serves nobody now. */
    private static boolean sentEverybodyAway(HostAttempt host) {
        Optional<Integer> code = host.reply().map(reply -> reply.code());
        boolean early = host.failure().filter(EARLY::contains).isPresent();
        return code.filter(it -> it == 421 || (early && it / 100 == 4)).isPresent();
    }

    private static boolean isTrouble(DeferralCause cause) {
        return switch (cause) {
            case DeferralCause.Replied any -> true;
            case DeferralCause.HostUnreachable any -> true;
            case DeferralCause.ProtocolViolated any -> true;
            case DeferralCause.ReplyLost any -> true;
            case DeferralCause.DnsFailed any -> true;
            case DeferralCause.TimeExceeded any -> true;
            // Our own configuration, content and claim.
            case DeferralCause.NoRoute any -> false;
            case DeferralCause.ContentUnreadable any -> false;
            case DeferralCause.ClaimLost any -> false;
            case DeferralCause.PolicyChanged any -> false;
        };
    }
}
