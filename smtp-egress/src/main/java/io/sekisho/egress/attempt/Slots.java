package io.sekisho.egress.attempt;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Bounds the attempts that run at once: in all, and for each destination, with a queue before each destination.
 * Destinations are served in turn, so that none waits for another's mail; and one at which nothing ends for a while keeps a
 * short queue only, as what waits there keeps room that others could use.
 *
 * <p>Thread safety: all methods, of the tickets too. What is run when a slot is free is run on the thread that freed it,
 * and must not block.
 */
final class Slots {

    /** After so long without an end a destination does not move. */
    private static final long STANDSTILL_NANOS = Duration.ofSeconds(5).toNanos();

    /** Of a destination that does not move this part of the queue may wait. */
    private static final int STANDSTILL_PART = 10;

    private final int total;
    private final int perDestination;
    private final int waitingPerDestination;
    private final Map<String, Integer> running = new HashMap<>();
    private final Map<String, Deque<Ticket>> waiting = new LinkedHashMap<>();
    /** When an attempt last began at an idle destination, or ended there. */
    private final Map<String, Long> moved = new HashMap<>();

    private final LongSupplier nanos;
    private int inUse;

    /** @param nanos a clock such as {@link System#nanoTime} */
    Slots(int total, int perDestination, int waitingPerDestination, LongSupplier nanos) {
        this.nanos = nanos;
        this.total = total;
        this.perDestination = perDestination;
        this.waitingPerDestination = waitingPerDestination;
    }

    /**
     * Asks for a slot.
     *
     * @param begin run once, when there is one: perhaps before this returns
     * @param evicted run instead, if it waits too long at a destination that does not move
     * @return empty where too many wait for this destination already
     */
    Optional<Ticket> request(String destination, Runnable begin, Runnable evicted) {
        Ticket ticket = new Ticket(destination, begin, evicted);
        synchronized (this) {
            Deque<Ticket> queue = waiting.getOrDefault(destination, new ArrayDeque<>());
            boolean free = inUse < total && running.getOrDefault(destination, 0) < perDestination;
            if (!free && queue.size() >= queueBound(destination)) {
                return Optional.empty();
            }
            queue.add(ticket);
            waiting.putIfAbsent(destination, queue);
        }
        serve();
        return Optional.of(ticket);
    }

    /** Sends away who waits beyond the bound of a destination that does not move. */
    void evict() {
        List<Ticket> evicted = new ArrayList<>();
        synchronized (this) {
            waiting.forEach((destination, queue) -> {
                // Who came last goes first.
                while (queue.size() > queueBound(destination)) {
                    Ticket ticket = queue.removeLast();
                    ticket.state = State.OVER;
                    evicted.add(ticket);
                }
            });
            waiting.values().removeIf(Deque::isEmpty);
        }
        evicted.forEach(ticket -> ticket.evicted.run());
    }

    private int queueBound(String destination) {
        Long last = moved.get(destination);
        boolean moves = last == null || nanos.getAsLong() - last < STANDSTILL_NANOS;
        return moves ? waitingPerDestination : waitingPerDestination / STANDSTILL_PART;
    }

    synchronized int inUse() {
        return inUse;
    }

    synchronized int waiting() {
        return waiting.values().stream().mapToInt(Deque::size).sum();
    }

    private void serve() {
        for (Optional<Ticket> next = next(); next.isPresent(); next = next()) {
            next.get().begin.run();
        }
    }

    private synchronized Optional<Ticket> next() {
        if (inUse >= total) {
            return Optional.empty();
        }
        Optional<String> served = waiting.keySet().stream()
                .filter(destination -> running.getOrDefault(destination, 0) < perDestination)
                .findFirst();
        return served.map(destination -> {
            // Behind the others, for its next turn.
            Deque<Ticket> queue = waiting.remove(destination);
            Ticket ticket = queue.remove();
            if (!queue.isEmpty()) {
                waiting.put(destination, queue);
            }
            moved.putIfAbsent(destination, nanos.getAsLong());
            running.merge(destination, 1, Integer::sum);
            inUse++;
            ticket.state = State.RUNNING;
            return ticket;
        });
    }

    private enum State {
        WAITING,
        RUNNING,
        OVER
    }

    /** A place before a destination, and then in it. */
    final class Ticket {
        private final String destination;
        private final Runnable begin;
        private final Runnable evicted;
        private State state = State.WAITING;

        private Ticket(String destination, Runnable begin, Runnable evicted) {
            this.destination = destination;
            this.begin = begin;
            this.evicted = evicted;
        }

        String destination() {
            return destination;
        }

        /** Gives up waiting; false where the slot was given already, and must be released. */
        boolean cancel() {
            synchronized (Slots.this) {
                if (state != State.WAITING) {
                    return false;
                }
                state = State.OVER;
                Deque<Ticket> queue = waiting.get(destination);
                queue.remove(this);
                if (queue.isEmpty()) {
                    waiting.remove(destination);
                }
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
                running.computeIfPresent(destination, (any, count) -> count == 1 ? null : count - 1);
                if (running.containsKey(destination)) {
                    moved.put(destination, nanos.getAsLong());
                } else {
                    moved.remove(destination);
                }
            }
            serve();
        }
    }
}
