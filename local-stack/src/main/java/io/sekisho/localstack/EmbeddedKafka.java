package io.sekisho.localstack;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One Kafka node (KRaft, broker and controller at once) in a JVM of its own. */
final class EmbeddedKafka extends EmbeddedServer {
    private final KafkaNode node;
    private final List<KafkaNode> nodes;
    private final String clusterId;
    private final Path directory;
    private final Path log;
    private final BuildOutput build;

    /**
     * A node.
     *
     * @param nodes the whole cluster, this one included
     * @param clusterId what the nodes' data directories have in common
     */
    EmbeddedKafka(
            KafkaNode node, List<KafkaNode> nodes, String clusterId, Path directory, Path log, BuildOutput build) {
        super(Piece.KAFKA, node.name(), node.port());
        this.node = node;
        this.nodes = List.copyOf(nodes);
        this.clusterId = clusterId;
        this.directory = directory;
        this.log = log;
        this.build = build;
    }

    @Override
    ChildCommand prepare() {
        Path properties = directory.resolve("server.properties");
        try {
            Files.createDirectories(directory);
            Files.writeString(properties, propertiesText());
        } catch (IOException e) {
            throw new StackFailure("Cannot write " + properties + ": " + e.getMessage() + Disk.hint(directory), e);
        }
        String classpath =
                build.childrenClasspath().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        List<String> words = List.of(
                CurrentJvm.java().toString(),
                "-Xms96m",
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                // Of the providers on the class path the one whose output is a plain file.
                "-Dslf4j.provider=org.slf4j.jul.JULServiceProvider",
                "-Dslf4j.internal.verbosity=WARN",
                "-Djava.util.logging.config.class=io.sekisho.localstack.broker.BrokerLogging",
                "-cp",
                classpath,
                "io.sekisho.localstack.broker.BrokerMain",
                properties.toString(),
                clusterId);
        return new ChildCommand(name(), words, Map.of(), directory, log, ChildCommand.StopSignal.TERM);
    }

    private String propertiesText() {
        // The controllers' ports may differ at each start of the whole cluster: the static voter list is read from
        // here, not from the metadata log.
        String data = directory.resolve("data").toString().replace("\\", "\\\\");
        return KafkaSettings.broker(node, nodes, "127.0.0.1", data).entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
                .collect(Collectors.joining());
    }
}
