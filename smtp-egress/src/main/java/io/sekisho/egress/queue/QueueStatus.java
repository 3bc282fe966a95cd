package io.sekisho.egress.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How the reading of the queue is, for health checks.
 *
 * @param started whether the loop has begun
 * @param lastBeat when the loop last went round; it never waits for a delivery, so a long silence means that it is dead
 * @param assigned how many partitions this pod reads
 * @param blocked why partitions are paused for good, a sentence each
 */
public record QueueStatus(boolean started, Instant lastBeat, int assigned, List<String> blocked) {

    /** Before the loop is there. */
    public static final QueueStatus NOT_STARTED = new QueueStatus(false, Instant.EPOCH, 0, List.of());

    public QueueStatus {
        blocked = List.copyOf(blocked);
    }

    /** Whether the loop still goes round. */
    public boolean isAlive(Instant now, Duration patience) {
        return !started || lastBeat.plus(patience).isAfter(now);
    }
}
