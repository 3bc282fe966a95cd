package io.sekisho.ingress.event;

import io.sekisho.mail.event.CloudEventRecord;
import io.sekisho.mail.event.MailEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/**
 * Events as CloudEvents in Kafka, through the channel {@code mail-events}. The channel's own buffer has no bound; the
 * places of this log bound it. An event that Kafka does not take is sent again, as long as the process lives: the same
 * event has the same id, so a repetition does no harm.
 */
public final class KafkaEventLog implements EventLog {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration DRAIN_POLL = Duration.ofMillis(50);

    private final MutinyEmitter<byte[]> channel;
    private final String source;
    private final int places;
    private final AtomicInteger taken = new AtomicInteger();

    /**
     * A log.
     *
     * @param source of the events, {@code /smtp-ingress/pod}
     * @param places how many events may wait
     */
    public KafkaEventLog(MutinyEmitter<byte[]> channel, String source, int places) {
        this.channel = channel;
        this.source = source;
        this.places = places;
    }

    @Override
    public boolean reserve(int events) {
        if (taken.addAndGet(events) <= places) {
            return true;
        }
        taken.addAndGet(-events);
        return false;
    }

    @Override
    public void release(int events) {
        taken.addAndGet(-events);
    }

    /** How many places are taken: events that wait, and places kept for messages on their way. */
    public int taken() {
        return taken.get();
    }

    /** Completes when nothing waits any more, or the limit has passed. */
    public Uni<Void> drain(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        return Uni.createFrom()
                .item(() -> taken.get() == 0 || System.nanoTime() >= end)
                .repeat()
                .withDelay(DRAIN_POLL)
                .until(done -> done)
                .collect()
                .last()
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> write(List<MailEvent> events) {
        if (events.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Uni<Void> written = Uni.join()
                .all(events.stream().map(this::write).toList())
                .andCollectFailures()
                .replaceWithVoid()
                .memoize()
                .indefinitely();
        // Subscribed here, so that nobody's giving up ends the writing.
        written.subscribe().with(done -> {}, failure -> {});
        return written;
    }

    private Uni<Void> write(MailEvent event) {
        CloudEventRecord record = CloudEventRecord.of(event, source);
        Headers headers = new RecordHeaders();
        record.headerBytes().forEach(headers::add);
        OutgoingKafkaRecordMetadata<byte[]> metadata = OutgoingKafkaRecordMetadata.<byte[]>builder()
                .withKey(record.key().getBytes(StandardCharsets.UTF_8))
                .withHeaders(headers)
                .build();
        byte[] data = record.data();
        return Uni.createFrom()
                .deferred(() -> channel.sendMessage(Message.of(data, Metadata.of(metadata))))
                .onFailure()
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely()
                .onTermination()
                .invoke(() -> release(1));
    }
}
