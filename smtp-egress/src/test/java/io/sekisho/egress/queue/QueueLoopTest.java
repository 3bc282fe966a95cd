package io.sekisho.egress.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueueLoopTest {

    private static final TopicPartition ZERO = new TopicPartition(Topics.QUEUE, 0);
    private static final TopicPartition ONE = new TopicPartition(Topics.QUEUE, 1);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final Taken taken = new Taken();
    private final Map<TopicPartition, Long> trimmed = new ConcurrentHashMap<>();
    private final QueueSettings settings = new QueueSettings(300, Duration.ofMillis(20), Duration.ofMillis(50));
    private final QueueLoop loop = new QueueLoop(consumer, taken, trimmed::putAll, settings, Clock.systemUTC());
    private final Thread thread = new Thread(loop, "queue-loop-test");

    @BeforeEach
    void start() {
        consumer.setMaxPollRecords(QueueSettings.POLLED_AT_ONCE);
        consumer.updateBeginningOffsets(Map.of(ZERO, 0L, ONE, 0L));
        thread.start();
        // MockConsumer wants the subscription before the assignment.
        await().until(() -> !consumer.subscription().isEmpty());
        consumer.schedulePollTask(() -> consumer.rebalance(List.of(ZERO, ONE)));
        await().until(() -> loop.status().assigned() == 2);
    }

    @AfterEach
    void stop() throws InterruptedException {
        loop.stop();
        thread.join(5_000);
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void commitsWhatIsDoneWithoutAGapAndTrimsBelowIt() {
        add(ZERO, 0, 3);
        await().until(() -> taken.receipts.size() == 3);
        taken.receipts.get(key(ZERO, 1)).acknowledge();
        taken.receipts.get(key(ZERO, 0)).acknowledge();
        await().untilAsserted(() -> assertThat(committed(ZERO)).isEqualTo(2));
        await().untilAsserted(() -> assertThat(trimmed).containsEntry(ZERO, 2L));
        taken.receipts.get(key(ZERO, 2)).acknowledge();
        await().untilAsserted(() -> assertThat(committed(ZERO)).isEqualTo(3));
    }

    @Test
    void pausesAPartitionThatRunsTooFarAheadAndResumesIt() {
        add(ZERO, 0, 1_000);
        add(ONE, 0, 1);
        await().untilAsserted(() -> assertThat(consumer.paused()).contains(ZERO).doesNotContain(ONE));
        assertThat(taken.of(ZERO)).hasSizeLessThanOrEqualTo(300).hasSizeGreaterThan(200);
        taken.of(ZERO).forEach(Receipt::acknowledge);
        await().untilAsserted(() -> {
            taken.of(ZERO).forEach(Receipt::acknowledge);
            assertThat(committed(ZERO)).isEqualTo(1_000);
        });
    }

    @Test
    void pausesEverythingWithoutRoomAndKeepsBeating() {
        taken.room = false;
        await().untilAsserted(() -> assertThat(consumer.paused()).contains(ZERO, ONE));
        var beat = loop.status().lastBeat();
        await().untilAsserted(() -> assertThat(loop.status().lastBeat()).isAfter(beat));
        taken.room = true;
        await().untilAsserted(() -> assertThat(consumer.paused()).isEmpty());
    }

    @Test
    void stopsBehindARecordOfALaterVersionAndSaysSo() {
        taken.blockAt = 1;
        add(ZERO, 0, 5);
        await().untilAsserted(() ->
                assertThat(loop.status().blocked()).singleElement().asString().contains("later"));
        assertThat(taken.of(ZERO)).hasSize(2);
        taken.of(ZERO).get(0).acknowledge();
        await().untilAsserted(() -> assertThat(committed(ZERO)).isEqualTo(1));
        assertThat(consumer.paused()).contains(ZERO).doesNotContain(ONE);
    }

    @Test
    void pausesOnlyThePartitionOfARecordThatItsTakerFailsAt() {
        taken.failAt = 1;
        add(ZERO, 0, 5);
        add(ONE, 0, 1);
        await().untilAsserted(() ->
                assertThat(loop.status().blocked()).singleElement().asString().contains("could not be taken"));
        taken.of(ZERO).forEach(Receipt::acknowledge);
        await().untilAsserted(() -> assertThat(committed(ZERO)).isEqualTo(1));
        await().untilAsserted(() -> assertThat(consumer.paused()).contains(ZERO).doesNotContain(ONE));
        add(ONE, 1, 1);
        await().until(() -> taken.of(ONE).size() == 2);
    }

    @Test
    void takesNothingMoreWhenStoppedAndStillCommitsWhatIsDone() {
        add(ZERO, 0, 1);
        await().until(() -> taken.of(ZERO).size() == 1);
        loop.stopIntake();
        await().untilAsserted(() -> assertThat(consumer.paused()).contains(ZERO, ONE));
        add(ZERO, 1, 1);
        taken.of(ZERO).get(0).acknowledge();
        await().untilAsserted(() -> assertThat(committed(ZERO)).isEqualTo(1));
        assertThat(taken.of(ZERO)).hasSize(1);
    }

    @Test
    void commitsWhatIsDoneBeforeAPartitionGoesAndTellsWhoIsAtWork() {
        add(ZERO, 0, 2);
        await().until(() -> taken.receipts.size() == 2);
        List<String> told = new CopyOnWriteArrayList<>();
        Receipt first = taken.receipts.get(key(ZERO, 0));
        Receipt second = taken.receipts.get(key(ZERO, 1));
        first.onCommitted(() -> told.add("first committed"));
        second.onRevoked(() -> told.add("second revoked"));
        first.acknowledge();
        consumer.schedulePollTask(() -> consumer.rebalance(List.of(ONE)));
        await().untilAsserted(() -> assertThat(told).containsExactly("first committed", "second revoked"));
        assertThat(second.isRevoked()).isTrue();
        // Late: goes nowhere.
        second.acknowledge();
        await().untilAsserted(() -> assertThat(loop.status().assigned()).isEqualTo(1));
    }

    private long committed(TopicPartition partition) {
        var offset = consumer.committed(Set.of(partition)).get(partition);
        return offset == null ? -1 : offset.offset();
    }

    private void add(TopicPartition partition, int from, int count) {
        consumer.schedulePollTask(() -> {
            for (int i = 0; i < count; i++) {
                ConsumerRecord<byte[], byte[]> record =
                        new ConsumerRecord<>(partition.topic(), partition.partition(), from + i, null, new byte[] {1});
                record.headers().add(Envelope.HEADER, "{}".getBytes(StandardCharsets.UTF_8));
                consumer.addRecord(record);
            }
        });
    }

    private static String key(TopicPartition partition, long offset) {
        return partition.partition() + "@" + offset;
    }

    /** Takes everything there is room for, and finishes nothing by itself. */
    private static final class Taken implements QueueIntake {
        private final Map<String, Receipt> receipts = new ConcurrentHashMap<>();
        private final Map<Integer, List<Receipt>> byPartition = new ConcurrentHashMap<>();
        private volatile boolean room = true;
        private volatile long blockAt = -1;
        private volatile long failAt = -1;

        @Override
        public boolean hasRoom() {
            return room;
        }

        @Override
        public void accept(QueueRecord record, Receipt receipt) {
            if (record.offset() == failAt && record.partition() == 0) {
                throw new IllegalStateException("a bug of the taker");
            }
            receipts.put(record.position(), receipt);
            byPartition
                    .computeIfAbsent(record.partition(), any -> new CopyOnWriteArrayList<>())
                    .add(receipt);
            if (record.offset() == blockAt) {
                receipt.block("a later version");
            }
        }

        List<Receipt> of(TopicPartition partition) {
            return byPartition.getOrDefault(partition.partition(), List.of());
        }
    }
}
