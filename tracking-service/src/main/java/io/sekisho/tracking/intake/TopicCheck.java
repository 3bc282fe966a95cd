package io.sekisho.tracking.intake;

import io.sekisho.mail.topic.TopicSettings;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.common.config.ConfigResource;

/** Compares the settings of topics with what they must be: of one broker, or of a cluster. */
final class TopicCheck {
    private final Admin admin;
    private final List<String> topics;
    private final int timeoutMillis;

    TopicCheck(Admin admin, List<String> topics, Duration timeout) {
        this.admin = admin;
        this.topics = List.copyOf(topics);
        this.timeoutMillis = (int) timeout.toMillis();
    }

    /** A sentence for each setting that is wrong; fails where Kafka does not answer or has not all of the topics. */
    Uni<List<String>> faults() {
        return Uni.combine()
                .all()
                .unis(brokers(), configurations())
                .asTuple()
                .map(found -> topics.stream()
                        .flatMap(topic ->
                                wanted(topic, found.getItem1())
                                        .differences(found.getItem2().get(topic))
                                        .stream())
                        .toList());
    }

    private static TopicSettings wanted(String topic, int brokers) {
        return brokers == 1 ? TopicSettings.singleBroker(topic) : TopicSettings.replicated(topic);
    }

    private Uni<Integer> brokers() {
        return Uni.createFrom()
                .completionStage(() -> admin.describeCluster(new DescribeClusterOptions().timeoutMs(timeoutMillis))
                        .nodes()
                        .toCompletionStage())
                .map(nodes -> nodes.size());
    }

    private Uni<Map<String, Map<String, String>>> configurations() {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        return Uni.createFrom()
                .completionStage(
                        () -> admin.describeConfigs(resources, new DescribeConfigsOptions().timeoutMs(timeoutMillis))
                                .all()
                                .toCompletionStage())
                .map(configs -> {
                    Map<String, Map<String, String>> byTopic = new HashMap<>();
                    configs.forEach((resource, config) -> byTopic.put(resource.name(), values(config)));
                    return byTopic;
                });
    }

    private static Map<String, String> values(Config config) {
        Map<String, String> values = new HashMap<>();
        config.entries().forEach(entry -> values.put(entry.name(), entry.value()));
        return values;
    }
}
