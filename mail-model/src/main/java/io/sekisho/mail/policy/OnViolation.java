package io.sekisho.mail.policy;

/** What a sender is told whose session does not meet an inbound requirement. */
public enum OnViolation {
    /** {@code 450 4.7.10}: the client may try again, perhaps with TLS. */
    DEFER,
    /** {@code 550 5.7.10}. */
    REJECT
}
