package io.sekisho.localstack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The right to run in a data directory. The operating system gives it back when the process ends, however it ends. */
final class DataDirectoryLock {
    private final FileChannel channel;

    private DataDirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes it, or says that another stack runs here. */
    static DataDirectoryLock take(Path directory) {
        try {
            Files.createDirectories(directory);
            FileChannel channel =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock;
            try {
                lock = channel.tryLock();
            } catch (OverlappingFileLockException e) {
                lock = null;
            }
            if (lock == null) {
                channel.close();
                throw new StackFailure("Another stack is running in " + directory
                        + ". End it (./sekisho down), or choose another directory with --data-dir.");
            }
            return new DataDirectoryLock(channel);
        } catch (IOException e) {
            throw new StackFailure(
                    "Cannot use the data directory " + directory + ": " + e.getMessage() + Disk.hint(directory), e);
        }
    }

    void release() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StackFailure("Cannot release the data directory's lock: " + e.getMessage(), e);
        }
    }
}
