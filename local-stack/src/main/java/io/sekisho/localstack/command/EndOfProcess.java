package io.sekisho.localstack.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C, TERM and HUP into an orderly end: the working thread is interrupted, ends what it has started, and only then does the
 * process end, with the exit code that the worker gives.
 */
public final class EndOfProcess {
    private static final Duration LIMIT = Duration.ofSeconds(55);

    private final CountDownLatch reached = new CountDownLatch(1);
    private volatile boolean coming;
    private volatile int exitCode;

    private EndOfProcess() {}

    /** From now on {@code worker} is interrupted by a signal, and the process waits for {@link #reached}. */
    public static EndOfProcess watchedBy(Thread worker, PrintWriter out) {
        EndOfProcess end = new EndOfProcess();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end.come(worker, out), "end-of-process"));
        return end;
    }

    private void come(Thread worker, PrintWriter out) {
        if (reached.getCount() == 0) {
            return;
        }
        coming = true;
        out.println();
        out.println("Ending …");
        out.flush();
        worker.interrupt();
        try {
            if (reached.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                // The JVM would report the signal as its exit code although everything went as it should.
                Runtime.getRuntime().halt(exitCode);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether a signal has asked for the end. */
    public boolean isComing() {
        return coming;
    }

    /** Called by the worker when it has ended everything; after a signal the process ends with this code. */
    public void reached(int code) {
        exitCode = code;
        reached.countDown();
    }
}
