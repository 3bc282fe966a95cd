package io.sekisho.egress.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SlotsTest {

    private final List<String> begun = new ArrayList<>();
    private final Slots slots = new Slots(new Slots.Bounds(3, 1, 100), any -> 2, () -> 0);

    @Test
    void boundsTheAttemptsAtOneDestination() {
        request("a", "a1");
        Slots.Ticket second = request("a", "a2").orElseThrow();
        request("a", "a3");
        assertThat(begun).containsExactly("a1", "a2");
        second.release();
        assertThat(begun).containsExactly("a1", "a2", "a3");
    }

    @Test
    void boundsAllAttemptsAndServesDestinationsInTurn() {
        Slots.Ticket first = request("a", "a1").orElseThrow();
        request("a", "a2");
        request("b", "b1");
        request("a", "a3");
        request("c", "c1");
        assertThat(slots.inUse()).isEqualTo(3);
        assertThat(slots.waiting()).isEqualTo(2);
        first.release();
        assertThat(begun).containsExactly("a1", "a2", "b1", "a3");
    }

    @Test
    void refusesWhereTooManyWait() {
        request("a", "a1");
        request("a", "a2");
        assertThat(request("a", "a3")).isPresent();
        assertThat(request("a", "a4")).isEmpty();
        assertThat(request("b", "b1")).isPresent();
    }

    @Test
    void forgetsWhoGaveUpWaiting() {
        Slots.Ticket first = request("a", "a1").orElseThrow();
        request("a", "a2");
        Slots.Ticket third = request("a", "a3").orElseThrow();
        assertThat(third.cancel()).isTrue();
        assertThat(third.cancel()).isFalse();
        first.release();
        assertThat(begun).containsExactly("a1", "a2");
        assertThat(slots.inUse()).isEqualTo(1);
    }

    @Test
    void doesNotCancelWhatHasBegunAndReleasesItOnce() {
        Slots.Ticket first = request("a", "a1").orElseThrow();
        assertThat(first.cancel()).isFalse();
        first.release();
        first.release();
        assertThat(slots.inUse()).isZero();
        assertThat(slots.waiting()).isZero();
    }

    @Test
    void sendsAwayWhoWaitsAtADestinationThatDoesNotMove() {
        AtomicLong now = new AtomicLong();
        List<String> evicted = new ArrayList<>();
        Slots moving = new Slots(new Slots.Bounds(10, 40, 100), any -> 1, now::get);
        Slots.Ticket first = moving.request(place("dead"), () -> {}, () -> {}).orElseThrow();
        for (int i = 0; i < 40; i++) {
            String name = "waiting" + i;
            assertThat(moving.request(place("dead"), () -> begun.add(name), () -> evicted.add(name)))
                    .isPresent();
        }
        moving.review();
        assertThat(evicted).isEmpty();
        now.addAndGet(Duration.ofSeconds(5).toNanos());
        moving.review();
        assertThat(evicted).hasSize(38).contains("waiting39").doesNotContain("waiting0", "waiting1");
        assertThat(moving.request(place("dead"), () -> {}, () -> {})).isEmpty();
        first.release();
        assertThat(begun).containsExactly("waiting0");
        // It moves again.
        assertThat(moving.request(place("dead"), () -> {}, () -> {})).isPresent();
        assertThat(moving.request(place("dead"), () -> {}, () -> {})).isPresent();
    }

    @Test
    void servesTheManagedDomainsOfADestinationInTurn() {
        Slots one = new Slots(new Slots.Bounds(1, 100, 100), any -> 1, () -> 0);
        List<Slots.Ticket> tickets = new ArrayList<>();
        for (String who : List.of("a1", "a2", "a3", "b1", "a4", "c1")) {
            tickets.add(request(one, Place.Lane.QUEUE, who));
        }
        tickets.get(0).release();
        tickets.get(1).release();
        tickets.get(3).release();
        tickets.get(5).release();
        assertThat(begun).containsExactly("a1", "a2", "b1", "c1", "a3");
    }

    @Test
    void givesHalfOfADestinationsSlotsToOlderMailIfThereIsAny() {
        Slots four = new Slots(new Slots.Bounds(10, 100, 100), any -> 4, () -> 0);
        List<Slots.Ticket> news = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            news.add(request(four, Place.Lane.QUEUE, "new" + i));
        }
        assertThat(begun).containsExactly("new0", "new1", "new2", "new3");
        for (int i = 0; i < 8; i++) {
            request(four, Place.Lane.SCHEDULE, "old" + i);
        }
        begun.clear();
        news.subList(0, 4).forEach(Slots.Ticket::release);
        assertThat(begun).containsExactlyInAnyOrder("old0", "old1", "new4", "new5");
    }

    @Test
    void takesTurnsOfOldAndNewWhereThereIsOneSlot() {
        Slots one = new Slots(new Slots.Bounds(10, 100, 100), any -> 1, () -> 0);
        Slots.Ticket first = request(one, Place.Lane.QUEUE, "new0");
        Slots.Ticket second = request(one, Place.Lane.SCHEDULE, "old0");
        Slots.Ticket third = request(one, Place.Lane.QUEUE, "new1");
        request(one, Place.Lane.SCHEDULE, "old1");
        first.release();
        second.release();
        third.release();
        assertThat(begun).containsExactly("new0", "old0", "new1", "old1");
    }

    @Test
    void letsOneWaitWhereNobodyMayGoAndBeginWhenSomebodyMay() {
        AtomicInteger capacity = new AtomicInteger();
        AtomicLong now = new AtomicLong();
        List<String> evicted = new ArrayList<>();
        Slots closed = new Slots(new Slots.Bounds(10, 100, 100), any -> capacity.get(), now::get);
        Place place = place("dead");
        assertThat(closed.request(place, () -> begun.add("probe"), () -> evicted.add("probe")))
                .isPresent();
        assertThat(closed.request(place, () -> {}, () -> {})).isEmpty();
        capacity.set(1);
        closed.review();
        assertThat(begun).containsExactly("probe");
        capacity.set(0);
        closed.request(place, () -> begun.add("late"), () -> evicted.add("late"));
        now.addAndGet(Duration.ofSeconds(5).toNanos());
        closed.review();
        assertThat(evicted).containsExactly("late");
    }

    @Test
    void letsWhatIsPressingGoOneByOneWhereNobodyMay() {
        Slots closed = new Slots(new Slots.Bounds(10, 100, 100), any -> 0, () -> 0);
        Slots.Ticket first = request(closed, Place.Lane.PRESSING, "p1");
        request(closed, Place.Lane.PRESSING, "p2");
        assertThat(begun).containsExactly("p1");
        first.release();
        assertThat(begun).containsExactly("p1", "p2");
    }

    @Test
    void keepsADomainWhoseMailWaitsLongFromTakingAllPlaces() {
        AtomicLong now = new AtomicLong();
        List<String> evicted = new ArrayList<>();
        Slots slots = new Slots(new Slots.Bounds(100, 100, 3), any -> 1, now::get);
        for (int i = 0; i < 4; i++) {
            for (String destination : List.of("x", "y")) {
                String name = destination + i;
                slots.request(new Place(destination, Place.Lane.QUEUE, "greedy"), () -> {}, () -> evicted.add(name));
            }
        }
        slots.request(new Place("x", Place.Lane.QUEUE, "modest"), () -> {}, () -> evicted.add("modest"));
        slots.review();
        assertThat(evicted).isEmpty();
        now.addAndGet(Duration.ofSeconds(10).toNanos());
        slots.review();
        assertThat(evicted).containsExactly("y3", "x3", "y2");
        assertThat(slots.waiting()).isEqualTo(4);
    }

    private Slots.Ticket request(Slots slots, Place.Lane lane, String who) {
        return slots.request(new Place("x", lane, who.substring(0, 1)), () -> begun.add(who), () -> {})
                .orElseThrow();
    }

    private Optional<Slots.Ticket> request(String destination, String name) {
        return slots.request(place(destination), () -> begun.add(name), () -> {});
    }

    private static Place place(String destination) {
        return new Place(destination, Place.Lane.QUEUE, "customer.example");
    }
}
