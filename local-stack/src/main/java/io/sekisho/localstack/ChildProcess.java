package io.sekisho.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A child process that ends when this JVM ends, however it ends: also by {@code kill -9}.
 *
 * <p>Between the two stands a shell which reads a pipe whose only writer is this JVM. When the JVM is gone the pipe ends, and the shell
 * sends the child its stop signal, then KILL. Shell and child have a session of their own where {@code setsid} is installed: Ctrl-C at the
 * terminal, and a signal to the whole process group (as {@code timeout} sends it), reach this JVM only, and the order of the end is ours to
 * choose.
 *
 * <p><b>Thread safety:</b> immutable; signals may be sent from any thread.
 */
public final class ChildProcess {
    /** Half seconds after the stop signal before KILL, when the parent is gone and nobody else decides. */
    private static final int ORPHAN_GRACE = 40;

    private static final long LARGE_LOG = 16L * 1024 * 1024;
    private static final int SHOWN_LINES = 15;
    private static final Duration PID_WAIT = Duration.ofSeconds(10);

    /*
     * 3 is the pipe from the parent. The watcher keeps it, the child must not. CONT: a paused child takes no TERM. The watcher is ended
     * with the child, so that it never signals a pid that was given to somebody else in the meantime.
     */
    private static final String TETHER = """
            trap '' INT HUP
            exec 3<&0
            pidfile=$1 signal=$2 grace=$3; shift 3
            "$@" </dev/null 3<&- &
            child=$!
            echo $child >"$pidfile.new" && mv "$pidfile.new" "$pidfile" || kill -KILL $child
            (
              cat <&3 >/dev/null
              kill -$signal $child; kill -CONT $child
              while [ $grace -gt 0 ] && kill -0 $child; do sleep 0.5; grace=$((grace - 1)); done
              kill -KILL $child
            ) 2>/dev/null &
            watcher=$!
            wait $child
            status=$?
            kill $watcher 2>/dev/null
            exit $status
            """;

    /** A signal to the group must not end the watcher before it has ended the child. */
    private static final String OWN_SESSION = """
            if command -v setsid >/dev/null 2>&1; then exec setsid sh -c "$@"; else exec sh -c "$@"; fi
            """;

    private final ChildCommand command;
    private final Process shell;
    private final ProcessHandle handle;

    private ChildProcess(ChildCommand command, Process shell, ProcessHandle handle) {
        this.command = command;
        this.shell = shell;
        this.handle = handle;
    }

    /**
     * Starts it and returns at once.
     *
     * @throws StackFailure if it cannot be started or its files cannot be written
     */
    public static ChildProcess start(ChildCommand command) {
        Path pidFile = command.directory().resolve(command.name() + ".pid").toAbsolutePath();
        try {
            Files.createDirectories(command.directory());
            Files.createDirectories(command.log().toAbsolutePath().getParent());
            Files.deleteIfExists(pidFile);
            setAside(command.log());
            List<String> words = new ArrayList<>(List.of(
                    "sh",
                    "-c",
                    OWN_SESSION,
                    "sekisho-session",
                    TETHER,
                    "sekisho-tether",
                    pidFile.toString(),
                    command.stopSignal().name(),
                    Integer.toString(ORPHAN_GRACE)));
            words.addAll(command.words());
            ProcessBuilder builder = new ProcessBuilder(words)
                    .directory(command.directory().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(command.log().toFile()));
            builder.environment().putAll(command.environment());
            Process shell = builder.start();
            return new ChildProcess(command, shell, handle(pidFile, shell, command));
        } catch (IOException e) {
            throw new StackFailure(
                    "Cannot start " + command.name() + ": " + e.getMessage() + Disk.hint(command.directory()), e);
        }
    }

