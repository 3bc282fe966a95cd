package io.sekisho.egress.attempt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/**
 * Bounds the attempts that run at once: in all, and for each destination, with a line before each destination. Destinations
 * are served in turn, and in a line managed domains are, so that none waits for another's mail.
 *
 * <p>Who waits keeps room that others could use. So at a destination where nothing ends for a while the line is short, where
 * none may go there is none, and a domain whose mail waits long has half of all places at most.
 *
 * <p>Thread safety: all methods, of the tickets too. What is run when a slot is free is run on the thread that freed it,
 * and must not block.
 */
final class Slots {

    /** After so long without an end a destination does not move. */
    private static final long STANDSTILL_NANOS = Duration.ofSeconds(5).toNanos();

    /** So long a domain's mail may wait for slots before the domain gives up places: writing the schedule costs more than waiting. */
    private static final long LONG_WAIT_NANOS = Duration.ofSeconds(10).toNanos();

    /** Of a destination that does not move this part of the line may wait. */
    private static final int STANDSTILL_PART = 20;

    private final Bounds bounds;
    private final ToIntFunction<String> capacity;
    private final LongSupplier nanos;
    private final Map<String, Line> lines = new LinkedHashMap<>();

    /** New mail that waits, by managed domain. */
    private final Map<String, SequencedSet<Ticket>> domains = new HashMap<>();

    private int inUse;

    /**
     * How many at once.
     *
     * @param total attempts
     * @param waitingPerDestination for a slot
     * @param waitingPerDomain for slots, of mail that waits long
     */
    record Bounds(int total, int waitingPerDestination, int waitingPerDomain) {}

    /**
     * Nobody is in it.
     *
     * @param capacity of a destination, at this moment; 0 where nobody may go
     * @param nanos a clock such as {@link System#nanoTime}
     */
    Slots(Bounds bounds, ToIntFunction<String> capacity, LongSupplier nanos) {
        this.bounds = bounds;
        this.capacity = capacity;
        this.nanos = nanos;
    }

    /**
     * Asks for a slot.
     *
     * @param begin run once, when there is one: perhaps before this returns
     * @param evicted run instead, if others need the place more
     * @return empty where too many wait for this destination already
     */
    Optional<Ticket> request(Place place, Runnable begin, Runnable evicted) {
        Ticket ticket = new Ticket(place, begin, evicted, nanos.getAsLong());
        synchronized (this) {
            Line line = lines.computeIfAbsent(place.destination(), any -> new Line());
            boolean free = inUse < bounds.total && line.running() < capacity.applyAsInt(place.destination());
            boolean refused =
                    !free && place.lane() != Place.Lane.PRESSING && line.waiting() >= bound(place.destination(), line);
            if (refused) {
                forgetIfEmpty(place.destination(), line);
                return Optional.empty();
            }
            line.add(ticket);
            if (place.lane() == Place.Lane.QUEUE) {
                domains.computeIfAbsent(place.domain(), any -> new LinkedHashSet<>())
                        .add(ticket);
            }
        }
        serve();
        return Optional.of(ticket);
    }

    /** Looks again at what has changed by itself: who may begin, and who must give up its place. */
    void review() {
        List<Ticket> evicted = new ArrayList<>();
        synchronized (this) {
            long now = nanos.getAsLong();
            for (String destination : List.copyOf(lines.keySet())) {
                Line line = lines.get(destination);
                int most = bound(destination, line);
                boolean isClosed = capacity.applyAsInt(destination) == 0;
                for (Optional<Ticket> last = excess(line, most, isClosed, now);
                        last.isPresent();
                        last = excess(line, most, isClosed, now)) {
                    evicted.add(over(last.get()));
                }
                forgetIfEmpty(destination, line);
            }
            for (SequencedSet<Ticket> of : List.copyOf(domains.values())) {
                while (of.size() > bounds.waitingPerDomain && of.getFirst().hasWaited(LONG_WAIT_NANOS, now)) {
                    Ticket ticket = of.getLast();
                    lines.get(ticket.place.destination()).remove(ticket);
                    evicted.add(over(ticket));
                }
            }
        }
        evicted.forEach(ticket -> ticket.evicted.run());
        serve();
    }

