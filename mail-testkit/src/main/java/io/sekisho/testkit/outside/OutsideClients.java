package io.sekisho.testkit.outside;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Finds mail programs of other makers, on the PATH and where Debian puts Postfix's. */
public final class OutsideClients {

    private static final String DEBIAN_SBIN = "/usr/sbin";

    private OutsideClients() {}

    /** The program, where it is installed. */
    public static Optional<OutsideProgram> find(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of(path.split(File.pathSeparator, -1)), Stream.of(DEBIAN_SBIN))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(OutsideProgram::new);
    }

    /** The program; where it is missing the test is skipped, and says so. */
    public static OutsideProgram assumeInstalled(String name) {
        Optional<OutsideProgram> program = find(name);
        String sentence = "SKIPPED: " + name + " is not installed; on Debian: apt-get install " + debianPackage(name);
        if (program.isEmpty()) {
            // A skip reason is in no console of Maven's; a silent skip would look like a pass.
            System.out.println(sentence);
        }
        Assumptions.assumeTrue(program.isPresent(), sentence);
        return program.orElseThrow();
    }

    private static String debianPackage(String name) {
        return switch (name) {
            case "smtp-source", "smtp-sink", "posttls-finger" -> "postfix";
            case "tstclnt" -> "libnss3-tools";
            default -> name;
        };
    }
}
