package io.sekisho.localstack.cluster;

import io.sekisho.localstack.StackFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The JVM's archive of a service's loaded classes, with which it starts in little more than half the processor time. The JVM writes it at its
 * first orderly end after a build.
 */
final class ClassArchive {
    private final Path file;
    private final Path jar;

    ClassArchive(Path file, Path jar) {
        this.file = file;
        this.jar = jar;
    }

    /** Options of a JVM that uses it, if it is there. */
    List<String> useOptions() {
        discardIfStale();
        return Files.exists(file) ? List.of("-Xlog:cds*=off", "-XX:SharedArchiveFile=" + file) : List.of();
    }

    /** Options of the JVM that uses it, or makes it. */
    List<String> options() {
        discardIfStale();
        // Whether it is used is the JVM's business: nothing to read about in the service's log.
        return List.of("-Xlog:cds*=off", "-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + file);
    }

    /** The JVM would neither use the archive of another build nor replace it. */
    private void discardIfStale() {
        try {
            if (Files.exists(file)
                    && Files.exists(jar)
                    && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(jar)) < 0) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new StackFailure("Cannot replace " + file + ": " + e.getMessage(), e);
        }
    }
}
