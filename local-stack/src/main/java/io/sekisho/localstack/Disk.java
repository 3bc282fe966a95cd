package io.sekisho.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether there is room for what the servers write. A full disk shows itself in many disguises, so it is asked for by name. */
final class Disk {
    private static final long MIB = 1024L * 1024;
    /** Kafka segments and write-ahead logs are allocated ahead; below this the servers fail in ways that do not name the cause. */
    private static final long NEEDED = 512 * MIB;

    private Disk() {}

    /** Fails with a plain sentence if the file system of the directory has too little room to start in. */
    static void requireRoom(Path directory) {
        long usable = usable(directory);
        if (usable < NEEDED) {
            throw new StackFailure("The disk is full: " + usable / MIB + " MiB are left for " + directory
                    + ", at least " + NEEDED / MIB
                    + " MiB are needed. Free some room or choose another place with --data-dir.");
        }
    }

    /** A sentence about a full disk, or nothing. */
    static String hint(Path directory) {
        long usable = usable(directory);
        return usable < NEEDED
                ? " The disk is nearly full: " + usable / MIB + " MiB are left for " + directory + "."
                : "";
    }

    private static long usable(Path directory) {
        Path existing = directory.toAbsolutePath();
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            return existing == null
                    ? Long.MAX_VALUE
                    : Files.getFileStore(existing).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }
}