    /** A log that has grown large gets a second name, and the one before it goes. */
    private static void setAside(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > LARGE_LOG) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static ProcessHandle handle(Path pidFile, Process shell, ChildCommand command) throws IOException {
        long deadline = System.nanoTime() + PID_WAIT.toNanos();
        while (!Files.exists(pidFile)) {
            try {
                if (shell.waitFor(5, TimeUnit.MILLISECONDS) && !Files.exists(pidFile)) {
                    throw new IOException(
                            "it ended with code " + shell.exitValue() + " at once. " + tail(command.log()));
                }
            } catch (InterruptedException e) {
                abandon(shell);
                throw interrupted(command.name());
            }
            if (System.nanoTime() > deadline) {
                abandon(shell);
                throw new IOException("its process did not appear within " + PID_WAIT.toSeconds() + " s");
            }
        }
        long pid = Long.parseLong(Files.readString(pidFile).strip());
        // Gone already: the handle of the shell stands in; it is gone, or will be, as well.
        return ProcessHandle.of(pid).orElse(shell.toHandle());
    }

    /**
     * Ends a child whose pid is not known yet by ending the pipe. Never by killing the shell: it may have started the child and not yet the
     * watcher, and nobody would be left to end the child.
     */
    private static void abandon(Process shell) throws IOException {
        boolean interrupted = Thread.interrupted();
        shell.getOutputStream().close();
        try {
            // What lasts longer is the watcher's to end.
            boolean unused = shell.waitFor(PID_WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException again) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Name as given in the command. */
    public String name() {
        return command.name();
    }

    /** Process id of the program itself, not of the shell before it. */
    public long pid() {
        return handle.pid();
    }

    public boolean isAlive() {
        return shell.isAlive();
    }

    /** Completes with the exit code when the process has ended; 128 + n after signal n. */
    public CompletableFuture<Integer> onExit() {
        return shell.onExit().thenApply(Process::exitValue);
    }

    /** Exit code, if it has ended. */
    public OptionalInt exitCode() {
        return shell.isAlive() ? OptionalInt.empty() : OptionalInt.of(shell.exitValue());
    }

    /** Throws, with name, exit code and last log lines, if the process has ended. */
    public void requireAlive() {
        if (!shell.isAlive()) {
            throw new StackFailure(obituary());
        }
    }

    /** What to tell when it has ended unexpectedly: name, exit code, the last lines of its log, and where the rest is. */
    public String obituary() {
        return command.name() + " ended with " + describeExit() + "." + Disk.hint(command.directory()) + " "
                + tail(command.log());
    }

    private String describeExit() {
        int code = shell.exitValue();
        return code > 128 ? "exit code " + code + " (signal " + (code - 128) + ")" : "exit code " + code;
    }

    /** Sends the stop signal, and KILL if the process is still there when the time is over. Returns when it has ended. */
    public void stop(Duration grace) {
        if (shell.isAlive()) {
            signal(command.stopSignal().name());
            signal("CONT");
            if (!awaitExit(grace)) {
                kill();
            }
        }
    }

    /** Ends it as {@code kill -9} does and returns when it is gone. */
    public void kill() {
        handle.destroyForcibly();
        awaitExit(PID_WAIT);
    }

    /** Stops it and its own children from running, as {@code kill -STOP} does. */
    public void pause() {
        signal("STOP");
    }

    /** Undoes {@link #pause}. */
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        Stream<ProcessHandle> receivers = name.equals("STOP") || name.equals("CONT")
                ? Stream.concat(Stream.of(handle), handle.descendants())
                : Stream.of(handle);
        List<String> words = new ArrayList<>(List.of("sh", "-c", "kill -\"$0\" \"$@\" 2>/dev/null", name));
        receivers.map(receiver -> Long.toString(receiver.pid())).forEach(words::add);
        try {
            new ProcessBuilder(words)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new StackFailure("Cannot send " + name + " to " + command.name() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw interrupted(command.name());
        }
    }

    private boolean awaitExit(Duration limit) {
        try {
            shell.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            throw interrupted(command.name());
        }
    }

    private static StackFailure interrupted(String name) {
        Thread.currentThread().interrupt();
        return new StackFailure("Interrupted while waiting for " + name + ".");
    }

    private static String tail(Path log) {
        return LogTail.of(log, SHOWN_LINES);
    }
}
