package io.sekisho.systemtests.scenario;

import io.sekisho.localstack.StackFailure;
import io.sekisho.localstack.Waiting;
import io.sekisho.systemtests.arena.Arena;
import io.sekisho.systemtests.arena.Tracked;
import io.sekisho.systemtests.arrival.Arrival;
import io.sekisho.systemtests.arrival.Arrivals;
import io.sekisho.systemtests.fault.Harm;
import io.sekisho.systemtests.fault.TimedFault;
import io.sekisho.systemtests.traffic.Answers;
import io.sekisho.systemtests.traffic.Clients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The course of a scenario: mail flows, faults come and go, mail flows on; then everything is counted. One use, one thread. */
public final class Course {

    private static final int CLIENTS = 12;
    private static final Duration FLOW_LIMIT = Duration.ofMinutes(3);
    private static final Duration FINISH_LIMIT = Duration.ofMinutes(2);
    /** Past the lease of a claim that a killed egress left, and then some. */
    private static final Duration ARRIVAL_LIMIT = Duration.ofMinutes(5);

    private static final Duration TRACKING_LIMIT = Duration.ofMinutes(2);

    private final Arena arena;
    private final long seed;
    private final Consumer<String> report;
    private final Arrivals arrivals;
    private final List<Long> doublingFaults = new ArrayList<>();

    /**
     * A course.
     *
     * @param seed of all that is sent; runs in one arena have different ones
     * @param report is told what happens, a line at a time
     */
    public Course(Arena arena, long seed, Consumer<String> report) {
        this.arena = arena;
        this.seed = seed;
        this.report = report;
        this.arrivals = new Arrivals(seed);
    }

    /**
     * Runs it to its end.
     *
     * @throws StackFailure if mail stops flowing, or something does not come up again
     */
    public Tally run(Scenario scenario, Extent extent) throws InterruptedException {
        arena.farEnd().record(arrivals);
        List<TimedFault> faults = new ArrayList<>();
        for (int round = 0; round < extent.rounds(); round++) {
            faults.addAll(scenario.faults());
        }
        Answers answers;
        try (Clients clients = Clients.start(seed, arena.smtpPorts(), CLIENTS, extent.perSecond())) {
            int share = Math.max(1, extent.messages() / (faults.size() + 1));
            awaitAcknowledged(clients, share);
            for (TimedFault fault : faults) {
                undergo(fault);
                awaitAcknowledged(clients, clients.answers().acknowledgedCount() + share);
            }
            awaitAcknowledged(clients, extent.messages());
            answers = clients.finish(FINISH_LIMIT);
        }
        return count(scenario, answers);
    }

    private void undergo(TimedFault timed) throws InterruptedException {
        report.accept("  " + timed.sentence());
        Harm harm = new Harm(arena);
        if (timed.fault().mayDouble()) {
            doublingFaults.add(System.nanoTime());
        }
        harm.begin(timed.fault());
        try {
            pass(timed.lasting());
        } finally {
            long over = System.nanoTime();
            harm.end(timed.fault());
            report.accept("  all is well again after %.1f s more".formatted((System.nanoTime() - over) / 1e9));
        }
    }

    /** Faults last by the clock: what is measured is what mail does meanwhile. */
    private static void pass(Duration time) throws InterruptedException {
        boolean never = new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
        assert !never;
    }

    private static void awaitAcknowledged(Clients clients, int count) {
        await(count + " acknowledged messages", FLOW_LIMIT, () -> {
            int found = clients.answers().acknowledgedCount();
            return found >= count ? "" : "only " + found + " are";
        });
    }

    private Tally count(Scenario scenario, Answers answers) {
        List<String> mistakes = new ArrayList<>(answers.refusals());
        Supplier<Set<Integer>> cancelled = scenario.cancels() ? this::cancelled : Set::of;
        List<Integer> missing = awaitArrival(answers, cancelled);
        if (scenario.cancels() && cancelled.get().isEmpty()) {
            mistakes.add("an operator cancelled mail, and none is shown as cancelled");
        }
        if (!missing.isEmpty()) {
            mistakes.addAll(whereabouts(missing));
        }
        int tracked = awaitTracked(scenario, mistakes);
        mistakes.addAll(arrivals.mistakes());
        return new Tally(
                answers.acknowledgedCount(),
                missing,
                Math.toIntExact(answers.acknowledged().stream()
                        .filter(cancelled.get()::contains)
                        .filter(number -> !arrivals.has(number))
                        .count()),
                Doubles.of(arrivals.byNumber(), answers.inDoubt(), doublingFaults),
                arrivals.changedCount(),
                arrivals.belowRequirementCount(),
                tracked,
                mistakes);
    }

