package io.sekisho.tracking.store;

/** The database did not do what it was asked, for a reason that may pass. */
public final class StoreUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** It cannot be reached, is starting or stopping, or ran out of something. */
        OUT_OF_REACH,
        /** It answers, but this took longer than a question may take. */
        TOO_SLOW
    }

    private final Reason reason;

    public StoreUnavailable(Reason reason, Throwable cause) {
        super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
