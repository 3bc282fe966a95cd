package io.sekisho.egress.queue;

import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * The partitions that this pod has, and what happens when they come and go. One that goes in order is committed first; one
 * that was lost cannot be, as another pod has it by now. In both cases who is at work on its records is told.
 *
 * <p>Thread safety: for the consumer's thread; the rebalance methods are called within its poll.
 */
final class AssignedPartitions implements ConsumerRebalanceListener {

    private static final Logger LOG = Logger.getLogger(AssignedPartitions.class);

    private final Map<TopicPartition, PartitionState> states = new HashMap<>();
    private final Consumer<Collection<TopicPartition>> beforeRevocation;

    /**
     * None yet.
     *
     * @param beforeRevocation commits what is done of these
     */
    AssignedPartitions(Consumer<Collection<TopicPartition>> beforeRevocation) {
        this.beforeRevocation = beforeRevocation;
    }

    /** A partition of which a record came; the first one says where it begins. */
    PartitionState withRecordAt(TopicPartition partition, long offset) {
        return states.computeIfAbsent(partition, assigned -> new PartitionState(assigned, offset));
    }

    /** A partition; empty before its first record, and after it went. */
    Optional<PartitionState> of(TopicPartition partition) {
        return Optional.ofNullable(states.get(partition));
    }

    /** Those of which a record came. */
    Set<TopicPartition> begun() {
        return Set.copyOf(states.keySet());
    }

    void forEach(BiConsumer<TopicPartition, PartitionState> action) {
        states.forEach(action);
    }

    /** Takes note of what was acknowledged since the last call. */
    void drain() {
        states.values().forEach(PartitionState::drain);
    }

    /** Why partitions are paused for good. */
    List<String> blocked() {
        return states.values().stream()
                .flatMap(state -> state.blocked().stream())
                .toList();
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        log("queue partitions assigned", assigned);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        beforeRevocation.accept(revoked);
        drop(revoked);
        log("queue partitions revoked", revoked);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
        drop(lost);
        log("queue partitions lost", lost);
    }

    /** They go: what was not begun is another pod's to begin. */
    void drop(Collection<TopicPartition> gone) {
        for (TopicPartition partition : gone) {
            PartitionState state = states.remove(partition);
            if (state != null) {
                state.revoke();
            }
        }
    }

    private static void log(String what, Collection<TopicPartition> which) {
        if (!which.isEmpty()) {
            LOG.info(LogLine.of(what)
                    .with(
                            LogKey.PARTITION,
                            which.stream()
                                    .map(partition -> Integer.toString(partition.partition()))
                                    .sorted()
                                    .toList()));
        }
    }
}
