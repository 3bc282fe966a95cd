package io.sekisho.tracking.store;

/** The database will never take these events as they are; one of them, or several. Its message says what it disliked. */
public final class EventsRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EventsRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
