package io.sekisho.localstack.broker;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;

/**
 * A Kafka node in this JVM: formats its storage at the first start, then runs until TERM.
 *
 * <p>Exit code 0 after an orderly end, 1 if it could not start (the reason stands in the log).
 */
public final class BrokerMain {
    private BrokerMain() {}

    /** The arguments are the path of the node's properties and the id of its cluster, which counts at the first start only. */
    public static void main(String[] arguments) throws Exception {
        Properties properties = read(Path.of(arguments[0]));
        Path data = Path.of(properties.getProperty("log.dirs"));
        // Written last, so a format that was interrupted is done again.
        if (!Files.exists(data.resolve("meta.properties"))) {
            format(properties, data, arguments[1]);
        }
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "kafka-shutdown"));
        try {
            server.startup();
        } catch (RuntimeException e) {
            e.printStackTrace();
            System.exit(1);
        }
        server.awaitShutdown();
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }

    private static void format(Properties properties, Path data, String clusterId) throws Exception {
        Files.createDirectories(data);
        new Formatter()
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setNodeId(Integer.parseInt(properties.getProperty("node.id")))
                .setClusterId(clusterId)
                .setControllerListenerName(properties.getProperty("controller.listener.names"))
                .setDirectories(List.of(data.toString()))
                .setMetadataLogDirectory(data.toString())
                // What an interrupted format has left.
                .setIgnoreFormatted(true)
                .run();
    }
}
