package io.sekisho.egress.delivery;

import io.sekisho.mail.envelope.Recipient;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one attempt came to.
 *
 * @param hostsTried the connections, in order; none where it did not come so far
 * @param outcomes one for each recipient of the consignment, in its order
 */
public record DeliveryReport(List<HostAttempt> hostsTried, Map<Recipient, RecipientOutcome> outcomes) {

    public DeliveryReport {
        hostsTried = List.copyOf(hostsTried);
        outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
    }

    /** The outcome of a recipient of the consignment. */
    public RecipientOutcome of(Recipient recipient) {
        RecipientOutcome outcome = outcomes.get(recipient);
        if (outcome == null) {
            throw new IllegalArgumentException("the consignment had no recipient " + recipient.forwardPath());
        }
        return outcome;
    }
}
