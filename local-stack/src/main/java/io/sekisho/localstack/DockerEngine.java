package io.sekisho.localstack;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Image;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;

/** The Docker engine of this machine, as Testcontainers finds it. */
final class DockerEngine {
    static final String DIRECTORY_LABEL = "io.sekisho.data-directory";
    private static final String REAPER = "testcontainers/ryuk:";

    private DockerEngine() {}

    /** Whether one answers. Cheap where there is no sign of one: asking Testcontainers costs half a second. */
    static boolean isThere() {
        return signOfOne() && DockerClientFactory.instance().isDockerAvailable();
    }

    static void require() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new StackFailure("SEKISHO_INFRA=docker, but no Docker engine answers."
                    + " Start it, set DOCKER_HOST, or use SEKISHO_INFRA=embedded, which needs none.");
        }
    }

    /** Whether everything is there that would have to be pulled: the servers' images, and Testcontainers' own reaper if it is on. */
    static boolean hasImages(Set<Piece> pieces) {
        Set<String> present = client().listImagesCmd().exec().stream()
                .map(Image::getRepoTags)
                .flatMap(tags -> tags == null ? Stream.empty() : Arrays.stream(tags))
                .collect(Collectors.toSet());
        boolean reaper = Settings.value("TESTCONTAINERS_RYUK_DISABLED")
                        .map(Boolean::parseBoolean)
                        .orElse(false)
                || present.stream().anyMatch(tag -> tag.startsWith(REAPER));
        return reaper && pieces.stream().map(DockerImages::of).allMatch(present::contains);
    }

    /** Where published ports answer. */
    static String host() {
        String host = DockerClientFactory.instance().dockerHostIpAddress();
        return host.equals("localhost") ? "127.0.0.1" : host;
    }

    static DockerClient client() {
        return DockerClientFactory.instance().client();
    }

    /** Removes what a stack in this directory has left running because it was killed. */
    static void removeContainersOf(Path directory) {
        client().listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(DIRECTORY_LABEL, directory.toString()))
                .exec()
                .forEach(left -> client().removeContainerCmd(left.getId())
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec());
    }

    /** Removes the volumes of these names, if there are such. */
    static void removeVolumes(List<String> names) {
        for (String name : names) {
            try {
                client().removeVolumeCmd(name).exec();
            } catch (NotFoundException gone) {
                // As wanted.
            }
        }
    }

    private static boolean signOfOne() {
        Optional<Path> home = Settings.value("HOME").map(Path::of);
        Stream<Path> signs = Stream.concat(
                Stream.of(Path.of("/var/run/docker.sock")),
                Stream.concat(
                        Settings.value("XDG_RUNTIME_DIR").map(Path::of).map(run -> run.resolve("docker.sock")).stream(),
                        home.stream()
                                .flatMap(own -> Stream.of(
                                        own.resolve(".testcontainers.properties"),
                                        own.resolve(".docker/run/docker.sock"),
                                        own.resolve(".docker/desktop/docker.sock")))));
        return Settings.value("DOCKER_HOST").isPresent() || signs.anyMatch(Files::exists);
    }
}
