package io.sekisho.egress.attempt;

import io.sekisho.egress.delivery.Consignment;
import io.sekisho.egress.delivery.DeferralCause;
import io.sekisho.egress.delivery.DeliveryReport;
import io.sekisho.egress.delivery.RecipientOutcome;
import io.sekisho.egress.destination.Feedback;
import io.sekisho.egress.destination.Signal;
import io.sekisho.egress.failure.Disposition;
import io.sekisho.egress.ledger.ClaimAnswer;
import io.sekisho.egress.ledger.Ledger;
import io.sekisho.egress.ledger.LedgerClaim;
import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import io.sekisho.mail.address.DomainName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Some recipients of a message on their way to one destination: with a slot they are claimed, planned anew (the policy may
 * have changed while they waited) and handed to the courier.
 *
 * <p>Thread safety: confined to the context of its {@link MessageWork}.
 */
final class Errand {

    private static final Logger LOG = Logger.getLogger(Errand.class);

    /** How long to wait before this pod's own other attempt is looked after again. */
    private static final Duration OWN = Duration.ofSeconds(5);

    private final MessageWork work;
    private final Departures departures;
    private final Workplace place;
    private final List<Addressee> addressees;
    private final Ledger.Company company;
    private Optional<Slots.Ticket> ticket = Optional.empty();

    Errand(
            MessageWork work,
            Departures departures,
            Workplace place,
            List<Addressee> addressees,
            Ledger.Company company) {
        this.work = work;
        this.departures = departures;
        this.place = place;
        this.addressees = List.copyOf(addressees);
        this.company = company;
    }

    List<Addressee> addressees() {
        return addressees;
    }

    /** What {@link #begin} will have to release. */
    void waitsWith(Slots.Ticket waiting) {
        ticket = Optional.of(waiting);
    }

    /** Gives up waiting for a slot; false where it has begun. */
    boolean cancel() {
        return ticket.isPresent() && ticket.get().cancel();
    }

    /** There is a slot, or none is needed. */
    void begin() {
        if (work.isRevoked()) {
            addressees.forEach(work::drop);
            release();
            return;
        }
        List<Addressee> ready = new ArrayList<>();
        Map<String, Integer> claims = new LinkedHashMap<>();
        for (Addressee to : addressees) {
            if (to.hasEntered()) {
                ready.add(to);
            } else if (place.inHand().enter(work.mail().id(), to.forwardPath())) {
                to.hasEntered(true);
                claims.put(to.forwardPath(), to.attempt());
            } else {
                departures.hold(to, OWN);
            }
        }
        if (claims.isEmpty()) {
            go(ready);
            return;
        }
        place.ledger()
                .claim(work.mail().id(), claims, work.origin(), company)
                .subscribe()
                .with(answers -> work.run(() -> claimed(ready, answers)), bug -> work.run(() -> broken(bug)));
    }

    private void claimed(List<Addressee> ready, Map<String, ClaimAnswer> answers) {
        for (Addressee to : addressees) {
            ClaimAnswer answer = answers.get(to.forwardPath());
            if (answer == null) {
                continue;
            }
            switch (answer) {
                case ClaimAnswer.Granted(LedgerClaim claim) -> {
                    to.claimed(Optional.of(claim));
                    place.inHand().keepAlive(claim);
                    ready.add(to);
                }
                case ClaimAnswer.Unrecorded unrecorded -> {
                    to.claimed(Optional.empty());
                    ready.add(to);
                }
                case ClaimAnswer.Concluded(var events) -> work.repeat(to, events);
                case ClaimAnswer.Scheduled scheduled -> work.over(to);
                case ClaimAnswer.Held(Duration remaining) -> departures.hold(to, remaining);
                case ClaimAnswer.Suspect suspect -> departures.isolate(to);
                case ClaimAnswer.Poisonous poisonous -> work.quarantine(to);
            }
        }
        go(ready);
    }

