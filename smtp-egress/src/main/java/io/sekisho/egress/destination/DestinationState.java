package io.sekisho.egress.destination;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a destination, and how it changes.
 *
 * <pre>
 *         n troubles in a row                    time is over
 *   OPEN ─────────────────────▶ SUSPENDED ───────────────────▶ PROBE DUE ──lease──▶ PROBE
 *    ▲  ▲                        │      ▲                                             │ │
 *    │  └── an earlier attempt ──┘      └────────────── trouble: twice as long ───────┘ │
 *    └───────────────────────────────────── an answer ────────────────────────────────┘
 * </pre>
 *
 * <p>Concurrency follows Postfix' scheduler: one more for each success while all of it is used, one less for each trouble.
 *
 * <p>Thread safety: immutable.
 *
 * @param concurrency attempts at once, of all pods together
 * @param failures troubles in a row
 * @param suspensions in a row
 * @param suspendedUntil empty: open; past: a probe is due
 * @param probe who makes it
 */
public record DestinationState(
        int concurrency,
        int failures,
        int suspensions,
        Optional<Instant> suspendedUntil,
        Optional<Probe> probe,
        Optional<Trouble> last) {

    /** The right to the one attempt, which runs out. */
    public record Probe(String owner, Instant until) {}

    /** Nothing is known. */
    static DestinationState fresh(DestinationLimits limits) {
        return new DestinationState(limits.initial(), 0, 0, Optional.empty(), Optional.empty(), Optional.empty());
    }

    boolean isSuspended() {
        return suspendedUntil.isPresent();
    }

    /** What attempts say of it. */
    DestinationState after(Feedback told, Instant now, DestinationLimits limits) {
        if (told.isNothing()) {
            return this;
        }
        DestinationState next = isSuspended() ? suspendedAfter(told, now, limits) : openAfter(told, limits);
        return !next.isSuspended() && next.failures >= limits.failures() ? next.suspended(now, limits) : next;
    }

    private DestinationState openAfter(Feedback told, DestinationLimits limits) {
        int grown = concurrency + told.growth() - told.troubles();
        return new DestinationState(
                Math.max(1, Math.min(limits.most(), grown)),
                told.answered() ? told.lastTroubles() : failures + told.lastTroubles(),
                told.answered() ? 0 : suspensions,
                Optional.empty(),
                Optional.empty(),
                told.last().or(() -> last));
    }

    private DestinationState suspendedAfter(Feedback told, Instant now, DestinationLimits limits) {
        if (told.answered()) {
            // What it took before its trouble says nothing of what it takes after.
            return new DestinationState(
                    limits.initial(),
                    told.lastTroubles(),
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    told.last().or(() -> last));
        }
        DestinationState heard = new DestinationState(
                concurrency,
                failures,
                suspensions,
                suspendedUntil,
                probe,
                told.last().or(() -> last));
        // Attempts that began before it was suspended may end in trouble long after.
        boolean probed = !suspendedUntil.orElseThrow().isAfter(now);
        return probed ? heard.suspended(now, limits) : heard;
    }

    private DestinationState suspended(Instant now, DestinationLimits limits) {
        Duration length = limits.suspensionAfter(suspensions);
        return new DestinationState(
                concurrency, failures, suspensions + 1, Optional.of(now.plus(length)), Optional.empty(), last);
    }

    /** With the probe given to a pod, or renewed, where one is due and no other pod has it. */
    DestinationState probedBy(String owner, Instant now, DestinationLimits limits) {
        boolean mine = probe.filter(it -> it.owner.equals(owner)).isPresent();
        boolean free = probe.filter(it -> it.until.isAfter(now)).isEmpty();
        boolean due = suspendedUntil.filter(until -> !until.isAfter(now)).isPresent();
        return due && (mine || free)
                ? new DestinationState(
                        concurrency,
                        failures,
                        suspensions,
                        suspendedUntil,
                        Optional.of(new Probe(owner, now.plus(limits.probeLease()))),
                        last)
                : this;
    }

    /** Whether a pod may make attempts. */
    Admission admission(String owner, Instant now) {
        if (suspendedUntil.isEmpty()) {
            return new Admission.Open(concurrency);
        }
        if (suspendedUntil.get().isAfter(now)) {
            return new Admission.Suspended(suspendedUntil.get(), last);
        }
        Optional<Probe> live = probe.filter(it -> it.until.isAfter(now));
        if (live.isEmpty()) {
            return new Admission.ProbeDue();
        }
        return live.get().owner.equals(owner) ? new Admission.Probe() : new Admission.Suspended(live.get().until, last);
    }
}
