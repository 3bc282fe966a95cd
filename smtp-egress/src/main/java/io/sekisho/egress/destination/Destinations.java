package io.sekisho.egress.destination;

import io.sekisho.egress.destination.DestinationTable.Answer;
import io.sekisho.egress.destination.DestinationTable.Request;
import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The destinations as this pod knows them: what it is asked is answered from memory at once, and what it hears is told to
 * the other pods about once a second. Where they cannot be reached it goes on with what it knows, and makes probes by itself.
 *
 * <p>Bounded: {@link #MOST} destinations; beyond, one that is not known counts as open, and nothing is learnt of it.
 *
 * <p>Thread safety: all methods, none blocks.
 */
public final class Destinations {

    private static final Logger LOG = Logger.getLogger(Destinations.class);

    static final int MOST = 10_000;

    /** Told to others at once; more take turns. */
    private static final int MOST_AT_ONCE = 1_000;

    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** Without an answer for so long a pod counts on itself alone. */
    private static final Duration ALONE_AFTER = Duration.ofSeconds(10);

    private final DestinationTable table;
    private final DestinationLimits limits;
    private final String owner;
    private final Clock clock;
    private final Map<String, Known> known = new HashMap<>();
    private Share share = Share.ALL;
    private Instant since = Instant.EPOCH;
    private Instant lastAnswer;
    private boolean underWay;

    /**
     * Knows nothing yet.
     *
     * @param owner pod and incarnation
     */
    public Destinations(DestinationTable table, DestinationLimits limits, String owner, Clock clock) {
        this.table = table;
        this.limits = limits;
        this.owner = owner;
        this.clock = clock;
        lastAnswer = clock.instant();
    }

    /** Whether attempts may be made at it; asking is what makes a probe happen. */
    public synchronized Admission admission(String destination) {
        Instant now = clock.instant();
        Known it = known(destination, now);
        Admission admission = it.state().admission(owner, now);
        if (admission instanceof Admission.ProbeDue) {
            it.wantProbe();
            if (isAlone(now)) {
                it.takesProbe(owner, now, limits);
                return it.state().admission(owner, now);
            }
        }
        return admission;
    }

    /** Whether one attempt is to show whether it answers again, of this pod if it is settled. */
    public synchronized boolean isProbed(String destination) {
        Known it = known.get(destination);
        return it != null
                && switch (it.state().admission(owner, clock.instant())) {
                    case Admission.Probe probe -> true;
                    case Admission.ProbeDue due -> true;
                    case Admission.Open open -> false;
                    case Admission.Suspended suspended -> false;
                };
    }

    /** How many attempts at once this pod may make at it, of those of the whole cluster; 0 or more. */
    public synchronized int share(String destination) {
        Known it = known.get(destination);
        DestinationState state = it == null ? DestinationState.fresh(limits) : it.state();
        return switch (state.admission(owner, clock.instant())) {
            case Admission.Open(int concurrency) -> share.of(concurrency, destination);
            case Admission.Probe probe -> 1;
            case Admission.ProbeDue due -> 0;
            case Admission.Suspended suspended -> 0;
        };
    }

    /** An attempt ended. */
    public synchronized void came(String destination, Signal signal, Feedback.Use use) {
        Instant now = clock.instant();
        Known it = known(destination, now);
        boolean was = it.state().isSuspended();
        it.hears(Feedback.NONE.then(signal, use), now, limits);
        log(destination, was, it.state());
    }

    /** Open ones of which this pod has no share, and suspended ones of which the others do not know yet. */
    public synchronized List<String> closedHere() {
        Instant now = clock.instant();
        List<String> closed = new ArrayList<>();
        known.forEach((name, it) -> {
            switch (it.state().admission(owner, now)) {
                case Admission.Open(int concurrency) when share.of(concurrency, name) == 0 -> closed.add(name);
                case Admission.Suspended suspended when it.hasUntold() -> closed.add(name);
                default -> {}
            }
        });
        return closed;
    }

    synchronized int count() {
        return known.size();
    }

    /** How many destinations this pod knows to be suspended. */
    public synchronized int suspendedCount() {
        return (int)
                known.values().stream().filter(it -> it.state().isSuspended()).count();
    }

    /** How many attempts at once the cluster makes at the known, open destinations, together. */
    public synchronized int concurrencySum() {
        return known.values().stream()
                .map(Known::state)
                .filter(state -> !state.isSuspended())
                .mapToInt(DestinationState::concurrency)
                .sum();
    }

    /** Among how many pods the limits are divided. */
    public synchronized int podCount() {
        return share.pods();
    }

    /**
     * Tells the others and learns from them; nothing, where that is under way. Never fails.
     *
     * @param busy gives the destinations at which this pod has attempts, or some that wait: only of these it keeps a probe
     */
    public Uni<Void> exchange(Supplier<Set<String>> busy) {
        return Uni.createFrom().deferred(() -> {
            Request request = begin(busy.get());
            if (request == null) {
                return Uni.createFrom().voidItem();
            }
            return table.exchange(request)
                    .ifNoItem()
                    .after(LIMIT)
                    .fail()
                    .onItemOrFailure()
                    .invoke((answer, failure) -> end(request, answer, failure))
                    .onFailure()
                    .recoverWithNull()
                    .replaceWithVoid();
        });
    }

    /** Forgets what nobody uses any more. Never fails. */
    public Uni<Void> forget() {
        return table.forget().onFailure().recoverWithNull();
    }

    /** This pod is going. Never fails. */
    public Uni<Void> leave() {
        return table.leave(owner).onFailure().recoverWithNull();
    }

    private synchronized Request begin(Set<String> busy) {
        if (underWay) {
            return null;
        }
        underWay = true;
        Instant now = clock.instant();
        known.entrySet().removeIf(each -> each.getValue().isIdle(now) && !busy.contains(each.getKey()));
        Map<String, Feedback> told = new HashMap<>();
        Set<String> probes = new HashSet<>();
        List<String> used = new ArrayList<>();
        List<String> asked = new ArrayList<>();
        known.forEach((name, it) -> {
            if (told.size() < MOST_AT_ONCE) {
                it.tell().ifPresent(feedback -> told.put(name, feedback));
            }
            boolean isMine = it.state().admission(owner, now) instanceof Admission.Probe;
            if ((isMine || it.wantsProbe()) && probes.size() < MOST_AT_ONCE && busy.contains(name)) {
                probes.add(name);
            }
            if (it.isToBeMarked(now) && used.size() < MOST_AT_ONCE) {
                used.add(name);
            }
            if (it.isToBeAsked() && asked.size() < MOST_AT_ONCE) {
                asked.add(name);
            }
        });
        return new Request(owner, told, probes, used, asked, since);
    }

    private synchronized void end(Request request, Answer answer, Throwable failure) {
        underWay = false;
        Instant now = clock.instant();
        if (failure != null) {
            request.told().keySet().forEach(name -> known.get(name).notTold());
            LOG.debug(LogLine.of("destinations not shared").with(LogKey.CAUSE, failure));
            return;
        }
        request.told().keySet().forEach(name -> known.get(name).told());
        request.asked().forEach(name -> known.get(name).told());
        request.used().forEach(name -> known.get(name).marked(now));
        answer.states().forEach((name, state) -> learn(name, state, now));
        share = Share.of(owner, answer.pods());
        since = answer.now();
        lastAnswer = now;
    }

    private void learn(String name, DestinationState state, Instant now) {
        Known it = known.get(name);
        if (it != null) {
            boolean was = it.state().isSuspended();
            it.learns(state, now, limits);
            log(name, was, it.state());
        } else if (state.isSuspended() && known.size() < MOST) {
            known.put(name, new Known(state, now));
        }
    }

    private Known known(String destination, Instant now) {
        Known it = known.get(destination);
        if (it == null) {
            it = new Known(DestinationState.fresh(limits), now);
            if (known.size() < MOST) {
                known.put(destination, it);
            }
        }
        it.use(now);
        return it;
    }

    private boolean isAlone(Instant now) {
        return now.isAfter(lastAnswer.plus(ALONE_AFTER));
    }

    private static void log(String destination, boolean was, DestinationState now) {
        if (!was && now.isSuspended()) {
            LOG.warn(LogLine.of("destination suspended")
                    .with(LogKey.DESTINATION, destination)
                    .with(LogKey.DUE, now.suspendedUntil())
                    .with(LogKey.DETAIL, now.last().map(Trouble::detail)));
        } else if (was && !now.isSuspended()) {
            LOG.info(LogLine.of("destination answers again").with(LogKey.DESTINATION, destination));
        }
    }
}
