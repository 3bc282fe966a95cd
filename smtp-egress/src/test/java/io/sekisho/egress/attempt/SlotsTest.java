package io.sekisho.egress.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SlotsTest {

    private final List<String> begun = new ArrayList<>();
    private final Slots slots = new Slots(3, 2, 1, () -> 0);

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
        Slots moving = new Slots(10, 1, 20, now::get);
        Slots.Ticket first = moving.request("dead", () -> {}, () -> {}).orElseThrow();
        for (int i = 0; i < 20; i++) {
            String name = "waiting" + i;
            assertThat(moving.request("dead", () -> begun.add(name), () -> evicted.add(name)))
                    .isPresent();
        }
        moving.evict();
        assertThat(evicted).isEmpty();
        now.addAndGet(Duration.ofSeconds(5).toNanos());
        moving.evict();
        assertThat(evicted).hasSize(18).contains("waiting19").doesNotContain("waiting0", "waiting1");
        assertThat(moving.request("dead", () -> {}, () -> {})).isEmpty();
        first.release();
        assertThat(begun).containsExactly("waiting0");
        // It moves again.
        assertThat(moving.request("dead", () -> {}, () -> {})).isPresent();
        assertThat(moving.request("dead", () -> {}, () -> {})).isPresent();
    }

    private Optional<Slots.Ticket> request(String destination, String name) {
        return slots.request(destination, () -> begun.add(name), () -> {});
    }
}
