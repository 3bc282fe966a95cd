package io.sekisho.localstack;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waiting for a server that is starting: asks again and again until it answers, has ended, or the time is over. */
public final class Waiting {
    private static final long SHORTEST_NANOS = Duration.ofMillis(20).toNanos();
    /** Each question costs a starting server some of the time that it needs to start, and a line in its log. */
    private static final long LONGEST_NANOS = Duration.ofMillis(250).toNanos();

    private Waiting() {}

    /** One question to a server. */
    public interface Question {
        /** Returns if the server answered as it should. */
        void ask() throws Exception;
    }

    /**
     * Asks until the question is answered.
     *
     * @param what named in the message if the time is over
     * @param alive throws when there is nothing to wait for any more
     * @throws StackFailure if it does not answer within the limit
     */
    public static void until(String what, Duration limit, Runnable alive, Question question) {
        long deadline = System.nanoTime() + limit.toNanos();
        for (long pause = SHORTEST_NANOS; ; pause = Math.min(2 * pause, LONGEST_NANOS)) {
            alive.run();
            try {
                question.ask();
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StackFailure("Interrupted while waiting for " + what + ".", e);
            } catch (Exception notYet) {
                if (System.nanoTime() > deadline) {
                    throw new StackFailure(
                            what + " did not answer within " + limit.toSeconds() + " s; the last try said: "
                                    + notYet.getMessage(),
                            notYet);
                }
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new StackFailure("Interrupted while waiting for " + what + ".");
            }
            LockSupport.parkNanos(pause);
        }
    }
}
