package io.sekisho.rest;

import io.sekisho.mail.access.ApiKeyGrant;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Remembers the answers about a bounded number of keys for a short time, so that a busy caller costs one look-up in that time.
 *
 * <p>Thread safety: all methods may be called from any thread; none waits for anything but the map.
 */
final class RecentGrants {
    private final long nanos;
    private final LongSupplier clock;
    private final Map<String, Answer> answers;

    private record Answer(Optional<ApiKeyGrant> grant, long until) {}

    RecentGrants(Duration remembered, int atMost) {
        this(remembered, atMost, System::nanoTime);
    }

    /** With a clock in nanoseconds, for tests. */
    RecentGrants(Duration remembered, int atMost, LongSupplier clock) {
        this.nanos = remembered.toNanos();
        this.clock = clock;
        this.answers = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Answer> eldest) {
                return size() > atMost;
            }
        };
    }

    /** What is remembered about a key; the inner value is empty for "no such key". */
    synchronized Optional<Optional<ApiKeyGrant>> find(String hash) {
        Answer answer = answers.get(hash);
        return answer == null || answer.until - clock.getAsLong() <= 0 ? Optional.empty() : Optional.of(answer.grant);
    }

    synchronized void remember(String hash, Optional<ApiKeyGrant> grant) {
        answers.put(hash, new Answer(grant, clock.getAsLong() + nanos));
    }
}