    /** Who came last goes first; where nobody may go, all who wait long. */
    private static Optional<Ticket> excess(Line line, int most, boolean isClosed, long now) {
        if (line.waiting() > most) {
            return line.pollLast();
        }
        return isClosed && line.hasWaiting(STANDSTILL_NANOS, now) ? line.pollLast() : Optional.empty();
    }

    private int bound(String destination, Line line) {
        if (capacity.applyAsInt(destination) == 0) {
            // One, that there is somebody to be let in when it opens.
            return 1;
        }
        boolean moves = line.running() == 0 || nanos.getAsLong() - line.moved() < STANDSTILL_NANOS;
        return moves ? bounds.waitingPerDestination : bounds.waitingPerDestination / STANDSTILL_PART;
    }

    private Ticket over(Ticket ticket) {
        ticket.state = State.OVER;
        left(ticket);
        return ticket;
    }

    private void left(Ticket ticket) {
        domains.computeIfPresent(ticket.place.domain(), (any, of) -> {
            of.remove(ticket);
            return of.isEmpty() ? null : of;
        });
    }

    private void forgetIfEmpty(String destination, Line line) {
        if (line.isEmpty()) {
            lines.remove(destination);
        }
    }

    /** The destinations at which somebody is, or before which somebody waits. */
    synchronized Set<String> destinations() {
        return new TreeSet<>(lines.keySet());
    }

    synchronized int inUse() {
        return inUse;
    }

    synchronized int waiting() {
        return lines.values().stream().mapToInt(Line::waiting).sum();
    }

    private void serve() {
        for (Optional<Ticket> next = next(); next.isPresent(); next = next()) {
            next.get().begin.run();
        }
    }

    private synchronized Optional<Ticket> next() {
        if (inUse >= bounds.total) {
            return Optional.empty();
        }
        for (Map.Entry<String, Line> each : lines.entrySet()) {
            Line line = each.getValue();
            Optional<Ticket> next = line.waiting() == 0
                    ? Optional.empty()
                    : line.next(capacity.applyAsInt(each.getKey()), nanos.getAsLong());
            if (next.isPresent()) {
                // Behind the others, for its next turn.
                lines.remove(each.getKey());
                lines.put(each.getKey(), line);
                inUse++;
                next.get().state = State.RUNNING;
                left(next.get());
                return next;
            }
        }
        return Optional.empty();
    }

    private enum State {
        WAITING,
        RUNNING,
        OVER
    }

    /** A place before a destination, and then in it. */
    final class Ticket {
        private final Place place;
        private final Runnable begin;
        private final Runnable evicted;
        private final long since;
        private State state = State.WAITING;

        private Ticket(Place place, Runnable begin, Runnable evicted, long since) {
            this.place = place;
            this.begin = begin;
            this.evicted = evicted;
            this.since = since;
        }

        Place place() {
            return place;
        }

        String destination() {
            return place.destination();
        }

        boolean hasWaited(long span, long now) {
            return now - since >= span;
        }

        /** Whether all slots that this pod has at the destination are in use. */
        boolean isFull() {
            synchronized (Slots.this) {
                Line line = lines.get(place.destination());
                return line != null && line.running() >= capacity.applyAsInt(place.destination());
            }
        }

        /** Gives up waiting; false where the slot was given already, and must be released. */
        boolean cancel() {
            synchronized (Slots.this) {
                if (state != State.WAITING) {
                    return false;
                }
                Line line = lines.get(place.destination());
                line.remove(this);
                over(this);
                forgetIfEmpty(place.destination(), line);
                return true;
            }
        }

        /** Frees the slot, once. */
        void release() {
            synchronized (Slots.this) {
                if (state != State.RUNNING) {
                    return;
                }
                state = State.OVER;
                inUse--;
                Line line = lines.get(place.destination());
                line.ended(this, nanos.getAsLong());
                forgetIfEmpty(place.destination(), line);
            }
            serve();
        }
    }
}
