package io.sekisho.egress.delivery;

import io.sekisho.mail.event.AttemptFailure;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.ReplyFacts;
import java.util.Optional;

/**
 * What an attempt came to for one recipient.
 *
 * <p>A host's final word about a recipient (2yz to the content, 5yz to MAIL, RCPT, DATA or the content) ends the attempt
 * for it. All else leads to the next host, and when none is left:
 * <ol>
 *   <li>any failure that may heal and is not about TLS (4yz, unreachable, DNS …), at any of the hosts: {@link Deferred};
 *   <li>otherwise, where any host failed for TLS: {@link TlsUnavailable}, also if the other hosts can never take the
 *       message, since TLS is then all that stands in its way;
 *   <li>otherwise every host can never take it (5yz to the greeting or EHLO, too small, an extension lacking):
 *       {@link Failed}.
 * </ol>
 * A host with several addresses failed as those addresses say that answered; the others count only where none did.
 * Where several hosts failed in the way that is reported, it is told of the most preferred one, a reply before
 * silence; {@link DeliveryReport#hostsTried} has them all.
 */
public sealed interface RecipientOutcome {

    /**
     * The host took responsibility.
     *
     * @param reply to the content
     * @param duty whether the host reports success, where the sender wants to hear of it
     */
    record Delivered(ReplyFacts reply, JudgedHop hop, ReportDuty duty) implements RecipientOutcome {}

    /**
     * It may work later.
     *
     * @param enhancedStatus {@code 4.x.y}: the host's where it gave one
     * @param reply the host's 4yz
     * @param hop absent where no host was tried
     * @param detail one sentence for people
     */
    record Deferred(
            String enhancedStatus,
            Optional<ReplyFacts> reply,
            Optional<JudgedHop> hop,
            String detail,
            DeferralCause cause,
            AttemptFailure failure)
            implements RecipientOutcome {

        /** One whose cause says all that is known of the failure. */
        public Deferred(
                String enhancedStatus,
                Optional<ReplyFacts> reply,
                Optional<JudgedHop> hop,
                String detail,
                DeferralCause cause) {
            this(enhancedStatus, reply, hop, detail, cause, Failures.of(cause));
        }

        /** What stopped the attempt before any host was tried. */
        public static Deferred withoutHost(String enhancedStatus, String detail, DeferralCause cause) {
            return new Deferred(enhancedStatus, Optional.empty(), Optional.empty(), detail, cause);
        }
    }

    /**
     * It will never work.
     *
     * @param enhancedStatus {@code 5.x.y}: the host's where it gave one; 5.1.2 no such domain, 5.1.10 null MX, 5.3.4 too
     *     large, 5.4.4 no host to connect to, 5.4.6 routing loop, 5.6.3 no 8BITMIME, 5.6.7 no SMTPUTF8
     * @param reply the host's 5yz; of a null MX the 556 of RFC 7505 §4.2, with no hop
     * @param hop absent where no host was tried
     * @param detail one sentence for people
     */
    record Failed(
            String enhancedStatus,
            Optional<ReplyFacts> reply,
            Optional<JudgedHop> hop,
            String detail,
            AttemptFailure failure)
            implements RecipientOutcome {

        /** One whose status, of our own making, says all that is known of the failure. */
        public Failed(String enhancedStatus, Optional<ReplyFacts> reply, Optional<JudgedHop> hop, String detail) {
            this(
                    enhancedStatus,
                    reply,
                    hop,
                    detail,
                    Failures.ofStatus(enhancedStatus).orElse(AttemptFailure.RECIPIENT_REFUSED));
        }

        /** What made the attempt pointless before any host was tried. */
        public static Failed withoutHost(String enhancedStatus, String detail) {
            return new Failed(enhancedStatus, Optional.empty(), Optional.empty(), detail);
        }
    }

    /**
     * No host had the TLS that the requirement asks for (semantics: it counts towards {@code tlsGiveUpAfter}).
     *
     * @param reason TLS_NOT_AVAILABLE, TLS_VERSION_TOO_LOW or CERTIFICATE_INVALID
     * @param enhancedStatus 4.7.4 where STARTTLS was not offered or was refused, else 4.7.5
     * @param detail one sentence for people: the host and what failed there, and at the other hosts if there were any
     */
    record TlsUnavailable(
            BlockReason reason,
            String enhancedStatus,
            TlsStep step,
            String detail,
            JudgedHop hop,
            AttemptFailure failure)
            implements RecipientOutcome {

        /** One whose step says all that is known of the failure. */
        public TlsUnavailable(BlockReason reason, String enhancedStatus, TlsStep step, String detail, JudgedHop hop) {
            this(reason, enhancedStatus, step, detail, hop, Failures.of(step));
        }
    }

    /**
     * The content is missing or differs from what was received ({@link ContentUnavailable}), or breaks the rule that CR
     * and LF stand together only: nobody shall have it.
     */
    record ContentLost(String detail) implements RecipientOutcome {}
}
