package io.sekisho.localstack.command;

import io.sekisho.localstack.StackFailure;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Ends the stack that another terminal has started. */
@Command(
        name = "down",
        description = "Ends the stack; with --purge forgets its state too.",
        mixinStandardHelpOptions = true)
final class Down implements Callable<Integer> {
    private static final Duration GRACE = Duration.ofSeconds(60);

    @Mixin
    private DataDirectory dataDirectory;

    @Option(names = "--purge", description = "Delete mail, policy, tracking, keys and logs as well.")
    private boolean purge;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Path directory = dataDirectory.path();
        PrintWriter out = spec.commandLine().getOut();
        Optional<ProcessHandle> running = RunRecord.read(directory).flatMap(RunRecord::process);
        if (running.isPresent()) {
            out.println("Ending the stack in " + directory + " …");
            out.flush();
            end(running.get());
            out.println("It has ended.");
        } else {
            out.println("No stack is running in " + directory + ".");
        }
        if (purge) {
            DataDirectory.purge(directory);
            out.println("Its state is deleted.");
        }
        return 0;
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().get(GRACE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            throw new StackFailure("The stack (process " + process.pid() + ") did not end within " + GRACE.toSeconds()
                    + " s and was killed; its servers end by themselves in a moment. Try again.");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackFailure("Interrupted.", e);
        }
    }
}
