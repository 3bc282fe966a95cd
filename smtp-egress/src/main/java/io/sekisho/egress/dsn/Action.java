package io.sekisho.egress.dsn;

/** What a report tells (RFC 3464 §2.3.3), of what this gateway reports. */
public enum Action {
    FAILED("failed"),
    DELAYED("delayed"),
    /** Passed on to a host that reports no success (RFC 3461 §5.2.2). */
    RELAYED("relayed");

    private final String value;

    Action(String value) {
        this.value = value;
    }

    String value() {
        return value;
    }
}
