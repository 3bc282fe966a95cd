package io.sekisho.testkit.outside;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An installed program. Thread safe. */
public record OutsideProgram(Path path) {

    /**
     * Runs it to its end.
     *
     * @param atMost after which it is killed
     * @throws AssertionError if it had to be killed, with what it had said
     */
    public Outcome run(Duration atMost, String... arguments) {
        return runWithInput(atMost, "", arguments);
    }

    /** As {@link #run(Duration, String...)}, with this text as its input. */
    public Outcome runWithInput(Duration atMost, String input, String... arguments) {
        try (RunningProgram running = start(arguments)) {
            running.send(input);
            running.endInput();
            return running.await(atMost);
        }
    }

    /** Starts it; standard output and error come together. */
    public RunningProgram start(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(path.toString());
        command.addAll(List.of(arguments));
        try {
            return new RunningProgram(
                    command,
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot run " + command, failed);
        }
    }

    static void write(OutputStream stream, String text) {
        try {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
            stream.flush();
        } catch (IOException ended) {
            // The program has ended; its outcome tells why.
        }
    }
}
