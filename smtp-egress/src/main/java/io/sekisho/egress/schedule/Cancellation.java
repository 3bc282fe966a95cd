package io.sekisho.egress.schedule;

import io.sekisho.mail.envelope.Envelope;

/**
 * A row whose recipient an operator gave up.
 *
 * @param by the id of the API key
 */
public record Cancellation(Envelope envelope, ScheduleEntry entry, String by, SenderNotice notice) {

    /** Whether the sender is told. */
    public enum SenderNotice {
        NONE,
        REPORT
    }
}
