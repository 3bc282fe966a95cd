package io.sekisho.localstack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** Secrets in files that only their owner reads. */
public final class PrivateFiles {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 32;

    private PrivateFiles() {}

    /** Writes a file with mode 0600; it never exists with another mode. */
    public static void write(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        try (SeekableByteChannel channel = Files.newByteChannel(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    /** The secret in the file; a new one of 256 random bits after the prefix if there is no such file yet. */
    public static String secret(Path file, String prefix) {
        try {
            if (!Files.exists(file)) {
                byte[] random = new byte[SECRET_BYTES];
                RANDOM.nextBytes(random);
                Files.createDirectories(file.toAbsolutePath().getParent());
                write(file, prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(random));
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new StackFailure(
                    "Cannot read or write the secret in " + file + ": " + e.getMessage() + Disk.hint(file), e);
        }
    }
}
