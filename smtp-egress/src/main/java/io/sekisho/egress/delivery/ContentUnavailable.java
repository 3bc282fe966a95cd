package io.sekisho.egress.delivery;

/** The bytes of a message are missing, or are not those that were received: it can never be delivered. */
public final class ContentUnavailable extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param detail which part, and what is wrong with it */
    public ContentUnavailable(String detail) {
        super(detail);
    }
}
