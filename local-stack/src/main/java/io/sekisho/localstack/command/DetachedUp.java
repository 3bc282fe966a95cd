package io.sekisho.localstack.command;

import io.sekisho.localstack.CurrentJvm;
import io.sekisho.localstack.StackFailure;
import io.sekisho.localstack.Waiting;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code up --detach}: the same program once more in the background, and waiting until it says that it is ready. */
final class DetachedUp {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Path directory;
    private final PrintWriter out;

    DetachedUp(Path directory, PrintWriter out) {
        this.directory = directory;
        this.out = out;
    }

    /**
     * Returns when the stack is ready; what it printed is printed here.
     *
     * @param arguments as this process was called with
     */
    int run(List<String> arguments) {
        Path log = directory.resolve("up.log");
        try {
            Files.createDirectories(directory);
            // It will hold the admin key.
            io.sekisho.localstack.PrivateFiles.write(log, "");
            Process process = start(arguments, log);
            Waiting.until("The stack", LIMIT, () -> {}, () -> {
                if (process.isAlive() && !isReady(process)) {
                    throw new IllegalStateException("starting");
                }
            });
            out.print(Files.readString(log));
            out.flush();
            return process.isAlive() ? 0 : SekishoCommand.FAILED;
        } catch (IOException e) {
            throw new StackFailure("Cannot start in the background: " + e.getMessage(), e);
        }
    }

    private boolean isReady(Process process) {
        return RunRecord.read(directory)
                .filter(run -> run.state() == RunRecord.State.READY)
                .flatMap(RunRecord::process)
                .filter(runner -> runner.pid() == process.pid())
                .isPresent();
    }

    private static Process start(List<String> arguments, Path log) throws IOException {
        // A session of its own: closing this terminal must not end it. The shell becomes the program, so the pid is the
        // same.
        List<String> words = new ArrayList<>(List.of(
                "sh",
                "-c",
                "if command -v setsid >/dev/null 2>&1; then exec setsid \"$@\"; else trap '' HUP; exec \"$@\"; fi",
                "sekisho"));
        words.add(CurrentJvm.java().toString());
        words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        words.remove("-Dsekisho.terminal=true");
        words.add("-D" + Welcome.DETACHED + "=true");
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), SekishoCommand.class.getName()));
        arguments.stream().filter(argument -> !argument.equals("--detach")).forEach(words::add);
        return new ProcessBuilder(words)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }
}
