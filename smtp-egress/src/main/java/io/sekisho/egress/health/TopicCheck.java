package io.sekisho.egress.health;

import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import io.sekisho.mail.topic.TopicSettings;
import io.sekisho.mail.topic.Topics;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.jboss.logging.Logger;

/**
 * Asks Kafka whether the topics are set so that no mail can be lost.
 *
 * <p>Lifecycle: {@link #start} asks until all is well. Thread safety: all methods.
 */
public final class TopicCheck {

    private static final Logger LOG = Logger.getLogger(TopicCheck.class);
    private static final List<String> TOPICS = List.of(Topics.QUEUE, Topics.CONTENT, Topics.EVENTS);
    private static final Duration BEYOND_LIFETIME = Duration.ofDays(2);
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Admin admin;
    private final Duration queueLifetime;
    private volatile List<String> differences = List.of("the topics were not checked yet");

    public TopicCheck(Admin admin, Duration queueLifetime) {
        this.admin = admin;
        this.queueLifetime = queueLifetime;
    }

    /** A sentence for each thing that is not as it must be; empty where all is well. */
    public List<String> differences() {
        return differences;
    }

    /** Asks, and asks again every five seconds as long as something differs. */
    public void start() {
        check().onFailure()
                .recoverWithItem(failure -> List.of("Kafka does not tell how its topics are set: " + failure))
                .invoke(this::note)
                .repeat()
                .withDelay(AGAIN)
                .until(List::isEmpty)
                .subscribe()
                .with(any -> {}, bug -> LOG.error(LogLine.of("topics not checked"), bug));
    }

    private void note(List<String> found) {
        if (!found.equals(differences) && !found.isEmpty()) {
            found.forEach(difference -> LOG.error(LogLine.of("topic is not as it must be")
                    .with(LogKey.ALERT, "topics")
                    .with(LogKey.SETTING, difference)));
        }
        differences = List.copyOf(found);
    }

    private Uni<List<String>> check() {
        List<ConfigResource> resources = TOPICS.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        return Uni.createFrom()
                .completionStage(() -> admin.describeCluster().nodes().toCompletionStage())
                .chain(nodes -> Uni.createFrom()
                        .completionStage(
                                () -> admin.describeConfigs(resources).all().toCompletionStage())
                        .map(configs -> differences(configs, nodes.size())));
    }

    private List<String> differences(Map<ConfigResource, Config> configs, int brokers) {
        List<String> found = new ArrayList<>();
        configs.forEach((resource, config) -> {
            Map<String, String> actual = new HashMap<>();
            config.entries().forEach(entry -> actual.put(entry.name(), entry.value()));
            // One broker has no replicas to rely on; it flushes to disk instead.
            TopicSettings wanted = brokers == 1
                    ? TopicSettings.singleBroker(resource.name())
                    : TopicSettings.replicated(resource.name());
            found.addAll(wanted.differences(actual));
            if (resource.name().equals(Topics.CONTENT)) {
                retention(actual).ifPresent(found::add);
            }
        });
        return found;
    }

    private Optional<String> retention(Map<String, String> actual) {
        long wanted = queueLifetime.plus(BEYOND_LIFETIME).toMillis();
        long found = Long.parseLong(actual.getOrDefault("retention.ms", "-1"));
        return found < 0 || found >= wanted
                ? Optional.empty()
                : Optional.of("topic " + Topics.CONTENT + " has retention.ms=" + found + ", must be " + wanted
                        + " (sekisho.delivery.queue-lifetime and two days)");
    }
}
