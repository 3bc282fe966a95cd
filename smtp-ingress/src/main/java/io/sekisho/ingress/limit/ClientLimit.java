package io.sekisho.ingress.limit;

/** What is counted of a client. */
public enum ClientLimit {
    CONNECTIONS_AT_ONCE(0),
    CONNECTIONS_PER_MINUTE(1),
    MESSAGES_PER_MINUTE(2),
    RECIPIENTS_PER_MINUTE(3),
    FAILED_LOGINS_PER_MINUTE(4);

    static final int COUNT = values().length;

    private final int place;

    ClientLimit(int place) {
        this.place = place;
    }

    /** Where it stands among the numbers that pods show one another; it never changes, since pods differ in version. */
    int place() {
        return place;
    }
}
