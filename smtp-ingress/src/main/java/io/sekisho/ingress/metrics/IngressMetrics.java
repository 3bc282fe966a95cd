package io.sekisho.ingress.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sekisho.mail.event.BlockReason;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Counters of the intake.
 *
 * <p>Relations: {@code connections = those open + those closed}; a connection refused for its number is not in it.
 * {@code messages{result=queued}} is what was answered 250, each with one queue record; {@code result=not-queued} may be in
 * the queue all the same (451 after a time-out): these are the doubles that the client makes. {@code
 * recipients{result=refused}} = REJECTED events of RCPT. Alert when {@code refusal.events.unconfirmed} grows (Kafka is slow or
 * away: refusals were sent whose event was not confirmed) and when {@code events.lost} is not 0 (no place was left).
 *
 * <p>Thread safety: any thread.
 */
public final class IngressMetrics {

    private static final String PREFIX = "sekisho.ingress.";

    private final MeterRegistry registry;
    private final Counter connections;
    private final Counter connectionsRefused;
    private final Counter recipientsAccepted;
    private final Counter queued;
    private final Counter notQueued;
    private final Counter dropped;
    private final Counter octets;
    private final Counter unconfirmed;
    private final Counter lost;
    private final Timer stored;

    public IngressMetrics(MeterRegistry registry) {
        this.registry = registry;
        connections = registry.counter(PREFIX + "connections");
        connectionsRefused = registry.counter(PREFIX + "connections.refused");
        recipientsAccepted = registry.counter(PREFIX + "recipients", "result", "accepted", "reason", "");
        queued = messages("queued");
        notQueued = messages("not-queued");
        dropped = messages("dropped");
        octets = registry.counter(PREFIX + "message.octets");
        unconfirmed = registry.counter(PREFIX + "refusal.events.unconfirmed");
        lost = registry.counter(PREFIX + "events.lost");
        stored = Timer.builder(PREFIX + "store")
                .description("From the final dot to the acknowledgement of the queue record")
                .publishPercentileHistogram()
                .register(registry);
    }

    /** Shows a value that somebody else keeps. */
    public void show(String name, Supplier<Number> value) {
        // With the supplier itself, which the registry then holds: of anything else it keeps a weak reference only.
        Gauge.builder(PREFIX + name, value).register(registry);
    }

    public void connected() {
        connections.increment();
    }

    public void connectionRefused() {
        connectionsRefused.increment();
    }

    public void recipientsAccepted(int count) {
        recipientsAccepted.increment(count);
    }

    public void recipientsRefused(int count, Optional<BlockReason> reason) {
        registry.counter(
                        PREFIX + "recipients",
                        "result",
                        "refused",
                        "reason",
                        reason.map(BlockReason::name).orElse("UNDECIDED"))
                .increment(count);
    }

    public void messageQueued(long size, Duration took) {
        queued.increment();
        octets.increment((double) size);
        stored.record(took);
    }

    public void messageNotQueued() {
        notQueued.increment();
    }

    public void messageDropped() {
        dropped.increment();
    }

    private Counter messages(String result) {
        return registry.counter(PREFIX + "messages", "result", result);
    }

    /** TLS began or did not. */
    public void handshake(String result) {
        registry.counter(PREFIX + "handshakes", "result", result).increment();
    }

    public void refusalUnconfirmed() {
        unconfirmed.increment();
    }

    public void eventsLost(int count) {
        lost.increment(count);
    }
}
