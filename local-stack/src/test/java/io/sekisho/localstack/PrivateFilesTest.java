package io.sekisho.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {
    @TempDir
    private Path directory;

    @Test
    void secretIsMadeOnceAndOnlyItsOwnerReadsIt() throws IOException {
        Path file = directory.resolve("deep").resolve("admin-key");

        String made = PrivateFiles.secret(file, "sk_");

        assertThat(made).matches("sk_[A-Za-z0-9_-]{43}");
        assertThat(PrivateFiles.secret(file, "sk_")).isEqualTo(made);
        assertThat(PrivateFiles.secret(directory.resolve("other"), "sk_")).isNotEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void writingAgainKeepsTheFilePrivate() throws IOException {
        Path file = directory.resolve("key");
        Files.writeString(file, "readable by all");

        PrivateFiles.write(file, "secret");

        assertThat(file).content().isEqualTo("secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }
}
