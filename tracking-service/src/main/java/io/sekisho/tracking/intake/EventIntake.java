package io.sekisho.tracking.intake;

import io.sekisho.tracking.TrackingSettings;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Takes batches from Kafka, one at a time.
 *
 * <p><b>Lifecycle:</b> the offsets of a batch are committed when {@link #take} succeeds (commit strategy {@code latest}), which is after the
 * commit of the database. While the database or Kafka is away the batch waits, the consumer is paused but keeps its partitions, and
 * nothing more is read.
 */
@ApplicationScoped
class EventIntake {
    private final RecordReader reader;
    private final BatchStorage storage;
    private final DeadLetterTopic deadLetters;
    private final IntakeCounters counters;

    EventIntake(TrackingSettings settings, BatchStorage storage, DeadLetterTopic deadLetters, IntakeCounters counters) {
        this.reader = new RecordReader(settings, Clock.systemUTC());
        this.storage = storage;
        this.deadLetters = deadLetters;
        this.counters = counters;
    }

    @Incoming("events")
    Uni<Void> take(ConsumerRecords<byte[], byte[]> records) {
        long began = System.nanoTime();
        counters.received(records.count());
        return Uni.createFrom()
                .item(() -> read(records))
                // A batch of JSON is too much work for an event loop.
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .flatMap(read -> storage.store(read.events())
                        .flatMap(refused -> deadLetters.write(Stream.concat(read.unfit().stream(), refused.stream())
                                .toList())))
                .invoke(() -> counters.batchDone(Duration.ofNanos(System.nanoTime() - began)));
    }

    private record ReadBatch(List<ReceivedEvent> events, List<DeadLetter> unfit) {}

    private ReadBatch read(ConsumerRecords<byte[], byte[]> records) {
        List<ReceivedEvent> events = new ArrayList<>();
        List<DeadLetter> unfit = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            switch (reader.read(record.value())) {
                case Reading.Fit fit -> events.add(new ReceivedEvent(record, fit.event()));
                case Reading.Unfit no -> unfit.add(new DeadLetter(record, no.reason(), no.explanation()));
            }
        }
        return new ReadBatch(events, unfit);
    }
}
