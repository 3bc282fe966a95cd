package io.sekisho.localstack;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a child process is started with.
 *
 * @param name how it is called in messages and file names
 * @param words the program and its arguments
 * @param environment variables added to those of this JVM
 * @param directory where it runs, and where its pid file lies
 * @param log the file that takes its standard output and error; appended to
 * @param stopSignal the signal that ends it in an orderly way
 */
public record ChildCommand(
        String name,
        List<String> words,
        Map<String, String> environment,
        Path directory,
        Path log,
        StopSignal stopSignal) {

    public ChildCommand {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    /** TERM ends a JVM and Redis; PostgreSQL waits for its clients on TERM and takes INT for a fast shutdown. */
    public enum StopSignal {
        TERM,
        INT
    }
}
