package io.sekisho.egress.queue;

/**
 * What is owed for a record that was taken.
 *
 * <p>Thread safety: all methods may be called from any thread.
 */
public interface Receipt {

    /** The record need not come again. */
    void acknowledge();

    /** Nothing of this partition may be handled by this version of the service: it pauses here, and readiness says why. */
    void block(String reason);

    /** The partition went to another pod: what was not begun is no longer this pod's to begin. */
    boolean isRevoked();

    /** Called once, on the consumer's thread, when the partition goes; at once where it has gone. */
    void onRevoked(Runnable action);

    /** Called on the consumer's thread once the broker has the offset behind the record; never, if the partition goes before. */
    void onCommitted(Runnable action);
}
