package io.sekisho.localstack;

import java.util.LinkedHashMap;
import java.util.Map;

/** Broker settings of a single Kafka node. What makes mail durable is set per topic, see {@link MailTopics}. */
final class KafkaSettings {
    private KafkaSettings() {}

    /**
     * All that goes into {@code server.properties}.
     *
     * @param listenerHost where it listens
     * @param port where clients reach it at 127.0.0.1, and where it listens
     * @param dataDirectory its log directory
     */
    static Map<String, String> broker(String listenerHost, int port, int controllerPort, String dataDirectory) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put(
                "listeners", "PLAINTEXT://" + listenerHost + ":" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("log.dirs", dataDirectory);
        // Topics are part of the contract: a misspelt name must fail.
        settings.put("auto.create.topics.enable", "false");
        settings.putAll(singleNode());
        return settings;
    }

    /** What a lone broker needs, whichever way it is run. */
    static Map<String, String> singleNode() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "4");
        // A killed broker is let in again only when its last session is over.
        settings.put("broker.session.timeout.ms", "4000");
        settings.put("broker.heartbeat.interval.ms", "1000");
        // A consumer that starts alone need not wait for company.
        settings.put("group.initial.rebalance.delay.ms", "0");
        return settings;
    }
}
