package io.sekisho.mail.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.envelope.Recipient;
import io.sekisho.mail.envelope.Upstream;
import io.sekisho.mail.policy.Direction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What every event says of its message and recipient, so that each is sufficient alone.
 *
 * @param managedDomains under which it is tracked; empty where a client was refused that no domain knows
 * @param sender reverse-path, empty for {@code <>}
 * @param recipient forward-path
 * @param size in octets; 0 where refused before the content
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record MessageFacts(
        UUID id,
        Instant receivedAt,
        Direction direction,
        List<DomainName> managedDomains,
        String sender,
        String recipient,
        Optional<String> subject,
        Optional<String> messageId,
        long size,
        Upstream upstream) {

    public MessageFacts {
        managedDomains = List.copyOf(managedDomains);
        subject = subject == null ? Optional.empty() : subject;
        messageId = messageId == null ? Optional.empty() : messageId;
    }

    /** The facts of a queued message for one of its recipients. */
    public static MessageFacts of(Envelope envelope, Recipient recipient) {
        // A delivery report is tracked under the domains of the message it reports.
        List<DomainName> domains = envelope.reportedDomains().isEmpty()
                ? List.copyOf(recipient.managedDomains())
                : envelope.reportedDomains();
        return new MessageFacts(
                envelope.id(),
                envelope.receivedAt(),
                recipient.direction(),
                domains,
                envelope.reversePath(),
                recipient.forwardPath(),
                envelope.subject(),
                envelope.messageId(),
                envelope.size(),
                envelope.upstream());
    }
}