    private void go(List<Addressee> ready) {
        Map<Group, List<Addressee>> groups = new LinkedHashMap<>();
        List<Addressee> elsewhere = new ArrayList<>();
        for (Addressee to : ready) {
            switch (place.planner().leg(work.mail().envelope(), to)) {
                case Leg.Undetermined(String reason) ->
                    work.came(to, place.failures().postpone(place.clock().instant(), reason));
                case Leg.Held(String reason) ->
                    work.came(to, place.failures().postpone(place.clock().instant(), reason));
                case Leg.Closed(RecipientOutcome outcome) -> work.came(to, outcome, List.of(), Optional.empty());
                case Leg.Way way -> {
                    Optional<Disposition> ending = ticket.isEmpty() ? departures.ending(to, way) : Optional.empty();
                    if (ending.isPresent()) {
                        work.decided(to, ending.get(), List.of(), Optional.of(way));
                    } else if (leadsHere(way)) {
                        groups.computeIfAbsent(
                                        new Group(way, to.recipient().managedDomains(), to.attempt()),
                                        any -> new ArrayList<>())
                                .add(to);
                    } else {
                        elsewhere.add(to);
                    }
                }
            }
        }
        boolean first = true;
        for (Map.Entry<Group, List<Addressee>> group : groups.entrySet()) {
            if (first) {
                deliver(group.getKey(), group.getValue());
                first = false;
            } else {
                // A slot is for one transaction; the others wait for their own.
                elsewhere.addAll(group.getValue());
            }
        }
        if (first) {
            release();
        }
        departures.advance(elsewhere);
    }

    private boolean leadsHere(Leg.Way way) {
        return company == Ledger.Company.ALONE
                || ticket.filter(slot -> slot.destination().equals(way.destination()))
                        .isPresent();
    }

    private void deliver(Group group, List<Addressee> together) {
        together.forEach(to -> to.enter(Phase.IN_ATTEMPT));
        work.attemptBegins(together);
        long began = System.nanoTime();
        List<LedgerClaim> claims =
                together.stream().flatMap(to -> to.claim().stream()).toList();
        Consignment consignment = new Consignment(
                work.mail().envelope(),
                together.stream().map(Addressee::recipient).toList(),
                group.way.decision(),
                group.way.source(),
                group.way.route(),
                work.mail().body().content(),
                group.attempt,
                () -> claims.stream().allMatch(LedgerClaim::isHeld),
                () -> together.stream().allMatch(to -> isStill(group.way, to)));
        place.courier()
                .deliver(consignment)
                .onItemOrFailure()
                .invoke((report, bug) -> place.meters().took(Duration.ofNanos(System.nanoTime() - began)))
                .subscribe()
                .with(
                        report -> work.run(() -> reported(group, together, report)),
                        bug -> work.run(() -> failed(group, together, bug)));
    }

    private boolean isStill(Leg.Way way, Addressee to) {
        return place.planner().leg(work.mail().envelope(), to.recipient()) instanceof Leg.Way now
                && now.route().equals(way.route())
                && now.decision().desired().equals(way.decision().desired());
    }

    private void reported(Group group, List<Addressee> together, DeliveryReport report) {
        String destination = group.way.destination();
        boolean isFull = ticket.filter(slot -> slot.destination().equals(destination) && slot.isFull())
                .isPresent();
        place.destinations()
                .came(
                        destination,
                        Signal.of(report, place.clock().instant()),
                        isFull ? Feedback.Use.FULL : Feedback.Use.PART);
        release();
        report.hostsTried().forEach(place.meters()::tried);
        for (Addressee to : together) {
            work.came(to, report.of(to.recipient()), report.hostsTried(), Optional.of(group.way));
        }
    }

    private void failed(Group group, List<Addressee> together, Throwable bug) {
        LOG.error(
                LogLine.of("courier failed")
                        .with(LogKey.ALERT, "bug")
                        .with(LogKey.MESSAGE, work.mail().id())
                        .with(LogKey.CAUSE, bug),
                bug);
        release();
        RecipientOutcome outcome = RecipientOutcome.Deferred.withoutHost(
                "4.3.0", "the gateway failed in the attempt", new DeferralCause.HostUnreachable());
        together.forEach(to -> work.came(to, outcome, List.of(), Optional.of(group.way)));
    }

    private void broken(Throwable bug) {
        LOG.error(LogLine.of("claim failed").with(LogKey.ALERT, "bug").with(LogKey.CAUSE, bug), bug);
        addressees.forEach(to -> departures.hold(to, OWN));
        release();
    }

    private void release() {
        ticket.ifPresent(Slots.Ticket::release);
    }

    /** What recipients must have in common to share a transaction. */
    private record Group(Leg.Way way, Set<DomainName> managedDomains, int attempt) {}
}
