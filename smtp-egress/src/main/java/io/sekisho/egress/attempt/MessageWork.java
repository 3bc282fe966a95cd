package io.sekisho.egress.attempt;

import io.sekisho.egress.delivery.HostAttempt;
import io.sekisho.egress.delivery.RecipientOutcome;
import io.sekisho.egress.failure.Circumstances;
import io.sekisho.egress.failure.Disposition;
import io.sekisho.egress.ledger.Ledger;
import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.policy.Requirement;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.impl.VertxInternal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
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
    private final Departures departures;
    private final FailureDesk failed;
    private final RelayDesk relayed;
    private final SlowAttempts slowAttempts;
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
        departures = new Departures(this, place);
        failed = new FailureDesk(this, place);
        relayed = new RelayDesk(this, place);
        slowAttempts = new SlowAttempts(this, place);
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
            departures.advance(addressees);
        });
    }

    void attemptBegins(List<Addressee> some) {
        if (slow) {
            slowAttempts.note(some);
        }
    }

    /** An attempt came to an outcome. */
    void came(Addressee to, RecipientOutcome outcome, List<HostAttempt> hosts, Optional<Leg.Way> way) {
        decided(to, place.failures().decide(outcome, circumstances(to, way)), hosts, way);
    }

    Circumstances circumstances(Addressee to, Optional<Leg.Way> way) {
        return new Circumstances(
                mail.id(),
                mail.envelope().receivedAt(),
                to.history(),
                way.map(it -> it.decision().desired().giveUpAfter()).orElse(Requirement.DEFAULT_TLS_GIVE_UP_AFTER),
                place.clock().instant());
    }

    /** What becomes of a recipient is settled. */
    void decided(Addressee to, Disposition disposition, List<HostAttempt> hosts, Optional<Leg.Way> way) {
        place.meters().came(disposition);
        LOG.info(AttemptLog.line(mail.id(), to, disposition, way));
        switch (disposition) {
            case Disposition.Delivered it -> relayed.delivered(to, hosts, it);
            case Disposition.Retry it -> conclude(to, place.conclusions().deferred(mail, to, hosts, it));
            case Disposition.Postpone it -> conclude(to, place.conclusions().postponed(mail, to, it));
            case Disposition.StandAside it ->
                departures.hold(to, place.settings().lease());
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
        relayed.repeated(to, events);
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

    /** Whether it takes long by now: what does not run already waits no longer. */
    boolean isSlow() {
        return slow;
    }

    boolean hasUndecided() {
        return addressees.stream().anyMatch(to -> to.phase().compareTo(Phase.FAILED) < 0);
    }

    /** Another attempt at it may begin. */
    void leaveHand(Addressee to) {
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
        departures.stillWaiting().forEach(departures::leaveForLater);
        if (origin() == Ledger.Origin.QUEUE) {
            slowAttempts.note(addressees);
        }
        failed.check(slow);
    }

    private void revoked() {
        departures.stillWaiting().forEach(this::drop);
    }

    /** Tells the queue once nothing of the message need come again. */
    void checkAcknowledged() {
        if (!acknowledged && addressees.stream().allMatch(Addressee::isAcknowledged)) {
            acknowledged = true;
            // What a row was made for may be long over in the ledger, and the row asks for that when it is due.
            List<String> ended = addressees.stream()
                    .filter(Addressee::hasEndedWithoutRow)
                    .map(Addressee::forwardPath)
                    .toList();
            inbox.onForgotten(
                    () -> place.ledger().settle(mail.id(), ended).subscribe().with(done -> {}, any -> {}));
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
