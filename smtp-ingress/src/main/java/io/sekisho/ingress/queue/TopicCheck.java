package io.sekisho.ingress.queue;

import io.sekisho.ingress.queue.KafkaMailQueue.TopicState;
import io.sekisho.mail.topic.TopicSettings;
import io.sekisho.mail.topic.Topics;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Whether the topics are set as they must be, or mail could be lost: asked of Kafka itself.
 *
 * <p><b>Thread safety:</b> any thread.
 */
final class TopicCheck {

    private static final List<String> TOPICS = List.of(Topics.QUEUE, Topics.CONTENT, Topics.EVENTS);
    private static final int REPLICAS = 3;

    private final Admin admin;

    TopicCheck(Admin admin) {
        this.admin = admin;
    }

    /** Never fails: what cannot be asked is unknown. */
    Uni<TopicState> check() {
        return Uni.combine()
                .all()
                .unis(nodes(), descriptions(), configs())
                .with(TopicCheck::judge)
                .onFailure()
                .recoverWithItem(TopicCheck::unasked);
    }

    private Uni<Collection<Node>> nodes() {
        return uni(() -> admin.describeCluster().nodes().toCompletionStage());
    }

    private Uni<Map<String, TopicDescription>> descriptions() {
        return uni(() -> admin.describeTopics(TOPICS).allTopicNames().toCompletionStage());
    }

    private Uni<Map<ConfigResource, Config>> configs() {
        List<ConfigResource> resources = TOPICS.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        return uni(() -> admin.describeConfigs(resources).all().toCompletionStage());
    }

    private static <T> Uni<T> uni(Supplier<CompletionStage<T>> question) {
        return Uni.createFrom().completionStage(question);
    }

    private static TopicState judge(
            Collection<Node> nodes, Map<String, TopicDescription> descriptions, Map<ConfigResource, Config> configs) {
        // A cluster of which only one broker lives still has its replicas assigned.
        boolean single =
                nodes.size() == 1 && descriptions.values().stream().allMatch(description -> replicas(description) == 1);
        List<String> differences = new ArrayList<>();
        for (String topic : TOPICS) {
            TopicSettings wanted = single ? TopicSettings.singleBroker(topic) : TopicSettings.replicated(topic);
            differences.addAll(
                    wanted.differences(values(configs.get(new ConfigResource(ConfigResource.Type.TOPIC, topic)))));
            int replicas = replicas(descriptions.get(topic));
            if (!single && replicas < REPLICAS) {
                differences.add("topic " + topic + " has replication factor " + replicas + ", must be " + REPLICAS);
            }
        }
        return differences.isEmpty()
                ? new TopicState.Fit(descriptions.get(Topics.CONTENT).topicId().toString())
                : new TopicState.Unfit(String.join("; ", differences));
    }

    private static int replicas(TopicDescription description) {
        return description.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
    }

    private static Map<String, String> values(Config config) {
        Map<String, String> values = new HashMap<>();
        config.entries().forEach(entry -> values.put(entry.name(), entry.value()));
        return values;
    }

    private static TopicState unasked(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof UnknownTopicOrPartitionException
                ? new TopicState.Unfit("a topic is missing in Kafka; there must be " + String.join(", ", TOPICS))
                : new TopicState.Unknown("Kafka cannot be asked about its topics: " + cause.getMessage());
    }
}
