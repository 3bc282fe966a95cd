package io.sekisho.tracking.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import io.sekisho.tracking.store.StoredCount;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the intake counts.
 *
 * <p>For every batch that is done: <b>received = stored + repeated + dead-lettered</b>. While a batch is worked on, received is ahead by its
 * size, at most {@code max.poll.records}; alert when it stays ahead for minutes (readiness says for what the intake waits). A batch that is
 * read again after a crash or a rebalance counts again as received, its events as repeated.
 *
 * <p>Stored only grows by new events, so the sum over all instances is the number of rows that were written. Dead-lettered is 0 in good
 * health: alert on any. Repeated grows with every restart of a service; alert when it exceeds stored for long.
 *
 * <p>Lifecycle: registered at the start, so that a counter that nothing has increased shows 0.
 */
@Startup
@ApplicationScoped
class IntakeCounters {
    private final Counter received;
    private final Counter stored;
    private final Counter repeated;
    private final Timer batches;
    private final Timer delay;
    private final Map<DeadLetterReason, Counter> deadLettered = new EnumMap<>(DeadLetterReason.class);

    IntakeCounters(MeterRegistry registry) {
        received = Counter.builder("sekisho.tracking.events.received")
                .description(
                        "Records read from sekisho.mail.events; equals stored + repeated + dead-lettered when no batch is in work")
                .register(registry);
        stored = Counter.builder("sekisho.tracking.events.stored")
                .description("Events that were new to the store")
                .register(registry);
        repeated = Counter.builder("sekisho.tracking.events.repeated")
                .description("Events that the store had already")
                .register(registry);
        for (DeadLetterReason reason : DeadLetterReason.values()) {
            deadLettered.put(
                    reason,
                    Counter.builder("sekisho.tracking.events.dead.lettered")
                            .description("Records that are no events and were written to sekisho.dead-letter")
                            .tag("reason", reason.label())
                            .register(registry));
        }
        batches = Timer.builder("sekisho.tracking.batch")
                .description("From reading a batch to its acknowledgement")
                .register(registry);
        delay = Timer.builder("sekisho.tracking.delay")
                .description(
                        "From an event to the moment from which it can be found; one value for each batch, its oldest event")
                .register(registry);
    }

    void received(int records) {
        received.increment(records);
    }

    void stored(StoredCount count) {
        stored.increment(count.stored());
        repeated.increment(count.repeated());
    }

    void deadLettered(DeadLetterReason reason) {
        deadLettered.get(reason).increment();
    }

    void batchDone(Duration took) {
        batches.record(took);
    }

    /** The oldest event of a batch can be found now. */
    void visible(Instant oldest, Instant now) {
        Duration late = Duration.between(oldest, now);
        delay.record(late.isNegative() ? Duration.ZERO : late);
    }
}
