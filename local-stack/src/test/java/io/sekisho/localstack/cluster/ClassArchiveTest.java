package io.sekisho.localstack.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {
    private static final Instant BUILT = Instant.parse("2026-01-02T00:00:00Z");

    @TempDir
    private Path directory;

    @Test
    void archiveOfAnEarlierBuildIsDiscarded() throws IOException {
        Path archive = file("service.jsa", BUILT.minusSeconds(1));
        Path jar = file("quarkus-run.jar", BUILT);

        assertThat(new ClassArchive(archive, jar).options())
                .contains("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + archive);
        assertThat(archive).doesNotExist();
    }

    @Test
    void archiveOfThisBuildIsKept() throws IOException {
        Path archive = file("service.jsa", BUILT.plusSeconds(1));
        Path jar = file("quarkus-run.jar", BUILT);

        assertThat(new ClassArchive(archive, jar).options()).contains("-XX:SharedArchiveFile=" + archive);
        assertThat(archive).exists();
    }

    private Path file(String name, Instant time) throws IOException {
        Path file = Files.writeString(directory.resolve(name), "");
        return Files.setLastModifiedTime(file, FileTime.from(time));
    }
}
