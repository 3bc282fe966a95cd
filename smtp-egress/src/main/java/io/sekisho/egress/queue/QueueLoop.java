package io.sekisho.egress.queue;

import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import io.sekisho.mail.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;

/**
 * Reads the intake queue: hands records over as long as there is room, commits what is done without a gap, pauses what
 * runs too far ahead. It waits for nothing but Kafka, so its beat tells whether the pod lives.
 *
 * <p>Lifecycle: {@link #run} on a thread of its own until {@link #stop}; the consumer is closed by that thread.
 *
 * <p>Thread safety: {@link #status}, {@link #stopIntake} and {@link #stop} may be called from any thread.
 */
final class QueueLoop implements Runnable {

    private static final Logger LOG = Logger.getLogger(QueueLoop.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration COMMIT_LIMIT = Duration.ofSeconds(10);

    private final Consumer<byte[], byte[]> consumer;
    private final QueueIntake intake;
    private final QueueTrimmer trimmer;
    private final QueueSettings settings;
    private final Clock clock;
    private final Map<TopicPartition, PartitionState> partitions = new HashMap<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean intakeStopped;
    private volatile QueueStatus status;
    private boolean commitUnderWay;
    private Instant nextCommit = Instant.MIN;
    private Instant nextTrim;

    QueueLoop(
            Consumer<byte[], byte[]> consumer,
            QueueIntake intake,
            QueueTrimmer trimmer,
            QueueSettings settings,
            Clock clock) {
        this.consumer = consumer;
        this.intake = intake;
        this.trimmer = trimmer;
        this.settings = settings;
        this.clock = clock;
        nextTrim = clock.instant().plus(settings.trimInterval());
        status = new QueueStatus(false, clock.instant(), 0, List.of());
    }

    QueueStatus status() {
        return status;
    }

    /** Hands over nothing more; what was handed over may still be acknowledged. */
    void stopIntake() {
        intakeStopped = true;
    }

    /** Commits what is done and ends the loop. */
    void stop() {
        stopping.countDown();
    }

    @Override
    public void run() {
        try {
            consumer.subscribe(List.of(Topics.QUEUE), new Assignment());
            while (stopping.getCount() > 0) {
                round();
            }
        } finally {
            close();
        }
    }

    private void round() {
        try {
            partitions.values().forEach(PartitionState::drain);
            pauseAndResume();
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                handOver(record);
            }
            Instant now = clock.instant();
            if (!now.isBefore(nextCommit) && !commitUnderWay) {
                nextCommit = now.plus(settings.commitInterval());
                commit();
            }
            if (!now.isBefore(nextTrim)) {
                nextTrim = now.plus(settings.trimInterval());
                trim();
            }
        } catch (InterruptException stopped) {
            stopping.countDown();
        } catch (KafkaException e) {
            // Not authorised, a broker too old, …: nothing here heals it, but an operator may.
            LOG.error(LogLine.of("queue cannot be read").with(LogKey.CAUSE, e), e);
            rest();
        }
        beat();
    }

    private void handOver(ConsumerRecord<byte[], byte[]> record) {
        PartitionState partition = partitions.computeIfAbsent(
                new TopicPartition(record.topic(), record.partition()),
                assigned -> new PartitionState(assigned, record.offset()));
        // What lies behind a record that this version must not touch is not touched either.
        if (partition.blocked().isEmpty()) {
            Receipt receipt = partition.handOver(record.offset());
            try {
                intake.accept(QueueRecord.of(record), receipt);
            } catch (RuntimeException bug) {
                // One record must not end the pod, nor be passed over.
                LOG.error(LogLine.of("record not taken").with(LogKey.ALERT, "bug"), bug);
                receipt.block("partition " + record.partition() + " is paused at offset " + record.offset()
                        + ": the record could not be taken: " + bug);
            }
        }
    }

