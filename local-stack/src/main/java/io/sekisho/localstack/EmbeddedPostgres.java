package io.sekisho.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * PostgreSQL as a child process, without Unix sockets, passwords required.
 *
 * <p>A directory is initialised beside its final name and then moved, so that an interrupted {@code initdb} is not taken for a database.
 */
final class EmbeddedPostgres extends EmbeddedServer {
    private static final Duration INITDB_LIMIT = Duration.ofSeconds(90);

    private final Path directory;
    private final Path log;
    private final UnpackedBinaries binaries;
    private final String password;
    private final PostgresIdentity identity;

    EmbeddedPostgres(Path directory, Path log, int port, String password, UnpackedBinaries binaries) {
        this(directory, log, port, password, binaries, PostgresIdentity.here());
    }

    EmbeddedPostgres(
            Path directory, Path log, int port, String password, UnpackedBinaries binaries, PostgresIdentity identity) {
        super(Piece.POSTGRES, port);
        this.directory = directory;
        this.log = log;
        this.password = password;
        this.binaries = binaries;
        this.identity = identity;
    }

    @Override
    ChildCommand prepare() {
        Path home = binaries.postgres();
        Path data = directory.resolve("data");
        try {
            Files.createDirectories(directory);
            identity.own(directory, program(home, "postgres"));
            if (Files.exists(data.resolve("PG_VERSION"))) {
                PostmasterPid.clear(data);
            } else {
                initialise(home, data);
            }
        } catch (IOException e) {
            throw new StackFailure(
                    "Cannot prepare PostgreSQL's directory " + directory + ": " + e.getMessage() + Disk.hint(directory),
                    e);
        }
        List<String> words = identity.command(program(home, "postgres").toString());
        words.addAll(List.of("-D", data.toString(), "-h", host(), "-p", Integer.toString(port())));
        words.addAll(List.of("-c", "unix_socket_directories="));
        words.addAll(PostgresSettings.options());
        return new ChildCommand("postgres", words, Map.of("LC_ALL", "C"), directory, log, ChildCommand.StopSignal.INT);
    }

    private void initialise(Path home, Path data) throws IOException {
        Path half = directory.resolve("data.new");
        UnpackedBinaries.deleteTree(half);
        UnpackedBinaries.deleteTree(data);
        Path passwordFile = directory.resolve("initdb.password");
        PrivateFiles.write(passwordFile, password);
        identity.ownFile(passwordFile);
        List<String> words = identity.command(program(home, "initdb").toString());
        words.addAll(List.of("-D", half.toString(), "-U", PostgresSettings.USERNAME));
        words.addAll(List.of("--auth=scram-sha-256", "--pwfile=" + passwordFile, "--encoding=UTF8"));
        words.addAll(
                List.of("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"));
        ChildProcess initdb = ChildProcess.start(
                new ChildCommand("initdb", words, Map.of("LC_ALL", "C"), directory, log, ChildCommand.StopSignal.TERM));
        try {
            int code = initdb.onExit().get(INITDB_LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (code != 0) {
                throw new StackFailure(initdb.obituary());
            }
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            initdb.kill();
            throw new StackFailure(
                    "initdb did not end within " + INITDB_LIMIT.toSeconds() + " s. " + LogTail.of(log, 15), e);
        } catch (InterruptedException e) {
            initdb.kill();
            Thread.currentThread().interrupt();
            throw new StackFailure("Interrupted while PostgreSQL's directory was made.", e);
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        Files.move(half, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path program(Path home, String name) {
        return home.resolve("bin").resolve(name);
    }
}
