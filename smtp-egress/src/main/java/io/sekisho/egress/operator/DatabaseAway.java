package io.sekisho.egress.operator;

/** The database, or what else an order needs, did not do what it was asked, for a reason that may pass. */
final class DatabaseAway extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DatabaseAway(String message, Throwable cause) {
        super(message, cause);
    }
}
