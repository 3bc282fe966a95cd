package io.sekisho.egress.attempt;

import io.sekisho.egress.delivery.Consignment;
import io.sekisho.egress.destination.Admission;
import io.sekisho.egress.failure.Disposition;
import io.sekisho.egress.ledger.Ledger;
import io.sekisho.mail.address.DomainName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The recipients of a message that have not begun: they wait for a slot before their destination, or for another attempt at
 * them to end.
 *
 * <p>Thread safety: confined to the context of its {@link MessageWork}.
 */
final class Departures {

    private static final Place SUSPECTS = new Place("suspects", Place.Lane.QUEUE, "-");

    private final MessageWork work;
    private final Workplace place;
    private final Suspensions suspensions;
    private final List<Errand> errands = new ArrayList<>();
    private final Map<Addressee, Instant> held = new LinkedHashMap<>();

    Departures(MessageWork work, Workplace place) {
        this.work = work;
        this.place = place;
        suspensions = new Suspensions(work, this, place);
    }

    /** Sends recipients on their way, each destination for itself. */
    void advance(List<Addressee> some) {
        Map<String, List<Addressee>> ways = new LinkedHashMap<>();
        List<Addressee> wayless = new ArrayList<>();
        for (Addressee to : some) {
            to.enter(Phase.WAITING);
            held.remove(to);
            if (place.planner().leg(work.mail().envelope(), to) instanceof Leg.Way way) {
                to.goes(way);
                ways.computeIfAbsent(way.destination(), any -> new ArrayList<>())
                        .add(to);
            } else {
                wayless.add(to);
            }
        }
        if (!wayless.isEmpty()) {
            new Errand(work, this, place, wayless, Ledger.Company.ANY).begin();
        }
        ways.forEach((destination, all) -> {
            for (int start = 0; start < all.size(); start += Consignment.MAX_RECIPIENTS) {
                List<Addressee> together = all.subList(start, Math.min(start + Consignment.MAX_RECIPIENTS, all.size()));
                depart(destination, together);
            }
        });
    }

    private void depart(String destination, List<Addressee> together) {
        Place.Lane lane = work.origin() == Ledger.Origin.QUEUE ? Place.Lane.QUEUE : Place.Lane.SCHEDULE;
        List<Addressee> going = together;
        Optional<Admission.Suspended> suspension = suspension(destination);
        if (suspension.isPresent()) {
            going = suspensions.putOff(together, suspension.get());
            lane = Place.Lane.PRESSING;
        }
        if (!going.isEmpty()) {
            wait(
                    place.slots(),
                    new Place(destination, lane, domain(going.get(0))),
                    new Errand(work, this, place, going, Ledger.Company.ANY));
        }
    }

    /** What ends a claimed recipient unattempted: its destination is suspended beyond its lifetime. */
    Optional<Disposition> ending(Addressee to, Leg.Way way) {
        return suspension(way.destination()).flatMap(suspension -> suspensions.ending(to, suspension));
    }

    /** Why nothing may go there: it is suspended, or the one probe of it is under way already. */
    private Optional<Admission.Suspended> suspension(String destination) {
        return switch (place.destinations().admission(destination)) {
            case Admission.Suspended suspended -> Optional.of(suspended);
            case Admission.Open open -> Optional.empty();
            case Admission.Probe probe -> besideProbe(destination);
            case Admission.ProbeDue due -> besideProbe(destination);
        };
    }

    private Optional<Admission.Suspended> besideProbe(String destination) {
        return place.slots().destinations().contains(destination)
                ? Optional.of(new Admission.Suspended(
                        place.clock().instant().plus(place.settings().overBoundRetry()), Optional.empty()))
                : Optional.empty();
    }

    /** Whose mail it is; of several the first. */
    private static String domain(Addressee to) {
        return to.recipient().managedDomains().stream()
                .findFirst()
                .map(DomainName::ascii)
                .orElse("-");
    }

    private void wait(Slots slots, Place where, Errand errand) {
        if (work.isSlow()) {
            errand.addressees().forEach(this::leaveForLater);
            return;
        }
        errands.removeIf(each -> each.addressees().stream().noneMatch(to -> to.phase() == Phase.WAITING));
        Optional<Slots.Ticket> ticket =
                slots.request(where, () -> work.run(errand::begin), () -> work.run(() -> evicted(errand)));
        if (ticket.isPresent()) {
            errand.waitsWith(ticket.get());
            errands.add(errand);
        } else {
            errand.addressees().forEach(this::leaveForLater);
        }
    }

    /** Two attempts at it ended with their pod: it gets a third one, with none of its kind beside it. */
    void isolate(Addressee to) {
        work.leaveHand(to);
        wait(place.isolation(), SUSPECTS, new Errand(work, this, place, List.of(to), Ledger.Company.ALONE));
    }

    /** Another attempt at it is under way; it is looked after again when that must have ended. */
    void hold(Addressee to, Duration remaining) {
        work.leaveHand(to);
        Instant until = place.clock().instant().plus(remaining);
        if (work.origin() == Ledger.Origin.SCHEDULE || work.isSlow()) {
            work.conclude(to, place.conclusions().leftForLater(work.mail(), to, until));
            return;
        }
        to.enter(Phase.HELD);
        held.put(to, until);
        long pause = Math.max(100, Math.min(remaining.toMillis() + 100, 5_000));
        place.vertx()
                .setTimer(
                        pause,
                        any -> work.run(() -> {
                            if (to.phase() == Phase.HELD) {
                                advance(List.of(to));
                            }
                        }));
    }

    /** Its destination does not move, or was suspended: others need the room. */
    private void evicted(Errand errand) {
        List<Addressee> waiting = errand.addressees().stream()
                .filter(to -> to.phase() == Phase.WAITING)
                .toList();
        if (waiting.isEmpty()) {
            return;
        }
        Optional<Admission.Suspended> suspension = suspension(waiting.get(0).route());
        if (suspension.isPresent()) {
            waiting = suspensions.putOff(waiting, suspension.get());
        }
        waiting.forEach(this::leaveForLater);
    }

    void leaveForLater(Addressee to) {
        Instant due = held.getOrDefault(
                to, place.clock().instant().plus(place.settings().overBoundRetry()));
        held.remove(to);
        work.conclude(to, place.conclusions().leftForLater(work.mail(), to, due));
    }

    /** Takes those back that have not begun. */
    List<Addressee> stillWaiting() {
        List<Addressee> waiting = new ArrayList<>(held.keySet());
        errands.stream().filter(Errand::cancel).forEach(errand -> waiting.addAll(errand.addressees()));
        errands.clear();
        return waiting;
    }
}
