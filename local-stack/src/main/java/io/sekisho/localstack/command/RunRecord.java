package io.sekisho.localstack.command;

import io.sekisho.localstack.StackFailure;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * Says, in the data directory, which process runs the stack there, so that another terminal can end it.
 *
 * @param pid of the process
 * @param started its start, which tells it from a later process with the same number
 * @param state how far it is
 */
record RunRecord(long pid, Instant started, State state) {
    static final String FILE = "up.properties";

    enum State {
        STARTING,
        READY
    }

    static RunRecord ofThisProcess(State state) {
        ProcessHandle self = ProcessHandle.current();
        return new RunRecord(self.pid(), startOf(self), state);
    }

    private static Instant startOf(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    static Optional<RunRecord> read(Path directory) {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
            return Optional.of(new RunRecord(
                    Long.parseLong(properties.getProperty("pid")),
                    Instant.parse(properties.getProperty("started")),
                    State.valueOf(properties.getProperty("state"))));
        } catch (IOException | RuntimeException e) {
            throw new StackFailure(
                    "Cannot read " + file + ": " + e.getMessage() + ". Delete it if nothing runs there.", e);
        }
    }

    /** Readers see the old record or the new one, never half of one. */
    void write(Path directory) {
        Properties properties = new Properties();
        properties.setProperty("pid", Long.toString(pid));
        properties.setProperty("started", started.toString());
        properties.setProperty("state", state.name());
        try {
            StringWriter text = new StringWriter();
            properties.store(text, "The process that runs the local stack in this directory.");
            Path half = directory.resolve(FILE + ".new");
            Files.writeString(half, text.toString());
            Files.move(half, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StackFailure("Cannot write to " + directory + ": " + e.getMessage(), e);
        }
    }

    static void delete(Path directory) {
        try {
            Files.deleteIfExists(directory.resolve(FILE));
        } catch (IOException e) {
            throw new StackFailure("Cannot delete " + directory.resolve(FILE) + ": " + e.getMessage(), e);
        }
    }

    /** The process, if it is still there and is the one that wrote this. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid).filter(handle -> startOf(handle).equals(started));
    }
}
