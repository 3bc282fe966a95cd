package io.sekisho.egress.queue;

import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import io.sekisho.mail.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
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
    private static final Duration GATHERING = Duration.ofMillis(5);
    private static final Duration RECOVERY = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<byte[], byte[]> consumer;
    private final QueueIntake intake;
    private final QueueTrimmer trimmer;
    private final QueueSettings settings;
    private final Clock clock;
    private final OffsetCommits commits;
    private final AssignedPartitions partitions;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean intakeStopped;
    private volatile QueueStatus status;
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
        commits = new OffsetCommits(consumer, settings.commitInterval());
        partitions = commits.partitions();
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
            consumer.subscribe(List.of(Topics.QUEUE), partitions);
            while (stopping.getCount() > 0) {
                round();
            }
        } finally {
            close();
        }
    }

    private void round() {
        try {
            partitions.drain();
            pauseAndResume();
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                handOver(record);
            }
            Instant now = clock.instant();
            commits.commitIfDue(now);
            if (!now.isBefore(nextTrim)) {
                nextTrim = now.plus(settings.trimInterval());
                trim();
            }
            if (!records.isEmpty() && records.count() < QueueSettings.POLLED_AT_ONCE) {
                // More is coming, one by one: fetched together it costs both sides a fraction.
                rest(GATHERING);
            }
        } catch (InterruptException stopped) {
            stopping.countDown();
        } catch (KafkaException e) {
            // Not authorised, a broker too old, …: nothing here heals it, but an operator may.
            LOG.error(LogLine.of("queue cannot be read").with(LogKey.CAUSE, e), e);
            rest(RECOVERY);
        }
        beat();
    }

    private void handOver(ConsumerRecord<byte[], byte[]> record) {
        PartitionState partition =
                partitions.withRecordAt(new TopicPartition(record.topic(), record.partition()), record.offset());
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
            boolean open = partitions
                    .of(partition)
                    .map(state -> state.blocked().isEmpty() && !isFull(state))
                    .orElse(true);
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
        status = new QueueStatus(true, clock.instant(), consumer.assignment().size(), partitions.blocked());
    }

    private void rest(Duration time) {
        try {
            stopping.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping.countDown();
        }
    }

    private void close() {
        try {
            commits.commitNow(partitions.begun());
        } finally {
            partitions.drop(partitions.begun());
            consumer.close();
        }
    }
}
