package io.sekisho.localstack.cluster;

import io.sekisho.localstack.PrivateFiles;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The first API keys, as a Kubernetes Secret holds them in a cluster.
 *
 * @param admin of role {@code admin}
 * @param service of role {@code service}
 */
record ClusterKeys(String admin, String service) {

    /** Those kept in the directory, made there at the first start; a given admin key is used without being kept. */
    static ClusterKeys in(Path directory, Optional<String> adminKey) {
        return new ClusterKeys(
                adminKey.orElseGet(() -> PrivateFiles.secret(directory.resolve("admin-key"), "sk_")),
                PrivateFiles.secret(directory.resolve("service-key"), "sk_"));
    }

    @Override
    public String toString() {
        return "ClusterKeys[masked]";
    }
}
