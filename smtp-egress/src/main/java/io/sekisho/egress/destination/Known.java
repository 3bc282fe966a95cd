package io.sekisho.egress.destination;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One destination as this pod knows it. Thread safety: guarded by {@link Destinations}. */
final class Known {

    /** A row that is used is marked as such this often. */
    private static final Duration MARK = Duration.ofMinutes(10);

    /** What was not used for so long need not be known. */
    private static final Duration IDLE = Duration.ofMinutes(10);

    private DestinationState state;
    private Feedback untold = Feedback.NONE;
    private Feedback underWay = Feedback.NONE;
    private boolean asked;
    private boolean wantsProbe;
    private Instant used;
    private Instant marked;

    Known(DestinationState state, Instant now) {
        this.state = state;
        used = now;
        marked = now;
    }

    DestinationState state() {
        return state;
    }

    void use(Instant now) {
        used = now;
    }

    /** An attempt said something; what changes nothing need not be told to others. */
    void hears(Feedback one, Instant now, DestinationLimits limits) {
        DestinationState next = state.after(one, now, limits);
        if (!next.equals(state) || hasUntold()) {
            untold = untold.then(one);
        }
        if (next.isSuspended() || state.isSuspended()) {
            wantsProbe = false;
        }
        state = next;
    }

    boolean hasUntold() {
        return !untold.isNothing() || !underWay.isNothing();
    }

    void wantProbe() {
        wantsProbe = true;
    }

    boolean wantsProbe() {
        return wantsProbe;
    }

    /** Nobody can be asked. */
    void takesProbe(String owner, Instant now, DestinationLimits limits) {
        state = state.probedBy(owner, now, limits);
    }

    boolean isToBeAsked() {
        return !asked;
    }

    boolean isToBeMarked(Instant now) {
        return asked && used.isAfter(marked) && now.isAfter(marked.plus(MARK));
    }

    Optional<Feedback> tell() {
        underWay = untold;
        untold = Feedback.NONE;
        return underWay.isNothing() ? Optional.empty() : Optional.of(underWay);
    }

    void told() {
        underWay = Feedback.NONE;
        asked = true;
    }

    void marked(Instant now) {
        marked = now;
    }

    void notTold() {
        untold = underWay.then(untold);
        underWay = Feedback.NONE;
    }

    /** What all pods know, and on top of it what this one has not told yet. */
    void learns(DestinationState shared, Instant now, DestinationLimits limits) {
        state = shared.after(untold, now, limits);
        wantsProbe = wantsProbe && state.isSuspended();
    }

    boolean isIdle(Instant now) {
        Instant latest =
                state.suspendedUntil().filter(until -> until.isAfter(used)).orElse(used);
        return !hasUntold() && now.isAfter(latest.plus(IDLE));
    }
}
