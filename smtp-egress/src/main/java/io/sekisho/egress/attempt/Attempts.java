package io.sekisho.egress.attempt;

import io.sekisho.egress.dsn.ReportComposer;
import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import io.sekisho.egress.quarantine.QuarantineShelf;
import io.sekisho.egress.queue.QueueIntake;
import io.sekisho.egress.schedule.Lease;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jboss.logging.Logger;

/**
 * The attempts of this pod: of what the queue hands over, and of what is due in the schedule.
 *
 * <p>Lifecycle: {@link #start}, then {@link #drain} once. Thread safety: all methods.
 */
public final class Attempts {

    private static final Logger LOG = Logger.getLogger(Attempts.class);
    private static final Duration SHARING_INTERVAL = Duration.ofSeconds(1);
    private static final Duration PRESSING_INTERVAL = Duration.ofSeconds(1);
    private static final Duration FORGETTING_INTERVAL = Duration.ofMinutes(1);
    private static final Duration SIZE_INTERVAL = Duration.ofSeconds(15);
    private static final Duration DRAIN_LOOK = Duration.ofMillis(100);

    private final AttemptParts parts;
    private final AttemptSettings settings;
    private final Slots slots;
    private final Budget budget;
    private final InHand inHand;
    private final Intake intake;
    private final DueMail dueMail;
    private final DelayNotices notices;
    private final Cancellations cancellations;
    private final Workplace place;
    private final Reports reports;
    private final List<Long> timers = new ArrayList<>();
    private volatile long scheduleSize;

    public Attempts(AttemptParts parts, AttemptSettings settings) {
        this.parts = parts;
        this.settings = settings;
        ToIntFunction<String> capacity = destination ->
                Math.min(settings.attemptsPerDestination(), parts.destinations().share(destination));
        slots = new Slots(
                new Slots.Bounds(
                        settings.concurrentAttempts(),
                        settings.waitingPerDestination(),
                        // Half of what is in hand: the rest is for the others.
                        Math.ceilDiv(settings.messagesInHand(), 2)),
                capacity,
                System::nanoTime);
        budget = new Budget(settings.messagesInHand(), settings.bytesInHand());
        inHand = new InHand(
                parts.ledger(), parts.schedule(), new Lease(parts.self().toString(), settings.lease()));
        AttemptFacts facts = new AttemptFacts(parts.clock());
        Planner planner = new Planner(parts.policy(), parts.routing(), parts.holds());
        Conclusions conclusions = new Conclusions(
                facts, parts.events(), parts.ledger(), parts.schedule(), inHand, settings.delayNoticeAfter());
        reports = new Reports(
                new ReportComposer(settings.hostname(), settings.reportLanguage()),
                parts.queue(),
                planner::isManaged,
                parts.clock());
        AttemptMeters meters = new AttemptMeters(parts.meters());
        place = new Workplace(
                parts.vertx(),
                parts.clock(),
                settings,
                planner,
                parts.failures(),
                parts.courier(),
                parts.destinations(),
                capacity,
                slots,
                new Slots(
                        new Slots.Bounds(1, settings.messagesInHand(), settings.messagesInHand()),
                        any -> 1,
                        System::nanoTime),
                parts.ledger(),
                parts.schedule(),
                parts.quarantine(),
                inHand,
                conclusions,
                reports,
                new FailureReports(reports, parts.clock()),
                meters);
        intake = new Intake(place, budget, parts.contentWriter(), parts.contentReader(), parts.events());
        dueMail = new DueMail(place, parts.contentReader());
        notices = new DelayNotices(place, reports, parts.events(), parts.contentReader());
        cancellations = new Cancellations(place, reports, parts.contentReader());
        gauges(meters);
    }

    /** Who takes the queue's records. */
    public QueueIntake intake() {
        return intake;
    }

