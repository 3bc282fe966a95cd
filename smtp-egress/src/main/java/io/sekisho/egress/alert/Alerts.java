package io.sekisho.egress.alert;

import io.micrometer.core.instrument.MeterRegistry;
import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Looks every half minute whether there is something to tell, and tells it. Nothing of the mail's own way waits for this; what
 * fails is logged and tried again ten minutes later, as long as it is so.
 *
 * <p>Lifecycle: {@link #start}, then {@link #close}. Thread safety: all methods.
 */
public final class Alerts implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Alerts.class);
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(10);
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Vertx vertx;
    private final AlertSettings settings;
    private final AlertBook book;
    private final Postbox postbox;
    private final CertificateWatch certificates;
    private final Supplier<List<String>> pausedPartitions;
    private final MeterRegistry meters;
    private final Clock clock;
    private final AtomicBoolean looking = new AtomicBoolean();
    private long timer;

    Alerts(
            Vertx vertx,
            AlertSettings settings,
            AlertBook book,
            Postbox postbox,
            CertificateWatch certificates,
            Supplier<List<String>> pausedPartitions,
            MeterRegistry meters,
            Clock clock) {
        this.vertx = vertx;
        this.settings = settings;
        this.book = book;
        this.postbox = postbox;
        this.certificates = certificates;
        this.pausedPartitions = pausedPartitions;
        this.meters = meters;
        this.clock = clock;
        for (AlertCause cause : AlertCause.values()) {
            count(cause, "sent", 0);
            count(cause, "failed", 0);
        }
    }

    /**
     * Begins to look.
     *
     * @param pausedPartitions a sentence for each partition that this pod does not read
     */
    public static Alerts start(
            Vertx vertx,
            Pool pool,
            AlertSettings settings,
            CertificateWatch certificates,
            Supplier<List<String>> pausedPartitions,
            MeterRegistry meters) {
        Alerts alerts = new Alerts(
                vertx,
                settings,
                new AlertBook(pool),
                new SmtpPostbox(vertx, settings),
                certificates,
                pausedPartitions,
                meters,
                Clock.systemUTC());
        alerts.timer = vertx.setPeriodic(INTERVAL.toMillis(), any -> alerts.look());
        return alerts;
    }

    private void look() {
        if (!looking.compareAndSet(false, true)) {
            return;
        }
        lookOnce()
                .ifNoItem()
                .after(LIMIT)
                .fail()
                .onTermination()
                .invoke(() -> looking.set(false))
                .subscribe()
                .with(done -> {}, failure -> LOG.debug(LogLine.of("alerts wait").with(LogKey.CAUSE, failure)));
    }

    /** One look at all causes. */
    Uni<Void> lookOnce() {
        Instant now = clock.instant();
        List<AlertFact> seen = new ArrayList<>(certificates.take());
        pausedPartitions.get().forEach(sentence -> seen.add(paused(sentence, now)));
        return book.note(seen, now)
                .chain(() -> book.noteFromTables(settings.queueAge(), now))
                .chain(() -> Multi.createFrom()
                        .items(AlertCause.values())
                        .onItem()
                        .transformToUniAndConcatenate(cause -> tell(cause, now))
                        .collect()
                        .last());
    }

    /** {@code partition 3 is paused at …}: the partition is what it is about, whichever pod has it. */
    private static AlertFact paused(String sentence, Instant now) {
        String[] parts = sentence.split(" is paused ", 2);
        return new AlertFact(AlertCause.PARTITION_PAUSED, parts[0], now, sentence);
    }

    private Uni<Void> tell(AlertCause cause, Instant now) {
        return book.toTell(cause, now)
                .chain(found -> found.facts().isEmpty()
                        ? Uni.createFrom().voidItem()
                        : book.maySend(cause, now)
                                .chain(mine -> mine
                                        ? send(cause, found, now)
                                        : Uni.createFrom().voidItem()));
    }

    private Uni<Void> send(AlertCause cause, AlertBook.ToTell found, Instant now) {
        return postbox.send(AlertMail.of(cause, found.facts(), found.more(), settings))
                .replaceWith(true)
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.warn(LogLine.of("postmaster not alerted, trying again later")
                            .with(LogKey.CAUSE, cause)
                            .with(LogKey.DETAIL, failure));
                    return false;
                })
                .chain(sent -> sent ? sent(cause, found, now) : failed(cause, now));
    }

    private Uni<Void> sent(AlertCause cause, AlertBook.ToTell found, Instant now) {
        count(cause, "sent", 1);
        LOG.info(LogLine.of("postmaster alerted")
                .with(LogKey.CAUSE, cause)
                .with(LogKey.COUNT, found.facts().size() + found.more()));
        return book.told(cause, now);
    }

    private Uni<Void> failed(AlertCause cause, Instant now) {
        count(cause, "failed", 1);
        return book.tryAgain(cause, now.plus(AFTER_FAILURE));
    }

    private void count(AlertCause cause, String result, int times) {
        meters.counter("sekisho.delivery.alerts", "cause", cause.label(), "result", result)
                .increment(times);
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
        if (postbox instanceof SmtpPostbox smtp) {
            smtp.close();
        }
    }
}
