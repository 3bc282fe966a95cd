package io.sekisho.localstack.command;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A growing file of lines: its end, then what is added. Not thread-safe. */
final class LogFile {
    private static final int WINDOW = 1024 * 1024;
    private static final long PAUSE_NANOS = Duration.ofMillis(300).toNanos();

    private final String name;
    private final Path path;
    private long position;

    LogFile(String name, Path path) {
        this.name = name;
        this.path = path;
    }

    String name() {
        return name;
    }

    List<String> lastLines(int count) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            position = Math.max(0, file.length() - WINDOW);
        }
        List<String> all = newLines();
        return all.subList(Math.max(0, all.size() - count), all.size());
    }

    /** Whole lines only: the rest of one that is being written comes next time. */
    List<String> newLines() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            long length = file.length();
            if (length < position) {
                position = 0;
            }
            byte[] added = new byte[(int) Math.min(WINDOW, length - position)];
            file.seek(position);
            file.readFully(added);
            String text = new String(added, StandardCharsets.ISO_8859_1);
            int end = text.lastIndexOf('\n') + 1;
            position += end;
            return new String(added, 0, end, StandardCharsets.UTF_8).lines().toList();
        }
    }

    static void pause() {
        LockSupport.parkNanos(PAUSE_NANOS);
    }
}
