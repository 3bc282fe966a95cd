package io.sekisho.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a killed PostgreSQL leaves behind: {@code postmaster.pid}, and for a moment perhaps still the server that it names.
 *
 * <p>PostgreSQL itself refuses to start when the pid in the file belongs to any living process of the user, also if it is another
 * program that was given the number since.
 */
final class PostmasterPid {
    private static final Duration LEFTOVER_WAIT = Duration.ofSeconds(15);

    private PostmasterPid() {}

    /** Waits for a server that is still ending in this directory, kills it if it does not, and removes the file. */
    static void clear(Path data) throws IOException {
        Path file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return;
        }
        Optional<ProcessHandle> server = Files.readString(file)
                .lines()
                .findFirst()
                .map(String::strip)
                .filter(line -> line.matches("\\d{1,18}"))
                .flatMap(line -> ProcessHandle.of(Long.parseLong(line)))
                .filter(process -> isServerOf(data, process));
        if (server.isPresent()) {
            end(server.get(), data);
        }
        Files.deleteIfExists(file);
    }

    private static boolean isServerOf(Path data, ProcessHandle process) {
        ProcessHandle.Info info = process.info();
        String line = info.commandLine().orElse("");
        return line.contains("postgres") && line.contains(data.toString());
    }

    private static void end(ProcessHandle server, Path data) {
        try {
            server.onExit().get(LEFTOVER_WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException stillThere) {
            server.destroyForcibly();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackFailure("Interrupted while an earlier PostgreSQL in " + data + " was ending.", e);
        }
    }
}