    private void pauseAndResume() {
        boolean room = !intakeStopped && intake.hasRoom();
        Set<TopicPartition> pause = new HashSet<>();
        Set<TopicPartition> resume = new HashSet<>();
        for (TopicPartition partition : consumer.assignment()) {
            PartitionState state = partitions.get(partition);
            boolean open = state == null || (state.blocked().isEmpty() && !isFull(state));
            (room && open ? resume : pause).add(partition);
        }
        Set<TopicPartition> paused = consumer.paused();
        pause.removeAll(paused);
        resume.retainAll(paused);
        consumer.pause(pause);
        consumer.resume(resume);
    }

    private boolean isFull(PartitionState state) {
        // One more poll must not overrun the bound.
        return state.progress().aboveCommitted() + QueueSettings.POLLED_AT_ONCE > settings.recordsAboveCommitted();
    }

    private void commit() {
        Map<TopicPartition, OffsetAndMetadata> offsets = committable(partitions.keySet());
        if (offsets.isEmpty()) {
            return;
        }
        commitUnderWay = true;
        consumer.commitAsync(offsets, (committed, failure) -> {
            commitUnderWay = false;
            if (failure == null) {
                noteCommitted(committed);
            } else {
                // The next round commits the same or more.
                LOG.warn(LogLine.of("offsets not committed").with(LogKey.CAUSE, failure));
            }
        });
    }

    private void commitNow(Collection<TopicPartition> which) {
        partitions.values().forEach(PartitionState::drain);
        Map<TopicPartition, OffsetAndMetadata> offsets = committable(which);
        if (offsets.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(offsets, COMMIT_LIMIT);
            noteCommitted(offsets);
        } catch (KafkaException e) {
            // Whoever reads the partition next finds the outcomes in the ledger.
            LOG.warn(LogLine.of("offsets not committed").with(LogKey.CAUSE, e));
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> committable(Collection<TopicPartition> which) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : which) {
            PartitionState state = partitions.get(partition);
            if (state != null) {
                state.progress()
                        .committable()
                        .ifPresent(offset -> offsets.put(partition, new OffsetAndMetadata(offset)));
            }
        }
        return offsets;
    }

    private void noteCommitted(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            PartitionState state = partitions.get(partition);
            if (state != null) {
                state.committed(offset.offset());
            }
        });
    }

    private void trim() {
        Map<TopicPartition, Long> below = new HashMap<>();
        partitions.forEach((partition, state) -> {
            if (state.claimTrim()) {
                below.put(partition, state.progress().committed());
            }
        });
        trimmer.trim(below);
    }

    private void beat() {
        List<String> blocked =
                partitions.values().stream().flatMap(p -> p.blocked().stream()).toList();
        status = new QueueStatus(true, clock.instant(), consumer.assignment().size(), blocked);
    }

    private void rest() {
        try {
            stopping.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping.countDown();
        }
    }

    private void close() {
        try {
            commitNow(Set.copyOf(partitions.keySet()));
        } finally {
            partitions.values().forEach(PartitionState::revoke);
            partitions.clear();
            consumer.close();
        }
    }

    /** What happens when partitions come and go; called within poll. */
    private final class Assignment implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            log("queue partitions assigned", assigned);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            commitNow(revoked);
            drop(revoked);
            log("queue partitions revoked", revoked);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            // Another pod has them by now: nothing can be committed.
            drop(lost);
            log("queue partitions lost", lost);
        }

        private void drop(Collection<TopicPartition> gone) {
            for (TopicPartition partition : gone) {
                PartitionState state = partitions.remove(partition);
                if (state != null) {
                    state.revoke();
                }
            }
        }

        private void log(String what, Collection<TopicPartition> which) {
            if (!which.isEmpty()) {
                LOG.info(LogLine.of(what)
                        .with(
                                LogKey.PARTITION,
                                which.stream()
                                        .map(p -> Integer.toString(p.partition()))
                                        .sorted()
                                        .toList()));
            }
        }
    }
}
