package io.sekisho.ingress.event;

import io.sekisho.ingress.log.LogKey;
import io.sekisho.ingress.log.LogLine;
import io.sekisho.mail.event.CloudEventRecord;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.topic.Topics;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;

/**
 * Events as CloudEvents in Kafka. One thread makes the records and gives them to the producer; what waits for it is bounded by the places
 * of this log. An event that Kafka does not take is sent again, as long as the process lives: the same event has the same id, so a
 * repetition does no harm.
 *
 * <p><b>Lifecycle:</b> {@link #drain}, then {@link #close}.
 */
public final class KafkaEventLog implements EventLog, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(KafkaEventLog.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration DRAIN_POLL = Duration.ofMillis(50);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

    private final Producer<byte[], byte[]> producer;
    private final String source;
    private final int places;
    private final AtomicInteger taken = new AtomicInteger();
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("event-writer").factory());

    /**
     * A log.
     *
     * @param producer which this log closes
     * @param source of the events, {@code /smtp-ingress/pod}
     * @param places how many events may wait
     */
    public KafkaEventLog(Producer<byte[], byte[]> producer, String source, int places) {
        this.producer = producer;
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
    public void begin(List<MailEvent> events) {
        begin(events, () -> {});
    }

    @Override
    public Uni<Void> write(List<MailEvent> events) {
        if (events.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        CompletableFuture<Void> written = new CompletableFuture<>();
        AtomicInteger unwritten = new AtomicInteger(events.size());
        begin(events, () -> {
            if (unwritten.decrementAndGet() == 0) {
                written.complete(null);
            }
        });
        // A copy for each who waits: giving up cancels it.
        return Uni.createFrom().completionStage(written::copy);
    }

    private void begin(List<MailEvent> events, Runnable eachWritten) {
        thread.execute(() -> {
            for (MailEvent event : events) {
                send(event, FIRST_PAUSE, () -> {
                    release(1);
                    eachWritten.run();
                });
            }
        });
    }

    // The future that the producer returns knows nothing that its callback does not tell.
    @SuppressWarnings("FutureReturnValueIgnored")
    private void send(MailEvent event, Duration pause, Runnable written) {
        try {
            producer.send(record(event), (metadata, failure) -> {
                if (failure == null) {
                    written.run();
                } else {
                    sendAgain(event, pause, written, failure);
                }
            });
        } catch (RuntimeException failure) {
            sendAgain(event, pause, written, failure);
        }
    }

    private void sendAgain(MailEvent event, Duration pause, Runnable written, Exception failure) {
        LOG.debug(LogLine.of("write-event").with(LogKey.RESULT, "failed").with(LogKey.REASON, failure));
        Duration doubled = pause.multipliedBy(2);
        Duration next = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        try {
            var unused = thread.schedule(() -> send(event, next, written), pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.warn(LogLine.of("write-event").with(LogKey.RESULT, "lost").with(LogKey.REASON, failure));
        }
    }

    private ProducerRecord<byte[], byte[]> record(MailEvent event) {
        CloudEventRecord cloudEvent = CloudEventRecord.of(event, source);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                Topics.EVENTS, cloudEvent.key().getBytes(StandardCharsets.UTF_8), cloudEvent.data());
        cloudEvent.headerBytes().forEach(record.headers()::add);
        return record;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        producer.close(CLOSE_PATIENCE);
    }
}
