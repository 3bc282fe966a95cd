package io.sekisho.egress.attempt;

import io.sekisho.mail.envelope.Envelope;
import java.util.Set;

/**
 * A report that is in the intake queue.
 *
 * @param recipients of the original, whom it is about
 */
record SentReport(Envelope envelope, Set<String> recipients) {

    SentReport {
        recipients = Set.copyOf(recipients);
    }
}
