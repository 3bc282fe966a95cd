package io.sekisho.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentGrantsTest {
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final RecentGrants recent = new RecentGrants(Duration.ofNanos(10), 2, clock::get);

    @Test
    void remembersForItsTimeAndNoLonger() {
        recent.remember("a", Optional.empty());
        clock.addAndGet(9);
        assertThat(recent.find("a")).contains(Optional.empty());
        clock.addAndGet(1);
        assertThat(recent.find("a")).isEmpty();
    }

    @Test
    void holdsNoMoreThanItsBound() {
        recent.remember("a", Optional.empty());
        recent.remember("b", Optional.empty());
        recent.remember("c", Optional.empty());
        assertThat(recent.find("a")).isEmpty();
        assertThat(recent.find("b")).isPresent();
        assertThat(recent.find("c")).isPresent();
    }
}
