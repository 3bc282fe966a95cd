package io.sekisho.localstack;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
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
            var done = new ExecutorCompletionService<Void>(threads);
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
                } catch (CancellationException consequence) {
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

    /**
     * For what must be done in the end: a failure or an interrupt keeps nothing from being done. The first failure is thrown afterwards.
     */
    public static <T> void toTheEnd(Collection<? extends T> things, Consumer<? super T> action) {
        Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (T thing : things) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    action.accept(thing);
                } catch (RuntimeException e) {
                    failures.add(e);
                }
            }));
        }
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!failures.isEmpty()) {
            throw failures.remove();
        }
    }
}
