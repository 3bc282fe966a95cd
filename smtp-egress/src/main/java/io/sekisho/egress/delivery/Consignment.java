package io.sekisho.egress.delivery;

import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.envelope.Recipient;
import io.sekisho.mail.event.PolicySource;
import io.sekisho.policyclient.match.Decision;
import java.util.List;

/**
 * One message for recipients that share a transaction: the same route, requirement and managed domain.
 *
 * @param recipients 1 to {@link #MAX_RECIPIENTS} of the envelope's
 * @param decision what a session must have, evaluated for this attempt
 * @param policySource which copy of the policy decided
 * @param attempt 1 for the first
 * @param standing whether the decision and the route are what they would be now
 */
public record Consignment(
        Envelope envelope,
        List<Recipient> recipients,
        Decision decision,
        PolicySource policySource,
        Route route,
        MessageContent content,
        int attempt,
        Claim claim,
        Standing standing) {

    /** What every server takes (RFC 5321 §4.5.3.1.8). */
    public static final int MAX_RECIPIENTS = 100;

    public Consignment {
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty() || recipients.size() > MAX_RECIPIENTS) {
            throw new IllegalArgumentException(
                    "a consignment has 1 to " + MAX_RECIPIENTS + " recipients, not " + recipients.size());
        }
        refuseControls(envelope.reversePath());
        recipients.forEach(recipient -> refuseControls(recipient.forwardPath()));
    }

    /** A path that could end a command never came through our ingress: it must not reach a host either. */
    private static void refuseControls(String path) {
        if (path.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new IllegalArgumentException("an address of the envelope has a control character");
        }
    }
}
