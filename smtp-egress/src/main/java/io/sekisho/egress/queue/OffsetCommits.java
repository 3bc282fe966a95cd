package io.sekisho.egress.queue;

import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Commits, for each partition, up to the first record that is not done. A commit that fails loses nothing: the next one
 * commits the same or more, and who reads the records again finds their outcomes in the ledger.
 *
 * <p>Thread safety: for the consumer's thread.
 */
final class OffsetCommits {

    private static final Logger LOG = Logger.getLogger(OffsetCommits.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Consumer<byte[], byte[]> consumer;
    private final AssignedPartitions partitions;
    private final Duration interval;
    private boolean underWay;
    private Instant next = Instant.MIN;

    OffsetCommits(Consumer<byte[], byte[]> consumer, Duration interval) {
        this.consumer = consumer;
        this.interval = interval;
        partitions = new AssignedPartitions(this::commitNow);
    }

    /** The partitions whose offsets it commits: those that go are committed before. */
    AssignedPartitions partitions() {
        return partitions;
    }

    /** Commits without waiting, once an interval; one commit is under way at a time. */
    void commitIfDue(Instant now) {
        if (underWay || now.isBefore(next)) {
            return;
        }
        next = now.plus(interval);
        Map<TopicPartition, OffsetAndMetadata> offsets = committable(partitions.begun());
        if (offsets.isEmpty()) {
            return;
        }
        underWay = true;
        consumer.commitAsync(offsets, (committed, failure) -> {
            underWay = false;
            if (failure == null) {
                noteCommitted(committed);
            } else {
                LOG.warn(LogLine.of("offsets not committed").with(LogKey.CAUSE, failure));
            }
        });
    }

    /** Commits and waits for it, up to 10 s. */
    void commitNow(Collection<TopicPartition> which) {
        partitions.drain();
        Map<TopicPartition, OffsetAndMetadata> offsets = committable(which);
        if (offsets.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(offsets, LIMIT);
            noteCommitted(offsets);
        } catch (KafkaException e) {
            LOG.warn(LogLine.of("offsets not committed").with(LogKey.CAUSE, e));
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> committable(Collection<TopicPartition> which) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : which) {
            partitions
                    .of(partition)
                    .flatMap(state ->
                            state.progress().committable().stream().boxed().findFirst())
                    .ifPresent(offset -> offsets.put(partition, new OffsetAndMetadata(offset)));
        }
        return offsets;
    }

    private void noteCommitted(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach(
                (partition, offset) -> partitions.of(partition).ifPresent(state -> state.committed(offset.offset())));
    }
}
