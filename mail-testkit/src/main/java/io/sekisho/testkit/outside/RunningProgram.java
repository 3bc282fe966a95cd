package io.sekisho.testkit.outside;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program that runs. <i>Lifecycle:</i> {@link #close()} kills it if it has not ended. <i>Thread safety:</i> all
 * methods.
 */
public final class RunningProgram implements AutoCloseable {

    private static final int MAX_OUTPUT = 16 * 1024 * 1024;

    private final List<String> command;
    private final Process process;
    private final Thread reader;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final StringBuilder output = new StringBuilder();
    private boolean ended;

    RunningProgram(List<String> command, Process process) {
        this.command = command;
        this.process = process;
        this.reader = Thread.ofVirtual().name("output of " + command.getFirst()).start(this::read);
    }

    /** Writes to its standard input. */
    public void send(String text) {
        OutsideProgram.write(process.getOutputStream(), text);
    }

    /** Closes its standard input. */
    public void endInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException ended) {
            // Gone already.
        }
    }

    /**
     * Waits for output that matches.
     *
     * @return the match
     * @throws AssertionError if it ended or the time is over, with what it had said
     */
    public Matcher awaitOutput(Pattern pattern, Duration atMost) {
        long nanos = atMost.toNanos();
        lock.lock();
        try {
            while (true) {
                Matcher matcher = pattern.matcher(output.toString());
                if (matcher.find()) {
                    return matcher;
                }
                if (ended || nanos <= 0) {
                    throw new AssertionError(
                            command + " did not say " + pattern + " within " + atMost + "; it said:\n" + output);
                }
                nanos = more.awaitNanos(nanos);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + command, interrupted);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for its end.
     *
     * @throws AssertionError if it had to be killed, with what it had said
     */
    public Outcome await(Duration atMost) {
        try {
            if (!process.waitFor(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                process.destroyForcibly().waitFor();
                reader.join();
                throw new AssertionError(command + " did not end within " + atMost + "; it said:\n" + output());
            }
            reader.join();
            return new Outcome(process.exitValue(), output());
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + command, interrupted);
        }
    }

    /** What it has said so far. */
    public String output() {
        lock.lock();
        try {
            return output.toString();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void read() {
        try (var stream =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.ISO_8859_1))) {
            char[] piece = new char[8192];
            for (int length = stream.read(piece); length >= 0; length = stream.read(piece)) {
                append(piece, length);
            }
        } catch (IOException killed) {
            // Its output ends with it.
        } finally {
            end();
        }
    }

    private void append(char[] piece, int length) {
        lock.lock();
        try {
            if (output.length() < MAX_OUTPUT) {
                output.append(piece, 0, length);
            }
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
