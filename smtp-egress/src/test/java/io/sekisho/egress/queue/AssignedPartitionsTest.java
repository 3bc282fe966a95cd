package io.sekisho.egress.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.mail.topic.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class AssignedPartitionsTest {

    private static final TopicPartition ZERO = new TopicPartition(Topics.QUEUE, 0);
    private static final TopicPartition ONE = new TopicPartition(Topics.QUEUE, 1);

    private final List<Collection<TopicPartition>> committed = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final AssignedPartitions partitions = new AssignedPartitions(which -> {
        committed.add(List.copyOf(which));
        told.add("committed");
    });

    @Test
    void commitsWhatGoesInOrderBeforeWhoIsAtWorkIsTold() {
        handOver(ZERO, 7);
        handOver(ONE, 7);
        partitions.onPartitionsRevoked(List.of(ZERO));
        assertThat(committed).containsExactly(List.of(ZERO));
        assertThat(told).containsExactly("committed", "revoked 0@7");
        assertThat(partitions.begun()).containsExactly(ONE);
    }

    @Test
    void commitsNothingOfWhatWasLostAndTellsWhoIsAtWork() {
        Receipt receipt = handOver(ZERO, 7);
        partitions.onPartitionsLost(List.of(ZERO));
        assertThat(committed).isEmpty();
        assertThat(told).containsExactly("revoked 0@7");
        assertThat(receipt.isRevoked()).isTrue();
    }

    @Test
    void lendsALateAcknowledgementNoEffectOnAPartitionThatCameBack() {
        Receipt late = handOver(ZERO, 7);
        partitions.onPartitionsLost(List.of(ZERO));
        handOver(ZERO, 7);
        late.acknowledge();
        partitions.drain();
        assertThat(partitions.of(ZERO).orElseThrow().progress().committable()).isEmpty();
    }

    private Receipt handOver(TopicPartition partition, long offset) {
        Receipt receipt = partitions.withRecordAt(partition, offset).handOver(offset);
        receipt.onRevoked(() -> told.add("revoked " + partition.partition() + "@" + offset));
        return receipt;
    }
}
