package io.sekisho.localstack.command;

import io.sekisho.localstack.StackFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what the services and servers say. */
@Command(name = "logs", description = "Shows the end of the logs.", mixinStandardHelpOptions = true)
final class Logs implements Callable<Integer> {
    @Mixin
    private DataDirectory dataDirectory;

    @Parameters(
            arity = "0..*",
            paramLabel = "<name>",
            description =
                    "policy-service, tracking-service, smtp-ingress, smtp-egress, kafka, postgres, redis (default: all).")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "-n",
            paramLabel = "<lines>",
            defaultValue = "40",
            description = "How many lines of each (default: ${DEFAULT-VALUE}).")
    private int lines;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on showing what is added, until Ctrl-C.")
    private boolean follow;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Path directory = dataDirectory.path().resolve("logs");
        List<LogFile> files = named(directory);
        PrintWriter out = spec.commandLine().getOut();
        String prefix = files.size() > 1 ? "%-17s" : "";
        try {
            for (LogFile file : files) {
                file.lastLines(lines).forEach(line -> print(out, prefix, file, line));
            }
            out.flush();
            while (follow) {
                for (LogFile file : files) {
                    file.newLines().forEach(line -> print(out, prefix, file, line));
                }
                out.flush();
                LogFile.pause();
            }
        } catch (IOException e) {
            throw new StackFailure("Cannot read the logs in " + directory + ": " + e.getMessage(), e);
        }
        return 0;
    }

    private static void print(PrintWriter out, String prefix, LogFile file, String line) {
        out.println((prefix.isEmpty() ? "" : String.format(prefix, file.name())) + line);
    }

    private List<LogFile> named(Path directory) {
        List<String> present = present(directory);
        if (present.isEmpty()) {
            throw new StackFailure("There are no logs in " + directory + ": has the stack been started there?");
        }
        for (String name : names) {
            if (!present.contains(name)) {
                throw new StackFailure("There is no log of " + name + " in " + directory + "; there are: "
                        + String.join(", ", present));
            }
        }
        return (names.isEmpty() ? present : names)
                .stream()
                        .map(name -> new LogFile(name, directory.resolve(name + ".log")))
                        .toList();
    }

    private static List<String> present(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".log"))
                    .map(name -> name.substring(0, name.length() - ".log".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StackFailure("Cannot list " + directory + ": " + e.getMessage(), e);
        }
    }
}
