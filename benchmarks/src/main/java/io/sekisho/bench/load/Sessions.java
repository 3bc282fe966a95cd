package io.sekisho.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same work on a number of threads, ended together; the first failure is everybody's. */
final class Sessions {

    private Sessions() {}

    /** What each has returned. */
    static <T> List<T> run(int number, Callable<T> work) throws Exception {
        // Virtual threads would share the two or three carriers with their own pollers; a session a thread is what a
        // server sees anyway.
        try (ExecutorService threads = Executors.newFixedThreadPool(number)) {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < number; i++) {
                running.add(threads.submit(work));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