    /** The numbers that an operator cancelled; one that its client sent again may have arrived all the same. */
    private Set<Integer> cancelled() {
        return new Tracked(arena.cluster())
                .of(seed).values().stream()
                        .filter(row -> row.status().equals("CANCELLED"))
                        .map(row -> Integer.valueOf(row.subject().replace("number ", "")))
                        .collect(Collectors.toSet());
    }

    private List<Integer> awaitArrival(Answers answers, Supplier<Set<Integer>> cancelled) {
        try {
            await("every acknowledged message at the far end", ARRIVAL_LIMIT, () -> {
                Set<Integer> given = cancelled.get();
                long missing = answers.acknowledged().stream()
                        .filter(number -> !arrivals.has(number) && !given.contains(number))
                        .count();
                return missing == 0 ? "" : missing + " are missing";
            });
        } catch (StackFailure late) {
            report.accept("  " + late.getMessage());
        }
        Set<Integer> given = cancelled.get();
        return answers.acknowledged().stream()
                .filter(number -> !arrivals.has(number) && !given.contains(number))
                .sorted()
                .toList();
    }

    /** What tracking says of missing numbers. */
    private List<String> whereabouts(List<Integer> missing) {
        Map<String, Tracked.Row> rows = new Tracked(arena.cluster()).of(seed);
        return missing.stream()
                .limit(5)
                .map(number -> "number " + number + " is tracked as "
                        + rows.entrySet().stream()
                                .filter(row -> row.getValue().subject().equals("number " + number))
                                .map(row -> row.getKey() + " " + row.getValue().status())
                                .toList())
                .toList();
    }

    /** Waits until tracking shows everything that arrived as it arrived, and nothing as on its way; returns how much it shows. */
    private int awaitTracked(Scenario scenario, List<String> mistakes) {
        Tracked tracked = new Tracked(arena.cluster());
        try {
            await("tracking to show what arrived", TRACKING_LIMIT, () -> wrong(scenario, tracked.of(seed)));
        } catch (StackFailure late) {
            mistakes.add(late.getMessage());
        }
        return (int) tracked.of(seed).values().stream()
                .filter(row -> row.status().equals("DELIVERED"))
                .count();
    }

    /** What is not as it must be; empty if all is. */
    private String wrong(Scenario scenario, Map<String, Tracked.Row> rows) {
        for (Map.Entry<String, Tracked.Row> row : rows.entrySet()) {
            // A refused recipient was sent again by its client; a final refusal is among the answers.
            if (!row.getValue().status().equals("DELIVERED")
                    && !row.getValue().status().equals("REJECTED")
                    && !(scenario.cancels() && row.getValue().status().equals("CANCELLED"))) {
                return row.getKey() + " is shown as " + row.getValue().status();
            }
        }
        for (int number : arrivals.numbers()) {
            for (Arrival arrival : arrivals.of(number)) {
                Tracked.Row row = rows.get(arrival.gatewayId());
                String tls = arrival.tls().orElse("NONE");
                if (row == null) {
                    return "number " + number + ", " + arrival.gatewayId() + ", is not shown";
                }
                if (arrivals.of(number).size() == 1 && !row.downstreamTls().equals(tls)) {
                    return "number " + number + " arrived with " + tls + " and is shown with " + row.downstreamTls();
                }
            }
        }
        return "";
    }

    /** Asks until the answer is empty. */
    private static void await(String what, Duration limit, Supplier<String> missing) {
        Waiting.until(what, limit, () -> {}, () -> {
            String reason = missing.get();
            if (!reason.isEmpty()) {
                throw new IllegalStateException(reason);
            }
        });
    }
}
