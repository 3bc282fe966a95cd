package io.sekisho.egress.attempt;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Bounds the attempts that run at once: in all, and for each destination, with a short queue before each destination.
 * Destinations are served in turn, so that none waits for another's mail.
 *
 * <p>Thread safety: all methods, of the tickets too. What is run when a slot is free is run on the thread that freed it,
 * and must not block.
 */
final class Slots {

    private final int total;
    private final int perDestination;
    private final int waitingPerDestination;
    private final Map<String, Integer> running = new HashMap<>();
    private final Map<String, Deque<Ticket>> waiting = new LinkedHashMap<>();
    private int inUse;

    Slots(int total, int perDestination, int waitingPerDestination) {
        this.total = total;
        this.perDestination = perDestination;
        this.waitingPerDestination = waitingPerDestination;
    }

    /**
     * Asks for a slot.
     *
     * @param begin run once, when there is one: perhaps before this returns
     * @return empty where too many wait for this destination already
     */
    Optional<Ticket> request(String destination, Runnable begin) {
        Ticket ticket = new Ticket(destination, begin);
        synchronized (this) {
            Deque<Ticket> queue = waiting.getOrDefault(destination, new ArrayDeque<>());
            boolean free = inUse < total && running.getOrDefault(destination, 0) < perDestination;
            if (!free && queue.size() >= waitingPerDestination) {
                return Optional.empty();
            }
            queue.add(ticket);
            waiting.putIfAbsent(destination, queue);
        }
        serve();
        return Optional.of(ticket);
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
        private State state = State.WAITING;

        private Ticket(String destination, Runnable begin) {
            this.destination = destination;
            this.begin = begin;
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
            }
            serve();
        }
    }
}
