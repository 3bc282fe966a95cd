package io.sekisho.localstack;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Doing the same to several things at once. */
public final class SideBySide {
    private SideBySide() {}

    /**
     * Returns when all are done. Where one fails the others are interrupted, and the first failure is thrown when all have come to an end.
     */
    public static <T> void forEach(Collection<? extends T> things, Consumer<? super T> action) {
        List<Future<?>> running = new ArrayList<>();
        RuntimeException failure = null;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = new java.util.concurrent.ExecutorCompletionService<Void>(threads);
            for (T thing : things) {
                running.add(done.submit(() -> {
                    action.accept(thing);
                    return null;
                }));
            }
            for (int i = 0; i < running.size(); i++) {
                try {
                    done.take().get();
                } catch (ExecutionException e) {
                    RuntimeException cause = e.getCause() instanceof RuntimeException known
                            ? known
                            : new IllegalStateException(e.getCause());
                    if (failure == null) {
                        failure = cause;
                        running.forEach(task -> task.cancel(true));
                    }
                } catch (java.util.concurrent.CancellationException consequence) {
                    // The failure that caused it is thrown below.
                } catch (InterruptedException e) {
                    running.forEach(task -> task.cancel(true));
                    Thread.currentThread().interrupt();
                    failure = new StackFailure("Interrupted.", e);
                    break;
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** As {@link #forEach}, also for a thread that was interrupted: for what must be done in the end. */
    public static <T> void toTheEnd(Collection<? extends T> things, Consumer<? super T> action) {
        boolean interrupted = Thread.interrupted();
        try {
            forEach(things, action);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
