package io.sekisho.egress.dsn;

/** What a report tells (RFC 3464 §2.3.3), of what this gateway reports. */
public enum Action {
    FAILED("failed"),
    DELAYED("delayed");

    private final String value;

    Action(String value) {
        this.value = value;
    }

    String value() {
        return value;
    }
}