    /** Lets mail out of the quarantine. */
    public QuarantineDesk quarantineDesk(QuarantineShelf shelf) {
        return new QuarantineDesk(place, reports, parts, shelf);
    }

    /** Begins with the schedule, and to keep alive what is in hand. */
    public void start() {
        Patience.until(
                        "leases of an earlier incarnation",
                        () -> parts.schedule()
                                .endLeasesOfEarlier(
                                        parts.self().pod(), parts.self().incarnation()))
                .subscribe()
                .with(done -> dueMail.look(), bug -> LOG.error(LogLine.of("leases not ended"), bug));
        every(settings.scheduleInterval(), dueMail::look);
        every(settings.noticeInterval(), notices::look);
        every(settings.scheduleInterval(), cancellations::look);
        share();
        every(SHARING_INTERVAL, this::share);
        every(PRESSING_INTERVAL, dueMail::lookPressing);
        every(
                FORGETTING_INTERVAL,
                () -> parts.destinations().forget().subscribe().with(done -> {}));
        every(
                settings.renewal(),
                () -> inHand.renew()
                        .subscribe()
                        .with(
                                done -> {},
                                bug -> LOG.error(LogLine.of("renewal failed").with(LogKey.ALERT, "bug"), bug)));
        every(
                SIZE_INTERVAL,
                () -> parts.schedule()
                        .size()
                        .subscribe()
                        .with(size -> scheduleSize = size, unknown -> LOG.debug("size of the schedule not known")));
    }

    /**
     * Begins nothing more, and waits for what is under way. What is not over by then is as if the pod were killed: its
     * claims and leases run out.
     */
    public Uni<Void> drain(Duration limit) {
        dueMail.stop();
        inHand.close();
        long deadline = System.nanoTime() + limit.toNanos();
        return Multi.createFrom()
                .ticks()
                .every(DRAIN_LOOK)
                .onOverflow()
                .drop()
                .select()
                .where(tick -> inHand.attemptCount() == 0 || System.nanoTime() - deadline > 0)
                .toUni()
                .invoke(() -> timers.forEach(parts.vertx()::cancelTimer))
                .chain(() -> inHand.attemptCount() == 0
                        ? endLeases()
                        : Uni.createFrom().voidItem());
    }

    /** Tells other pods of destinations, and looks at what follows from what they told. */
    private void share() {
        parts.destinations()
                .exchange(slots::destinations)
                .onTermination()
                .invoke(slots::review)
                .subscribe()
                .with(done -> {});
        // Whether or not the others answer.
        slots.review();
    }

    private Uni<Void> endLeases() {
        return parts.schedule()
                .endLeases(parts.self().toString())
                .onFailure()
                .recoverWithNull()
                .chain(parts.destinations()::leave);
    }

    private void every(Duration interval, Runnable step) {
        timers.add(parts.vertx().setPeriodic(interval.toMillis(), any -> step.run()));
    }

    private void gauges(AttemptMeters meters) {
        meters.gauge("attempts.running", "Attempts that run now", slots::inUse);
        meters.gauge("attempts.waiting", "Groups of recipients that wait for a slot", slots::waiting);
        meters.gauge("queue.messages.in.hand", "Messages of the queue in memory", budget::messagesHeld);
        meters.gauge("queue.bytes.in.hand", "Their bytes", budget::bytesHeld);
        meters.gauge("schedule.rows.in.hand", "Schedule rows that are being attempted", inHand::rowCount);
        meters.gauge(
                "destinations.suspended",
                "Destinations that this pod knows to be suspended",
                parts.destinations()::suspendedCount);
        meters.gauge(
                "destinations.concurrency",
                "Attempts at once that the cluster allows itself at the open destinations this pod knows, together",
                parts.destinations()::concurrencySum);
        meters.gauge("destinations.pods", "Among how many pods that is divided", parts.destinations()::podCount);
        meters.gauge("schedule.rows", "Rows of the whole schedule, at the last look", () -> scheduleSize);
    }
}
