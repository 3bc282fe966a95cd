package io.sekisho.localstack.command;

import io.sekisho.localstack.LocalStack;
import io.sekisho.localstack.StackFailure;
import io.sekisho.localstack.cluster.Service;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The option that says where the stack keeps its state. */
final class DataDirectory {
    private static final List<String> OWN = List.of(
            "kafka",
            "postgres",
            "redis",
            "logs",
            "tls",
            "admin-key",
            "service-key",
            "postgres-password",
            "lock",
            "docker-volumes",
            RunRecord.FILE,
            "up.log");

    @Option(
            names = "--data-dir",
            paramLabel = "<dir>",
            description = "Where state, secrets and logs are kept (default: .sekisho in the repository).")
    private Path chosen;

    Path path() {
        Path path = chosen == null ? LocalStack.repository().resolve(".sekisho") : chosen;
        return path.toAbsolutePath().normalize();
    }

    /** Deletes what the stack has made here and nothing else; the directory too if it is empty then. */
    static void purge(Path directory) {
        List<String> names = new ArrayList<>(OWN);
        Arrays.stream(Service.values()).map(Service::id).forEach(names::add);
        LocalStack.forgetVolumes(directory);
        try {
            for (String name : names) {
                deleteTree(directory.resolve(name));
            }
            Files.deleteIfExists(directory);
        } catch (DirectoryNotEmptyException somebodyElses) {
            // Files that are not ours stay.
        } catch (IOException e) {
            throw new StackFailure("Cannot delete " + directory + ": " + e.getMessage(), e);
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
