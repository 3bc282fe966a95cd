package io.sekisho.egress.attempt;

import io.sekisho.egress.delivery.Consignment;
import io.sekisho.egress.delivery.HostAttempt;
import io.sekisho.egress.delivery.RecipientOutcome;
import io.sekisho.egress.failure.Circumstances;
import io.sekisho.egress.failure.Disposition;
import io.sekisho.egress.ledger.Ledger;
import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import io.sekisho.egress.schedule.ScheduleEntry;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.policy.Requirement;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * A message in hand, from its coming to the outcome or schedule row of each recipient.
 *
 * <pre>
 *            ┌──────────── HELD ◀───────────┐
 *            ▼                              │ claimed elsewhere, suspect
 *   advance: WAITING ──slot, claim──▶ IN_ATTEMPT ──▶ CONCLUDING ──▶ OVER
 *            │                              └─▶ FAILED ─┘ (reported together)
 *            └── no slot ──▶ CONCLUDING (into the schedule)
 * </pre>
 *
 * <p>Thread safety: everything happens on one event-loop context, see {@link #run}.
 */
final class MessageWork {

    private static final Logger LOG = Logger.getLogger(MessageWork.class);

    private final Workplace place;
    private final MailInHand mail;
    private final Inbox inbox;
    private final List<Addressee> addressees;
    private final Runnable whenParked;
    private final Runnable whenOver;
    private final Context context;
    private final FailureDesk failed;
    private final List<Errand> errands = new ArrayList<>();
    private final Map<Addressee, Instant> held = new LinkedHashMap<>();
    private long timer;
    private boolean slow;
    private boolean acknowledged;
    private boolean over;

    /**
     * @param whenParked run when all that is left waits for the database
     * @param whenOver run in the end
     */
    MessageWork(
            Workplace place,
            MailInHand mail,
            Inbox inbox,
            Collection<Addressee> addressees,
            Runnable whenParked,
            Runnable whenOver) {
        this.place = place;
        this.mail = mail;
        this.inbox = inbox;
        this.addressees = List.copyOf(addressees);
        this.whenParked = whenParked;
        this.whenOver = whenOver;
        // A loop of its own for each message, whatever thread brings it.
        context = ((VertxInternal) place.vertx()).createEventLoopContext();
        failed = new FailureDesk(this, place);
    }

    MailInHand mail() {
        return mail;
    }

    Ledger.Origin origin() {
        return inbox.origin();
    }

    /** Whether nothing may be begun any more. */
    boolean isRevoked() {
        return inbox.isRevoked() || place.inHand().isClosing();
    }

    /** Runs a step on the message's context, later. */
    void run(Runnable step) {
        context.runOnContext(any -> step.run());
    }

    void begin() {
        inbox.onRevoked(() -> run(this::revoked));
        run(() -> {
            timer = place.vertx().setTimer(place.settings().patience().toMillis(), any -> run(this::tookLong));
            advance(addressees);
        });
    }

    /** Sends recipients on their way, each destination for itself. */
    void advance(List<Addressee> some) {
        Map<String, List<Addressee>> ways = new LinkedHashMap<>();
        List<Addressee> wayless = new ArrayList<>();
        for (Addressee to : some) {
            to.enter(Phase.WAITING);
            held.remove(to);
            if (place.planner().leg(mail.envelope(), to.recipient()) instanceof Leg.Way way) {
                ways.computeIfAbsent(way.destination(), any -> new ArrayList<>())
                        .add(to);
            } else {
                wayless.add(to);
            }
        }
        if (!wayless.isEmpty()) {
            new Errand(this, place, wayless, Ledger.Company.ANY).begin();
        }
        ways.forEach((destination, all) -> {
            for (int start = 0; start < all.size(); start += Consignment.MAX_RECIPIENTS) {
                List<Addressee> together = all.subList(start, Math.min(start + Consignment.MAX_RECIPIENTS, all.size()));
                wait(place.slots(), destination, new Errand(this, place, together, Ledger.Company.ANY));
            }
        });
    }

    private void wait(Slots slots, String destination, Errand errand) {
        if (slow) {
            errand.addressees().forEach(this::leaveForLater);
            return;
        }
        errands.removeIf(each -> each.addressees().stream().noneMatch(to -> to.phase() == Phase.WAITING));
        Optional<Slots.Ticket> ticket = slots.request(destination, () -> run(errand::begin));
        if (ticket.isPresent()) {
            errand.waitsWith(ticket.get());
            errands.add(errand);
        } else {
            errand.addressees().forEach(this::leaveForLater);
        }
    }

    /** Two attempts at it ended with their pod: it gets a third one, with none of its kind beside it. */
    void isolate(Addressee to) {
        leaveHand(to);
        wait(place.isolation(), "suspects", new Errand(this, place, List.of(to), Ledger.Company.ALONE));
    }

    /** Another attempt at it is under way; it is looked after again when that must have ended. */
    void hold(Addressee to, Duration remaining) {
        leaveHand(to);
        Instant until = place.clock().instant().plus(remaining);
        if (origin() == Ledger.Origin.SCHEDULE || slow) {
            conclude(to, place.conclusions().leftForLater(mail, to, until));
            return;
        }
        to.enter(Phase.HELD);
        held.put(to, until);
        long pause = Math.max(100, Math.min(remaining.toMillis() + 100, 5_000));
        place.vertx()
                .setTimer(
                        pause,
                        any -> run(() -> {
                            if (to.phase() == Phase.HELD) {
                                advance(List.of(to));
                            }
                        }));
    }

    void attemptBegins(List<Addressee> some) {
        if (slow) {
            noteInSchedule(some);
        }
    }

    /** An attempt came to an outcome. */
    void came(Addressee to, RecipientOutcome outcome, List<HostAttempt> hosts, Optional<Leg.Way> way) {
        Circumstances circumstances = new Circumstances(
                mail.id(),
                mail.envelope().receivedAt(),
                to.history(),
                way.map(it -> it.decision().desired().giveUpAfter()).orElse(Requirement.DEFAULT_TLS_GIVE_UP_AFTER),
                place.clock().instant());
        Disposition disposition = place.failures().decide(outcome, circumstances);
        place.meters().came(disposition);
        LOG.info(AttemptLog.line(mail.id(), to, disposition, way));
        switch (disposition) {
            case Disposition.Delivered it -> conclude(to, place.conclusions().delivered(mail, to, hosts, it));
            case Disposition.Retry it -> conclude(to, place.conclusions().deferred(mail, to, hosts, it));
            case Disposition.Postpone it -> conclude(to, place.conclusions().postponed(mail, to, it));
            case Disposition.StandAside it -> hold(to, place.settings().lease());
            case Disposition.Bounce it -> failed.add(new Failure(to, it, hosts, way), slow);
            case Disposition.Expire it -> failed.add(new Failure(to, it, hosts, way), slow);
            case Disposition.Quarantine it -> failed.add(new Failure(to, it, hosts, way), slow);
        }
    }

    /** No attempt was made. */
    void came(Addressee to, Disposition.Postpone outcome) {
        place.meters().came(outcome);
        conclude(to, place.conclusions().postponed(mail, to, outcome));
    }

    void repeat(Addressee to, List<MailEvent> events) {
        place.meters().repeated();
        conclude(to, place.conclusions().repeated(mail, to, events));
    }

    /** Three attempts at it ended with their pod. */
    void quarantine(Addressee to) {
        conclude(to, failed.keepPoison(to));
    }

    /** Another pod goes on with it. */
    void drop(Addressee to) {
        to.enter(Phase.OVER);
        to.claim()
                .ifPresent(claim ->
                        place.ledger().release(List.of(claim)).subscribe().with(done -> {}, any -> {}));
        leaveHand(to);
        checkOver();
    }

    /** Makes what came of it durable. */
    void conclude(Addressee to, Uni<Void> steps) {
        to.enter(Phase.CONCLUDING);
        if (addressees.stream().allMatch(each -> each.phase().compareTo(Phase.CONCLUDING) >= 0)) {
            whenParked.run();
        }
        steps.subscribe()
                .with(
                        done -> run(() -> over(to)),
                        bug -> run(() -> {
                            // Its input is not acknowledged: it comes again with the next start.
                            LOG.error(
                                    LogLine.of("conclusion failed")
                                            .with(LogKey.ALERT, "bug")
                                            .with(LogKey.MESSAGE, mail.id())
                                            .with(LogKey.RECIPIENT, to.forwardPath()),
                                    bug);
                            drop(to);
                        }));
    }

    /** Nothing more is to be done. */
    void over(Addressee to) {
        to.enter(Phase.OVER);
        to.acknowledge();
        leaveHand(to);
        checkAcknowledged();
        checkOver();
        failed.check(slow);
    }

    boolean hasUndecided() {
        return addressees.stream().anyMatch(to -> to.phase().compareTo(Phase.FAILED) < 0);
    }

    private void leaveForLater(Addressee to) {
        Instant due = held.getOrDefault(
                to, place.clock().instant().plus(place.settings().overBoundRetry()));
        held.remove(to);
        conclude(to, place.conclusions().leftForLater(mail, to, due));
    }

    private void leaveHand(Addressee to) {
        to.claim().ifPresent(place.inHand()::forget);
        to.claimGone();
        if (to.phase() == Phase.OVER) {
            place.inHand().forgetRow(mail.id(), to.forwardPath());
        }
        if (to.hasEntered()) {
            to.hasEntered(false);
            place.inHand().leave(mail.id(), to.forwardPath());
        }
    }

    /** What is not over by now goes on beside a schedule row, and its input is acknowledged. */
    private void tookLong() {
        slow = true;
        stillWaiting().forEach(this::leaveForLater);
        if (origin() == Ledger.Origin.QUEUE) {
            noteInSchedule(addressees);
        }
        failed.check(slow);
    }

    private void revoked() {
        stillWaiting().forEach(this::drop);
    }

    private List<Addressee> stillWaiting() {
        List<Addressee> waiting = new ArrayList<>(held.keySet());
        errands.stream().filter(Errand::cancel).forEach(errand -> waiting.addAll(errand.addressees()));
        errands.clear();
        return waiting;
    }

    private void noteInSchedule(List<Addressee> some) {
        List<Addressee> running = some.stream()
                .filter(to -> to.phase() == Phase.IN_ATTEMPT && to.row().isEmpty())
                .toList();
        if (running.isEmpty()) {
            return;
        }
        Uni<Void> written = mail.body()
                .stored()
                .chain(envelope -> Patience.until(
                        "schedule row",
                        () -> onContext(() -> {
                            Map<Addressee, ScheduleEntry> rows = rows(running);
                            if (rows.isEmpty()) {
                                return Uni.createFrom().voidItem();
                            }
                            return place.schedule()
                                    .insert(
                                            envelope,
                                            List.copyOf(rows.values()),
                                            Optional.of(place.inHand().lease()))
                                    .emitOn(this::run)
                                    .invoke(() -> rows.forEach(this::noted));
                        })))
                .memoize()
                .indefinitely();
        running.forEach(to -> to.writesRow(written));
        written.chain(() -> place.ledger()
                        .scheduled(
                                mail.id(),
                                running.stream().map(Addressee::forwardPath).toList(),
                                Ledger.Attempt.GOES_ON))
                .subscribe()
                .with(
                        done -> run(() -> {
                            running.stream().filter(to -> to.row().isPresent()).forEach(Addressee::acknowledge);
                            checkAcknowledged();
                        }),
                        bug -> LOG.error(LogLine.of("attempt not noted in the schedule"), bug));
    }

    /** Those of the attempts that have come to nothing meanwhile need none. */
    private Map<Addressee, ScheduleEntry> rows(List<Addressee> running) {
        Map<Addressee, ScheduleEntry> rows = new LinkedHashMap<>();
        running.stream()
                .filter(to -> to.phase().compareTo(Phase.CONCLUDING) < 0)
                .forEach(to -> rows.put(
                        to, place.conclusions().entry(mail, to, place.clock().instant())));
        return rows;
    }

    private void noted(Addressee to, ScheduleEntry row) {
        to.hasRow(row);
        place.inHand().keepRowAlive(mail.id(), to.forwardPath());
    }

    private <T> Uni<T> onContext(Supplier<Uni<? extends T>> step) {
        return Uni.createFrom().deferred(step).runSubscriptionOn(this::run);
    }

    private void checkAcknowledged() {
        if (!acknowledged && addressees.stream().allMatch(Addressee::isAcknowledged)) {
            acknowledged = true;
            inbox.onForgotten(() -> place.ledger()
                    .settle(
                            mail.id(),
                            addressees.stream().map(Addressee::forwardPath).toList())
                    .subscribe()
                    .with(done -> {}, any -> {}));
            inbox.acknowledge();
        }
    }

    private void checkOver() {
        if (!over && addressees.stream().allMatch(to -> to.phase() == Phase.OVER)) {
            over = true;
            place.vertx().cancelTimer(timer);
            whenOver.run();
        }
    }
}
