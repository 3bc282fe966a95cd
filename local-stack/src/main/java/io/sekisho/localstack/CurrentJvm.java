package io.sekisho.localstack;

import java.nio.file.Path;

/** The Java that this JVM runs on, for children. */
public final class CurrentJvm {
    private CurrentJvm() {}

    /** Its program {@code java}. */
    public static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }
}
