package io.sekisho.egress.delivery;

/** Who answers the sender's wish to hear of success ({@code NOTIFY=SUCCESS}) once a host has taken the message. */
public enum ReportDuty {
    /** The host offers DSN and was told the wish (RFC 3461 §5.2.1): it reports, this gateway must not. */
    PASSED_ON,
    /** The host does not offer DSN (RFC 3461 §5.2.2): the wish ends here. */
    OURS
}
