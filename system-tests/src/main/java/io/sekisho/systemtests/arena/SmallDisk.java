package io.sekisho.systemtests.arena;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file system of bounded size in memory ({@code tmpfs}), mounted on a directory, which can be filled. Needs root and the right to mount.
 *
 * <p><i>Lifecycle:</i> mounted from {@link #mountedOn} to {@link #close()}. <i>Thread safety:</i> none.
 */
public final class SmallDisk implements AutoCloseable {

    private static final String BALLAST = "ballast";
    private static final int PIECE = 1 << 20;

    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    /**
     * Mounts one on a directory, which is made where it is missing.
     *
     * @throws CannotMount where this machine does not let us
     */
    public static SmallDisk mountedOn(Path directory, int mebibytes) {
        try {
            Files.createDirectories(directory);
            run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", directory.toString());
        } catch (IOException e) {
            throw new CannotMount(e);
        }
        return new SmallDisk(directory);
    }

    /** Why a small disk cannot be had here; empty if it can. */
    public static Optional<String> whyNot() {
        try {
            Path probe = Files.createTempDirectory("sekisho-mount-");
            try (SmallDisk disk = mountedOn(probe, 1)) {
                return disk.directory.equals(probe) ? Optional.empty() : Optional.of("it is elsewhere");
            } catch (CannotMount e) {
                return Optional.of("no small file system can be mounted here: "
                        + e.getCause().getMessage());
            } finally {
                Files.delete(probe);
            }
        } catch (IOException e) {
            return Optional.of("no small file system can be mounted here: " + e.getMessage());
        }
    }

    /** Writes until nothing more fits. */
    public void fill() {
        byte[] piece = new byte[PIECE];
        // The smaller pieces use up what the last large one left.
        for (int size = PIECE; size >= 1; size /= 16) {
            appendUntilFull(piece, size);
        }
    }

    private void appendUntilFull(byte[] piece, int size) {
        try (OutputStream ballast = Files.newOutputStream(
                directory.resolve(BALLAST),
                java.nio.file.StandardOpenOption.CREATE,
                java.nio.file.StandardOpenOption.APPEND)) {
            while (true) {
                ballast.write(piece, 0, size);
            }
        } catch (IOException full) {
            // That is what was wanted.
        }
    }

    /** Makes room again. */
    public void empty() {
        try {
            Files.deleteIfExists(directory.resolve(BALLAST));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            run("umount", directory.toString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void run(String... words) throws IOException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(said.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** This machine does not let us mount. */
    static final class CannotMount extends RuntimeException {
        private static final long serialVersionUID = 1;

        CannotMount(IOException cause) {
            super(cause);
        }
    }
}
