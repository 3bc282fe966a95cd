package io.sekisho.egress.destination;

import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The table in memory, by the clock of the test; pods never die by themselves. */
public final class MemoryDestinations implements DestinationTable {

    private final Clock clock;
    private final DestinationLimits limits;
    private final Map<String, DestinationState> rows = new HashMap<>();
    private final Set<String> pods = new LinkedHashSet<>();
    private volatile boolean down;

    public MemoryDestinations(Clock clock, DestinationLimits limits) {
        this.clock = clock;
        this.limits = limits;
    }

    /** Lets every step fail, or work again. */
    public void down(boolean now) {
        down = now;
    }

    /** Until when it is suspended; absent where it is open. */
    public synchronized java.util.Optional<Instant> suspendedUntil(String name) {
        return java.util.Optional.ofNullable(rows.get(name)).flatMap(DestinationState::suspendedUntil);
    }

    /** Whether a pod may take mail for it out of the schedule. */
    public synchronized boolean isClosed(String name, String owner) {
        DestinationState state = rows.getOrDefault(name, DestinationState.fresh(limits));
        return state.admission(owner, clock.instant()) instanceof Admission.Suspended;
    }

    synchronized DestinationState row(String name) {
        return rows.get(name);
    }

    @Override
    public Uni<Answer> exchange(Request request) {
        return Uni.createFrom().item(() -> {
            if (down) {
                throw new IllegalStateException("the database is down");
            }
            return exchangeNow(request);
        });
    }

    private synchronized Answer exchangeNow(Request request) {
        Instant now = clock.instant();
        pods.add(request.owner());
        request.told()
                .forEach((name, told) ->
                        rows.compute(name, (any, state) -> orFresh(state).after(told, now, limits)));
        request.probes()
                .forEach(name ->
                        rows.compute(name, (any, state) -> orFresh(state).probedBy(request.owner(), now, limits)));
        return new Answer(Map.copyOf(rows), List.copyOf(pods), now);
    }

    private DestinationState orFresh(DestinationState state) {
        return state == null ? DestinationState.fresh(limits) : state;
    }

    @Override
    public Uni<Void> forget() {
        return Uni.createFrom().voidItem();
    }

    @Override
    public synchronized Uni<Void> leave(String owner) {
        pods.remove(owner);
        return Uni.createFrom().voidItem();
    }
}
