package io.sekisho.ingress.listener;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many connections there may be at once: of a listener, or of the whole process.
 *
 * <p><b>Thread safety:</b> any thread.
 */
public final class ConnectionPlaces {

    private final int limit;
    private final AtomicInteger taken = new AtomicInteger();

    public ConnectionPlaces(int limit) {
        this.limit = limit;
    }

    /** Whether there was a place, which is then taken. */
    boolean take() {
        if (taken.incrementAndGet() <= limit) {
            return true;
        }
        taken.decrementAndGet();
        return false;
    }

    void give() {
        taken.decrementAndGet();
    }

    public int taken() {
        return taken.get();
    }
}
