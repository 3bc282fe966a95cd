package io.sekisho.egress.dsn;

import io.sekisho.mail.envelope.Envelope;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A report that is to be written.
 *
 * @param id of the message that carries it
 * @param original the envelope of the message that it is about
 * @param recipients 1 to {@link #MOST_RECIPIENTS}
 */
public record Report(
        UUID id,
        Action action,
        Envelope original,
        List<ReportedRecipient> recipients,
        ReturnedContent returned,
        Instant at) {

    /** More go into a report of their own, so that none grows beyond what a queue record holds. */
    public static final int MOST_RECIPIENTS = 100;

    public Report {
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty() || recipients.size() > MOST_RECIPIENTS) {
            throw new IllegalArgumentException("a report is about 1 to " + MOST_RECIPIENTS + " recipients");
        }
    }
}
