package io.sekisho.egress.queue;

/** Who takes the records. Called by the consumer's thread alone, so no method may block. */
public interface QueueIntake {

    /** Whether there is room for more; without it the consumer pauses. */
    boolean hasRoom();

    /** Takes a record. The receipt is acknowledged when each recipient has an outcome or a schedule row. */
    void accept(QueueRecord record, Receipt receipt);
}
