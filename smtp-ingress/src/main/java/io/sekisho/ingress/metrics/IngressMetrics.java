package io.sekisho.ingress.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sekisho.ingress.limit.ClientLimit;
import io.sekisho.ingress.session.Effect;
import io.sekisho.mail.event.BlockReason;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Counters of the intake.
 *
 * <p>Relations, whenever nothing is between two of these counters:
 * <ul>
 *   <li>{@code connections = connections.closed} + the sessions open; those are {@code connections.open} less the balancers'
 *       connections whose header is still to come. Whoever gets no session is in {@code connections.refused} alone.
 *   <li>{@code messages.opened = messages{queued} + messages{not-queued} + messages{dropped} + messages.open}. What was
 *       answered 354, or whose first chunk was taken, is opened. Queued is what was answered 250, each with one queue record;
 *       not-queued may be in the queue all the same (451 after a time-out): the client makes doubles of these. Dropped is what
 *       was refused behind its content, or whose client went away.
 *   <li>{@code recipients{accepted}} = QUEUED events; {@code recipients{refused}} = REJECTED events, at RCPT or behind the
 *       content, those in {@code events.lost} included. Reason UNDECIDED: no rule refused it (452, 450, 451).
 *   <li>{@code client.limited{connections-at-once}} + {@code client.limited{connections-per-minute}} = {@code
 *       connections.refused{client-limit}}; {@code client.limited{failed-logins-per-minute}} = {@code logins{LIMITED}};
 *       {@code client.limited{messages-per-minute}} are the 450 at MAIL; {@code client.limited{recipients-per-minute}} the
 *       recipients beyond, most of them in {@code recipients{refused,UNDECIDED}}, the others refused by a rule besides.
 * </ul>
 * Alert when {@code refusal.events.unconfirmed} grows (Kafka is slow or away: refusals were sent whose event was not
 * confirmed) and when {@code events.lost} is not 0 (no place was left).
 *
 * <p>Thread safety: any thread.
 */
public final class IngressMetrics {

    private static final String PREFIX = "sekisho.ingress.";

    private final MeterRegistry registry;
    private final Counter connections;
    private final Counter disconnections;
    private final Counter messagesOpened;
    private final AtomicLong messagesOpen = new AtomicLong();
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
        disconnections = registry.counter(PREFIX + "connections.closed");
        messagesOpened = registry.counter(PREFIX + "messages.opened");
        show("messages.open", messagesOpen::get);
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

    public void disconnected() {
        disconnections.increment();
    }

    public void connectionRefused(ConnectionRefusal reason) {
        registry.counter(PREFIX + "connections.refused", "reason", text(reason)).increment();
    }

    /** A client did more than one client may. */
    public void clientLimited(ClientLimit limit) {
        registry.counter(PREFIX + "client.limited", "limit", text(limit)).increment();
    }

    private static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
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

    public void messageOpened() {
        messagesOpened.increment();
        messagesOpen.incrementAndGet();
    }

    public void messageQueued(long size, Duration took) {
        ended(queued);
        octets.increment((double) size);
        stored.record(took);
    }

    public void messageNotQueued() {
        ended(notQueued);
    }

    public void messageDropped() {
        ended(dropped);
    }

    private void ended(Counter how) {
        messagesOpen.decrementAndGet();
        how.increment();
    }

    private Counter messages(String result) {
        return registry.counter(PREFIX + "messages", "result", result);
    }

    /** TLS began or did not. */
    public void handshake(String result) {
        registry.counter(PREFIX + "handshakes", "result", result).increment();
    }

    /** Somebody tried to log in. */
    public void login(Effect.LoginResult result) {
        registry.counter(PREFIX + "logins", "result", result.name()).increment();
    }

    public void refusalUnconfirmed() {
        unconfirmed.increment();
    }

    public void eventsLost(int count) {
        lost.increment(count);
    }
}
