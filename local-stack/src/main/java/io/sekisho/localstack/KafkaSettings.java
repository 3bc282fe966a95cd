package io.sekisho.localstack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Broker settings of a Kafka node. What makes mail durable is set per topic, see {@link MailTopics}. */
final class KafkaSettings {
    private KafkaSettings() {}

    /**
     * All that goes into {@code server.properties}.
     *
     * @param node one of the nodes
     * @param nodes of the whole cluster
     * @param listenerHost where it listens
     * @param dataDirectory its log directory
     */
    static Map<String, String> broker(
            KafkaNode node, List<KafkaNode> nodes, String listenerHost, String dataDirectory) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(node.id()));
        settings.put("controller.quorum.voters", KafkaNode.voters(nodes));
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put(
                "listeners",
                "PLAINTEXT://" + listenerHost + ":" + node.port() + ",CONTROLLER://127.0.0.1:" + node.controllerPort());
        settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + node.port());
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("log.dirs", dataDirectory);
        // Topics are part of the contract: a misspelt name must fail.
        settings.put("auto.create.topics.enable", "false");
        settings.putAll(common(nodes.size()));
        return settings;
    }

    /**
     * What the nodes of a cluster need, whichever way they are run.
     *
     * @param nodes how many; three or more hold three replicas of each of Kafka's own topics, two of them in sync
     */
    private static Map<String, String> common(int nodes) {
        String replicas = nodes < 3 ? "1" : "3";
        String inSync = nodes < 3 ? "1" : "2";
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("offsets.topic.replication.factor", replicas);
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.replication.factor", replicas);
        settings.put("transaction.state.log.min.isr", inSync);
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("share.coordinator.state.topic.replication.factor", replicas);
        settings.put("share.coordinator.state.topic.min.isr", inSync);
        settings.put("share.coordinator.state.topic.num.partitions", "4");
        // A killed broker is let in again only when its last session is over.
        settings.put("broker.session.timeout.ms", "4000");
        settings.put("broker.heartbeat.interval.ms", "1000");
        // A consumer that starts alone need not wait for company.
        settings.put("group.initial.rebalance.delay.ms", "0");
        return settings;
    }
}
