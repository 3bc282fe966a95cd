package io.sekisho.ingress.queue;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that all messages on their way share. Whoever does not get what it asks for gives up its message (452), so
 * nobody ever waits for memory while holding some.
 *
 * <p><b>Thread safety:</b> any thread.
 */
public final class ContentMemory {

    private final long limit;
    private final AtomicLong used = new AtomicLong();

    /**
     * Memory for content.
     *
     * @param limit in octets
     */
    public ContentMemory(long limit) {
        this.limit = limit;
    }

    boolean take(int octets) {
        if (used.addAndGet(octets) <= limit) {
            return true;
        }
        used.addAndGet(-octets);
        return false;
    }

    void give(int octets) {
        used.addAndGet(-octets);
    }

    /** Octets in use. */
    public long used() {
        return used.get();
    }
}
