package io.sekisho.ingress.recipient;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.envelope.Recipient;
import io.sekisho.mail.event.AppliedPolicy;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.policy.Direction;
import io.sekisho.smtp.reply.SmtpReply;
import java.util.List;
import java.util.Optional;

/** What was decided about a recipient. */
public sealed interface RecipientDecision {

    /** Who sends. */
    enum Sender {
        /** Anybody from outside. */
        STRANGER,
        /** A relay source of a managed domain, with a MAIL FROM that it may use. */
        AUTHORISED
    }

    /**
     * The message may come.
     *
     * @param recipient with the direction and the managed domains that stay frozen in the envelope
     * @param policy that was met
     */
    record Accepted(Recipient recipient, AppliedPolicy policy, Sender sender) implements RecipientDecision {

        /** The same recipient, refused for a reason that is no rule's. */
        public Refused butRefused(SmtpReply reply, Optional<BlockReason> reason) {
            return new Refused(
                    recipient.forwardPath(),
                    recipient.direction(),
                    List.copyOf(recipient.managedDomains()),
                    reply,
                    reason,
                    Optional.of(policy),
                    reply.text());
        }
    }

    /**
     * The recipient is refused.
     *
     * @param managedDomains under which the refusal is tracked
     * @param blockReason absent where nothing was decided
     * @param policy what was asked and what the session had, where a rule decided
     * @param detail one sentence for people
     */
    record Refused(
            String forwardPath,
            Direction direction,
            List<DomainName> managedDomains,
            SmtpReply reply,
            Optional<BlockReason> blockReason,
            Optional<AppliedPolicy> policy,
            String detail)
            implements RecipientDecision {

        public Refused {
            managedDomains = List.copyOf(managedDomains);
        }
    }
}
