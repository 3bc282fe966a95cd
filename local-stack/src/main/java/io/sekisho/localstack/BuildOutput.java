package io.sekisho.localstack;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where this module was built: its {@code target} directory holds the class path of the children and their unpacked binaries.
 *
 * <p>The broker's jars are not on the class path of whoever uses this module (they would meddle with the services' Jackson and
 * logging), so they are found through a file that the build leaves beside the classes, under surefire and in a packaged build alike.
 *
 * @param target the directory that holds {@code children.classpath}
 * @param code the jar or directory that this class was loaded from
 */
record BuildOutput(Path target, Path code) {
    private static final String CLASSPATH_FILE = "children.classpath";
    /** target/classes in a build, target/x.jar when packaged, target/project-local-repo/… with Maven 4. */
    private static final int LEVELS = 6;

    static BuildOutput locate() {
        Path code = codeSource()
                .orElseThrow(
                        () -> new StackFailure("It cannot be told where the classes of local-stack were loaded from."));
        Path directory = code.getParent();
        for (int i = 0; i < LEVELS && directory != null; i++, directory = directory.getParent()) {
            if (Files.exists(directory.resolve(CLASSPATH_FILE))) {
                return new BuildOutput(directory, code);
            }
        }
        throw new StackFailure("No file " + CLASSPATH_FILE + " above " + code
                + ". Build the module local-stack with Maven (mvn -pl local-stack -am compile), which writes it.");
    }

    /** The root of the repository: the directory that holds {@code local-stack/target}. */
    Path repository() {
        Path module = target.toAbsolutePath().normalize().getParent();
        return module == null || module.getParent() == null ? target : module.getParent();
    }

    /** All jars and directories that a child JVM runs on, this module's own code first. */
    List<Path> childrenClasspath() {
        try {
            List<Path> entries = new ArrayList<>(List.of(code));
            String text = Files.readString(target.resolve(CLASSPATH_FILE)).strip();
            Arrays.stream(text.split(File.pathSeparator)).map(Path::of).forEach(entries::add);
            return entries;
        } catch (IOException e) {
            throw new StackFailure("Cannot read " + target.resolve(CLASSPATH_FILE) + ": " + e.getMessage(), e);
        }
    }

    /** The jar among the children's whose file name starts so. */
    Path jar(String namePrefix) {
        return childrenClasspath().stream()
                .filter(entry -> entry.getFileName().toString().startsWith(namePrefix))
                .findFirst()
                .orElseThrow(() -> new StackFailure("No jar " + namePrefix + "* in " + target.resolve(CLASSPATH_FILE)
                        + ": this platform (" + System.getProperty("os.name") + ", " + System.getProperty("os.arch")
                        + ") may have no such artifact; use SEKISHO_INFRA=docker."));
    }

    private static Optional<Path> codeSource() {
        CodeSource source = BuildOutput.class.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(source.getLocation().toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
