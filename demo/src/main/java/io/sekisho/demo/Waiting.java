package io.sekisho.demo;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Looks again and again, for a bounded time, until something is there. */
final class Waiting {

    private static final long LOOK_NANOS = Duration.ofMillis(150).toNanos();

    private Waiting() {}

    /** The first value that {@code look} finds; empty where it found none within the time. */
    static <T> Optional<T> until(Duration atMost, Supplier<Optional<T>> look) {
        long began = System.nanoTime();
        Optional<T> found = look.get();
        while (found.isEmpty() && System.nanoTime() - began < atMost.toNanos()) {
            LockSupport.parkNanos(LOOK_NANOS);
            if (Thread.currentThread().isInterrupted()) {
                throw new StoryFailure("interrupted");
            }
            found = look.get();
        }
        return found;
    }
}
