package io.sekisho.egress.content;

import io.sekisho.mail.topic.Topics;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;

/**
 * The identity of the content topic: one that was deleted and made anew has other messages at the same offsets.
 *
 * <p>Thread safety: may be asked from any thread; the broker is asked once in ten seconds.
 */
public final class ContentTopic {

    private static final long VALID_NANOS = Duration.ofSeconds(10).toNanos();

    private record Known(String id, long until) {}

    private final Admin admin;
    private volatile Known known;

    public ContentTopic(Admin admin) {
        this.admin = admin;
    }

    /** Kafka's id of the topic. Fails where the broker does not answer. */
    public Uni<String> id() {
        return Uni.createFrom().deferred(() -> {
            Known last = known;
            return last != null && System.nanoTime() - last.until < 0
                    ? Uni.createFrom().item(last.id)
                    : ask();
        });
    }

    private Uni<String> ask() {
        return Uni.createFrom()
                .completionStage(() -> admin.describeTopics(List.of(Topics.CONTENT))
                        .topicNameValues()
                        .get(Topics.CONTENT)
                        .toCompletionStage())
                .map(description -> description.topicId().toString())
                .invoke(id -> known = new Known(id, System.nanoTime() + VALID_NANOS));
    }
}
