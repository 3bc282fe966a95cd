package io.sekisho.bench.load;

import java.util.concurrent.atomic.AtomicLong;

/**
 * When messages are meant to be sent: evenly spaced, whatever the server does. Latency counts from this instant, so a server that stalls
 * cannot keep the load generator from measuring the stall (no "coordinated omission").
 *
 * <p>Thread safety: any number of sessions take from it.
 */
public final class ArrivalSchedule {

    /** What {@link #take} returns when all are taken. */
    public static final long NONE = Long.MIN_VALUE;

    private final long began;
    private final long intervalNanos;
    private final long number;
    private final AtomicLong next = new AtomicLong();

    /**
     * A schedule.
     *
     * @param began of the first arrival, in {@link System#nanoTime}
     * @param perSecond arrivals, more than 0
     * @param number of arrivals in all
     */
    public ArrivalSchedule(long began, double perSecond, long number) {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("a schedule needs arrivals, not " + perSecond + " per second");
        }
        this.began = began;
        this.intervalNanos = Math.max(1, Math.round(1e9 / perSecond));
        this.number = number;
    }

    /** The instant of the next arrival, in {@link System#nanoTime}; {@link #NONE} when all are taken. */
    public long take() {
        long index = next.getAndIncrement();
        return index < number ? began + index * intervalNanos : NONE;
    }
}
