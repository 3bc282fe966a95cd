package io.sekisho.systemtests.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small disk gets full, and empty again. */
class SmallDiskTest {

    @Test
    void getsFullAndEmptyAgain(@TempDir Path directory) throws IOException {
        assumeTrue(SmallDisk.whyNot().isEmpty(), "no small file system can be mounted here");
        Path file = directory.resolve("file");
        try (SmallDisk disk = SmallDisk.mountedOn(directory, 2)) {
            disk.fill();
            assertThatThrownBy(() -> Files.writeString(file, "x".repeat(10_000)))
                    .isInstanceOf(IOException.class);

            disk.empty();
            Files.writeString(file, "x".repeat(10_000));
            assertThat(file).hasSize(10_000);
        }
        assertThat(file).doesNotExist();
    }
}
