package io.sekisho.localstack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The volumes that keep the containers' data where a child process would keep it in the data directory. A file in the directory lists them,
 * so that they can be forgotten with it.
 */
final class DockerVolumes {
    private static final int NAME_DIGITS = 12;

    private final Path directory;
    private final Path list;

    DockerVolumes(Path directory) {
        this.directory = directory;
        this.list = directory.resolve("docker-volumes");
    }

    /** The name of the volume of one piece, which is noted. */
    String of(Piece piece) {
        String name = "sekisho-" + digest() + "-" + piece.id();
        try {
            if (!names().contains(name)) {
                Files.writeString(list, name + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            throw new StackFailure("Cannot write " + list + ": " + e.getMessage(), e);
        }
        return name;
    }

    /** Removes those that were noted. Does nothing, and asks no engine, if there are none. */
    void remove() {
        try {
            List<String> names = names();
            if (!names.isEmpty()) {
                DockerEngine.removeContainersOf(directory);
                DockerEngine.removeVolumes(names);
            }
        } catch (IOException e) {
            throw new StackFailure("Cannot read " + list + ": " + e.getMessage(), e);
        }
    }

    private List<String> names() throws IOException {
        return Files.exists(list) ? Files.readAllLines(list) : List.of();
    }

    private String digest() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(directory.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, NAME_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
