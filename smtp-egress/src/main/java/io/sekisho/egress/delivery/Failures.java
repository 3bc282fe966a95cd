package io.sekisho.egress.delivery;

import io.sekisho.mail.event.AttemptFailure;
import java.util.Optional;

/** What usually lies behind an outcome, where nothing closer is known. */
final class Failures {

    private Failures() {}

    static AttemptFailure of(DeferralCause cause) {
        return switch (cause) {
            case DeferralCause.Replied any -> AttemptFailure.RECIPIENT_REFUSED;
            case DeferralCause.HostUnreachable any -> AttemptFailure.CONNECT_FAILED;
            case DeferralCause.ProtocolViolated any -> AttemptFailure.REPLY_MALFORMED;
            case DeferralCause.ReplyLost any -> AttemptFailure.REPLY_LOST;
            case DeferralCause.DnsFailed any -> AttemptFailure.DNS_LOOKUP_FAILED;
            case DeferralCause.NoRoute any -> AttemptFailure.NO_ROUTE;
            case DeferralCause.ContentUnreadable any -> AttemptFailure.CONTENT_UNREADABLE;
            case DeferralCause.ClaimLost any -> AttemptFailure.CLAIM_LOST;
            case DeferralCause.PolicyChanged any -> AttemptFailure.POLICY_CHANGED;
            case DeferralCause.TimeExceeded any -> AttemptFailure.ATTEMPT_TOO_LONG;
        };
    }

    static AttemptFailure of(TlsStep step) {
        return switch (step) {
            case OFFER -> AttemptFailure.STARTTLS_NOT_OFFERED;
            case STARTTLS -> AttemptFailure.STARTTLS_REFUSED;
            case HANDSHAKE -> AttemptFailure.HANDSHAKE_FAILED;
            case VERSION -> AttemptFailure.TLS_VERSION_TOO_LOW;
            case CERTIFICATE -> AttemptFailure.CERTIFICATE_INVALID;
        };
    }

    /** By the status that this gateway itself gave, see {@link RecipientOutcome.Failed}. */
    static Optional<AttemptFailure> ofStatus(String enhancedStatus) {
        return switch (enhancedStatus) {
            case "5.1.2" -> Optional.of(AttemptFailure.DOMAIN_NOT_FOUND);
            case "5.1.10" -> Optional.of(AttemptFailure.NULL_MX);
            case "5.3.4" -> Optional.of(AttemptFailure.MESSAGE_TOO_LARGE);
            case "5.4.4" -> Optional.of(AttemptFailure.HOST_WITHOUT_ADDRESS);
            case "5.4.6" -> Optional.of(AttemptFailure.ROUTING_LOOP);
            case "5.6.3" -> Optional.of(AttemptFailure.BODY_TYPE_NOT_SUPPORTED);
            case "5.6.7" -> Optional.of(AttemptFailure.SMTPUTF8_NOT_SUPPORTED);
            default -> Optional.empty();
        };
    }
}
