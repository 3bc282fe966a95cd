package io.sekisho.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Root without user name spaces, as in most containers: PostgreSQL runs as nobody. */
class PostgresIdentityTest {
    @TempDir
    private Path directory;

    private final UnpackedBinaries binaries = new UnpackedBinaries(BuildOutput.locate());

    @BeforeEach
    void onlyRootBecomesNobody() {
        assumeTrue(new UnixSystem().getUid() == 0, "only root can run PostgreSQL as another user");
        assumeTrue(
                PostgresIdentity.NOBODY.reaches("-x", binaries.postgres().resolve("bin/postgres")),
                "this repository lies where nobody cannot reach it");
    }

    @Test
    void rootRunsPostgresAsNobody() throws Exception {
        PostgresIdentity.NOBODY.admit(directory);
        EmbeddedPostgres postgres = postgres(directory.resolve("postgres"));
        postgres.start();
        try {
            Waiting.until(
                    "PostgreSQL",
                    Duration.ofSeconds(60),
                    postgres::requireAlive,
                    () -> Databases.create("127.0.0.1", postgres.port(), "secret"));
            assertThat(ProcessHandle.of(postgres.pid()).orElseThrow().info().user())
                    .hasValue("nobody");
            assertThat(Files.getOwner(directory.resolve("postgres/data")).getName())
                    .isEqualTo("nobody");
        } finally {
            postgres.stop();
        }
    }

    @Test
    void saysWhenNobodyCannotReachTheDirectory() throws Exception {
        Path closed = Files.createDirectory(
                directory.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));

        assertThatThrownBy(postgres(closed.resolve("postgres"))::start)
                .isInstanceOf(StackFailure.class)
                .hasMessageContaining("nobody, who cannot reach")
                .hasMessageContaining("chmod o+x");
    }

    @Test
    void filesComeBackToRootWhereUserNamespacesWork() throws Exception {
        PostgresIdentity.NOBODY.admit(directory);
        Path own = Files.createDirectories(directory.resolve("postgres"));
        PostgresIdentity.NOBODY.own(own, Path.of("/bin/sh"));
        assertThat(Files.getOwner(own).getName()).isEqualTo("nobody");

        assertThatCode(() -> PostgresIdentity.USER_NAMESPACE.own(own, Path.of("/bin/sh")))
                .doesNotThrowAnyException();

        assertThat(Files.getOwner(own).getName()).isEqualTo("root");
    }

    private EmbeddedPostgres postgres(Path own) {
        return new EmbeddedPostgres(
                own, directory.resolve("postgres.log"), LocalPorts.free(), "secret", binaries, PostgresIdentity.NOBODY);
    }
}
