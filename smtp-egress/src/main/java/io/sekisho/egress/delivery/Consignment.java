package io.sekisho.egress.delivery;

import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.envelope.Recipient;
import io.sekisho.mail.policy.Requirement;
import java.util.List;

/**
 * One message for recipients that share a transaction: the same route, requirement and managed domain.
 *
 * @param recipients 1 to {@link #MAX_RECIPIENTS} of the envelope's
 * @param requirement what a session must have, evaluated for this attempt
 * @param attempt 1 for the first
 */
public record Consignment(
        Envelope envelope,
        List<Recipient> recipients,
        Requirement requirement,
        Route route,
        MessageContent content,
        int attempt,
        Claim claim) {

    /** What every server takes (RFC 5321 §4.5.3.1.8). */
    public static final int MAX_RECIPIENTS = 100;

    public Consignment {
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty() || recipients.size() > MAX_RECIPIENTS) {
            throw new IllegalArgumentException(
                    "a consignment has 1 to " + MAX_RECIPIENTS + " recipients, not " + recipients.size());
        }
    }
}
