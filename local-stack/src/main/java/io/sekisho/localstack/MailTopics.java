package io.sekisho.localstack;

import io.sekisho.mail.topic.TopicSettings;
import io.sekisho.mail.topic.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;

/** Makes the gateway's topics where they are missing, and gives those of an older data directory today's settings. */
final class MailTopics {
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int PARTITIONS = 4;

    private MailTopics() {}

    /**
     * Returns when the brokers have all topics; fails while they are starting, and may be called again.
     *
     * @param brokers how many; on three or more each topic has three replicas
     */
    static void create(String bootstrapServers, int brokers) throws ExecutionException, InterruptedException {
        Map<String, Object> settings = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                TIMEOUT_MILLIS,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                TIMEOUT_MILLIS / 2);
        try (Admin admin = Admin.create(settings)) {
            Set<String> present = admin.listTopics().names().get();
            List<NewTopic> missing = new ArrayList<>();
            Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
            for (String topic : Topics.ALL) {
                TopicSettings wanted =
                        brokers < 3 ? TopicSettings.singleBroker(topic) : TopicSettings.replicated(topic);
                if (present.contains(topic)) {
                    changes.put(new ConfigResource(ConfigResource.Type.TOPIC, topic), set(wanted));
                } else {
                    missing.add(
                            new NewTopic(topic, PARTITIONS, (short) (brokers < 3 ? 1 : 3)).configs(wanted.config()));
                }
            }
            admin.createTopics(missing).all().get();
            admin.incrementalAlterConfigs(changes).all().get();
        }
    }

    private static List<AlterConfigOp> set(TopicSettings wanted) {
        return wanted.config().entrySet().stream()
                .map(setting -> new AlterConfigOp(
                        new ConfigEntry(setting.getKey(), setting.getValue()), AlterConfigOp.OpType.SET))
                .toList();
    }
}
