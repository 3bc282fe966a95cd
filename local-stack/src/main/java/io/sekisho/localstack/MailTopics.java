package io.sekisho.localstack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/** Makes the gateway's topics where they are missing, with the settings of a single broker. */
final class MailTopics {
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final short ONE_REPLICA = 1;
    private static final int PARTITIONS = 4;
    private static final String MIB_64 = Integer.toString(64 * 1024 * 1024);
    private static final Map<String, Map<String, String>> TOPICS = Map.of(
            "sekisho.mail.queue",
            Map.of(
                    "retention.ms", "-1",
                    "retention.bytes", "-1",
                    "flush.messages", "1",
                    "segment.bytes", MIB_64,
                    "segment.ms", "600000",
                    "max.message.bytes", "4194304",
                    "message.timestamp.type", "LogAppendTime"),
            "sekisho.mail.content",
            Map.of(
                    "retention.ms", "604800000",
                    "flush.messages", "1",
                    "segment.bytes", MIB_64,
                    "segment.ms", "600000",
                    "max.message.bytes", "4194304",
                    "message.timestamp.type", "LogAppendTime"),
            "sekisho.mail.events",
            Map.of("max.message.bytes", "4194304", "message.timestamp.type", "LogAppendTime"),
            "sekisho.dead-letter",
            Map.of("max.message.bytes", "4194304", "message.timestamp.type", "LogAppendTime"));

    private MailTopics() {}

    /** Returns when the broker has all topics; fails while it is starting, and may be called again. */
    static void create(String bootstrapServers) throws ExecutionException, InterruptedException {
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
            TOPICS.forEach((name, configuration) -> {
                if (!present.contains(name)) {
                    missing.add(new NewTopic(name, PARTITIONS, ONE_REPLICA).configs(configuration));
                }
            });
            admin.createTopics(missing).all().get();
        }
    }
}
