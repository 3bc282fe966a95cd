package io.sekisho.egress.queue;

import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import io.sekisho.mail.topic.Topics;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * How many records of the intake queue lie above what the pods have committed: mail that was received, and has neither its
 * outcomes nor its schedule rows. Kafka is asked once in five seconds, however often somebody wants to know.
 *
 * <p>Thread safety: all methods, none blocks.
 */
public final class QueueBacklog {

    private static final Logger LOG = Logger.getLogger(QueueBacklog.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration REMEMBERED = Duration.ofSeconds(5);

    private final Admin admin;
    private final Uni<Optional<Long>> unread;

    public QueueBacklog(Admin admin) {
        this.admin = admin;
        unread = Uni.createFrom()
                .deferred(this::ask)
                .map(Optional::of)
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.debug(LogLine.of("backlog not known").with(LogKey.CAUSE, failure));
                    return Optional.empty();
                })
                .memoize()
                .forFixedDuration(REMEMBERED);
    }

    /** Empty where Kafka does not tell within three seconds; never fails. */
    public Uni<Optional<Long>> unread() {
        return unread;
    }

    private Uni<Long> ask() {
        return Uni.createFrom()
                .completionStage(() -> admin.describeTopics(List.of(Topics.QUEUE))
                        .allTopicNames()
                        .toCompletionStage())
                .map(topics -> topics.get(Topics.QUEUE).partitions().stream()
                        .map(partition -> new TopicPartition(Topics.QUEUE, partition.partition()))
                        .toList())
                .chain(partitions -> Uni.combine()
                        .all()
                        .unis(
                                ends(partitions, OffsetSpec.latest()),
                                ends(partitions, OffsetSpec.earliest()),
                                committed())
                        .with(QueueBacklog::between));
    }

    private Uni<Map<TopicPartition, ListOffsetsResultInfo>> ends(List<TopicPartition> partitions, OffsetSpec end) {
        return Uni.createFrom()
                .completionStage(() -> admin.listOffsets(
                                partitions.stream().collect(Collectors.toMap(partition -> partition, any -> end)))
                        .all()
                        .toCompletionStage());
    }

    private Uni<Map<TopicPartition, OffsetAndMetadata>> committed() {
        return Uni.createFrom()
                .completionStage(() -> admin.listConsumerGroupOffsets(QueueSettings.GROUP)
                        .partitionsToOffsetAndMetadata()
                        .toCompletionStage());
    }

    private static long between(
            Map<TopicPartition, ListOffsetsResultInfo> latest,
            Map<TopicPartition, ListOffsetsResultInfo> earliest,
            Map<TopicPartition, OffsetAndMetadata> committed) {
        long unread = 0;
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> partition : latest.entrySet()) {
            OffsetAndMetadata done = committed.get(partition.getKey());
            long first = earliest.get(partition.getKey()).offset();
            unread += partition.getValue().offset() - Math.max(first, done == null ? first : done.offset());
        }
        return unread;
    }
}
