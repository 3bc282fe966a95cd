package io.sekisho.bench.report;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What the numbers were measured on. */
final class Machine {

    private Machine() {}

    /** A line each; where the system does not say something, the line says so. */
    static List<String> lines(Path data) {
        return List.of(
                "processors: " + Runtime.getRuntime().availableProcessors() + " × "
                        + field("/proc/cpuinfo", "model name").orElse("of an unknown model")
                        + ", shared by the load generator, both sides and the infrastructure",
                "memory: " + memory(),
                "system: " + System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + System.getProperty("os.arch"),
                "file system of the data: " + fileSystem(data));
    }

    private static String memory() {
        return field("/proc/meminfo", "MemTotal")
                .map(text -> Long.parseLong(text.replaceAll("\\D", "")))
                .map(kibibytes -> String.format(Locale.ROOT, "%.1f GiB", kibibytes / 1024.0 / 1024.0))
                .orElse("unknown");
    }

    private static String fileSystem(Path data) {
        try {
            FileStore store = Files.getFileStore(data);
            return store.type();
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static Optional<String> field(String file, String name) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip());
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }
}
