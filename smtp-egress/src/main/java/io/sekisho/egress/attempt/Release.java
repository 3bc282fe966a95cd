package io.sekisho.egress.attempt;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What became of an operator's wish to let mail out of the quarantine. */
public sealed interface Release {

    /**
     * It is out.
     *
     * @param message empty where not even that was known
     * @param reports to the sender, that are in the queue
     */
    record Done(Optional<UUID> message, List<String> recipients, int reports) implements Release {
        public Done {
            recipients = List.copyOf(recipients);
        }
    }

    /** It cannot be done with this one, and why. */
    record Refused(String why) implements Release {}

    /** There is no such entry (any more). */
    record Gone() implements Release {}
}
