package io.sekisho.egress.schedule;

import io.sekisho.mail.envelope.Envelope;
import java.util.List;

/**
 * A message with those of its rows that were taken together.
 *
 * @param envelope whose chunks tell where the content is
 */
public record ScheduledMessage(Envelope envelope, List<ScheduleEntry> entries) {

    public ScheduledMessage {
        entries = List.copyOf(entries);
    }
}
