package io.sekisho.localstack;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Redis as a child process with the settings that the attempt ledger relies on: AOF each second, nothing evicted. */
final class EmbeddedRedis extends EmbeddedServer {
    private final Path directory;
    private final Path log;
    private final UnpackedBinaries binaries;

    EmbeddedRedis(Path directory, Path log, int port, UnpackedBinaries binaries) {
        super(Piece.REDIS, port);
        this.directory = directory;
        this.log = log;
        this.binaries = binaries;
    }

    @Override
    ChildCommand prepare() {
        List<String> words = new java.util.ArrayList<>(List.of(
                binaries.redis().toString(),
                "--port",
                Integer.toString(port()),
                "--bind",
                host(),
                "--dir",
                directory.toString()));
        words.addAll(RedisSettings.options());
        return new ChildCommand("redis", words, Map.of(), directory, log, ChildCommand.StopSignal.TERM);
    }
}
