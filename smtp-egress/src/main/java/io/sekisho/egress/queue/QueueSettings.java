package io.sekisho.egress.queue;

import java.time.Duration;

/**
 * How the queue is read.
 *
 * @param recordsAboveCommitted of one partition; beyond them it pauses
 * @param commitInterval between two commits
 * @param trimInterval between two calls of {@code deleteRecords} below the committed offset
 */
public record QueueSettings(int recordsAboveCommitted, Duration commitInterval, Duration trimInterval) {

    /** The consumer group of all pods. */
    public static final String GROUP = "smtp-egress";

    /** Records that one poll returns at most. */
    static final int POLLED_AT_ONCE = 100;

    public static final QueueSettings STANDARD =
            new QueueSettings(2_000, Duration.ofMillis(500), Duration.ofMinutes(1));
}
