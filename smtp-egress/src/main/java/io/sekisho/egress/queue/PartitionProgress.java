package io.sekisho.egress.queue;

import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * How far a partition is: which records were handed over, which of them are done, and up to where that is contiguous.
 *
 * <p>Thread safety: for one thread.
 */
final class PartitionProgress {

    private final TreeSet<Long> outstanding = new TreeSet<>();
    private final TreeSet<Long> uncommitted = new TreeSet<>();
    private long next;
    private long committed;

    /** @param start the offset of the first record to be handed over */
    PartitionProgress(long start) {
        next = start;
        committed = start;
    }

    void handedOver(long offset) {
        outstanding.add(offset);
        uncommitted.add(offset);
        next = Math.max(next, offset + 1);
    }

    void acknowledged(long offset) {
        outstanding.remove(offset);
    }

    /** The offset to commit: all records below are done; empty where it is committed already. */
    OptionalLong committable() {
        long upTo = outstanding.isEmpty() ? next : outstanding.first();
        return upTo > committed ? OptionalLong.of(upTo) : OptionalLong.empty();
    }

    /** The broker has it. */
    void committed(long offset) {
        committed = Math.max(committed, offset);
        uncommitted.headSet(committed).clear();
    }

    long committed() {
        return committed;
    }

    /** How many records lie above the committed offset. */
    int aboveCommitted() {
        return uncommitted.size();
    }
}
