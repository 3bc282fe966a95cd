package io.sekisho.egress.attempt;

import io.sekisho.egress.attempt.Place.Lane;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who waits before one destination, and how many are in it.
 *
 * <p>Thread safety: guarded by {@link Slots}.
 */
final class Line {

    private final Map<Lane, Turns<Slots.Ticket>> waiting = new EnumMap<>(Lane.class);
    private final Map<Lane, Integer> running = new EnumMap<>(Lane.class);
    private Lane served = Lane.QUEUE;
    private long moved;

    Line() {
        for (Lane lane : Lane.values()) {
            waiting.put(lane, new Turns<>());
            running.put(lane, 0);
        }
    }

    int waiting() {
        return waiting.values().stream().mapToInt(Turns::size).sum();
    }

    int running() {
        return running.values().stream().mapToInt(count -> count).sum();
    }

    boolean isEmpty() {
        return running() == 0 && waiting() == 0;
    }

    /** Since when nothing began at the idle destination, nor ended there. */
    long moved() {
        return moved;
    }

    void add(Slots.Ticket ticket) {
        waiting.get(ticket.place().lane()).add(ticket.place().domain(), ticket);
    }

    void remove(Slots.Ticket ticket) {
        waiting.get(ticket.place().lane()).remove(ticket.place().domain(), ticket);
    }

    /** Who came last of those that have most, but nobody who is pressed. */
    Optional<Slots.Ticket> pollLast() {
        Turns<Slots.Ticket> newest = waiting.get(Lane.QUEUE);
        return (newest.size() > 0 ? newest : waiting.get(Lane.SCHEDULE)).pollLast();
    }

    /** Whether somebody who may be sent away has waited for so long. */
    boolean hasWaiting(long span, long now) {
        return Stream.of(Lane.QUEUE, Lane.SCHEDULE)
                .flatMap(lane -> waiting.get(lane).first().stream())
                .anyMatch(ticket -> ticket.hasWaited(span, now));
    }

    /** Who may begin, if so many may be in it. */
    Optional<Slots.Ticket> next(int capacity, long now) {
        Optional<Slots.Ticket> next =
                turn(capacity).flatMap(lane -> waiting.get(lane).poll());
        next.ifPresent(ticket -> {
            if (running() == 0) {
                moved = now;
            }
            served = ticket.place().lane();
            running.merge(served, 1, Integer::sum);
        });
        return next;
    }

    private Optional<Lane> turn(int capacity) {
        if (waits(Lane.PRESSING) && (running.get(Lane.PRESSING) == 0 || running() < capacity)) {
            return Optional.of(Lane.PRESSING);
        }
        if (running() >= capacity) {
            return Optional.empty();
        }
        if (waits(Lane.QUEUE) && waits(Lane.SCHEDULE)) {
            int fewer = Integer.compare(running.get(Lane.QUEUE), running.get(Lane.SCHEDULE));
            boolean queue = fewer < 0 || (fewer == 0 && served != Lane.QUEUE);
            return Optional.of(queue ? Lane.QUEUE : Lane.SCHEDULE);
        }
        return waits(Lane.QUEUE)
                ? Optional.of(Lane.QUEUE)
                : waits(Lane.SCHEDULE) ? Optional.of(Lane.SCHEDULE) : Optional.empty();
    }

    private boolean waits(Lane lane) {
        return waiting.get(lane).size() > 0;
    }

    void ended(Slots.Ticket ticket, long now) {
        running.merge(ticket.place().lane(), -1, Integer::sum);
        moved = now;
    }
}
