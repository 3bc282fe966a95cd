package io.sekisho.bench.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/** A new directory that other users may walk through, deleted with all it holds by {@link #close}. */
record TemporaryDirectory(Path path) implements AutoCloseable {

    static TemporaryDirectory make() {
        try {
            Path path = Files.createTempDirectory("sekisho-bench-").toRealPath();
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
            return new TemporaryDirectory(path);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a temporary directory", e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException gone) {
            // A server that is just ending removes files of its own.
        } catch (IOException e) {
            throw new UncheckedIOException("The data of the benchmarks could not be deleted; it is in " + path, e);
        }
    }
}
