package io.sekisho.systemtests;

import io.sekisho.localstack.StackFailure;
import io.sekisho.localstack.command.EndOfProcess;
import io.sekisho.systemtests.arena.Arena;
import io.sekisho.systemtests.arena.ArenaPlan;
import io.sekisho.systemtests.scenario.Course;
import io.sekisho.systemtests.scenario.Extent;
import io.sekisho.systemtests.scenario.Gaps;
import io.sekisho.systemtests.scenario.Scenario;
import io.sekisho.systemtests.scenario.Scenarios;
import io.sekisho.systemtests.scenario.Storm;
import io.sekisho.systemtests.scenario.Tally;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs scenarios and a storm of faults, and says of each what was lost, doubled, changed or sent below its requirement. */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        description = {
            "Sends numbered mail through a whole gateway on loopback, kills, freezes and cuts everything in it, and counts what arrives.",
            "Exit code 0 only if nothing that was answered 250 is lost, nothing is changed or doubled without a known reason, and nothing"
                    + " was sent below its required TLS."
        })
public final class Chaos implements Callable<Integer> {

    @Option(
            names = "--minutes",
            paramLabel = "<n>",
            description = "Length of the storm that follows the scenarios, 0 to 60; default 10.")
    private int minutes = 10;

    @Option(names = "--seed", paramLabel = "<s>", description = "Repeats a run: the seed that it printed.")
    private Long seed;

    @Option(
            names = "--messages",
            paramLabel = "<n>",
            description = "Messages that are acknowledged in each scenario at least, 1 to 200000; default 10000.")
    private int messages = Extent.LONG.messages();

    @Option(names = "--rate", paramLabel = "<n>", description = "Messages a second at most, 1 to 300; default 200.")
    private int perSecond = Extent.LONG.perSecond();

    @Option(
            names = "--rounds",
            paramLabel = "<n>",
            description = "How often each scenario's faults are done, 1 to 20; default 4.")
    private int rounds = Extent.LONG.rounds();

    @Option(names = "--list", description = "List the scenarios and end.")
    private boolean list;

    @Parameters(paramLabel = "<scenario>", description = "Only these, by name; \"storm\" for the storm.")
    private List<String> names = new ArrayList<>();

    private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    private final List<String> summaries = new ArrayList<>();
    private int broken;

    /** Runs them and ends the process. */
    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new Chaos());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof StackFailure) {
                command.getErr().println("sekisho chaos: " + failure.getMessage());
            } else {
                failure.printStackTrace();
            }
            return 1;
        });
        System.exit(line.execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        // Each message of a run is remembered, so all that makes a run long is bounded.
        within("--minutes", minutes, 0, 60);
        within("--messages", messages, 1, 200_000);
        within("--rate", perSecond, 1, 300);
        within("--rounds", rounds, 1, 20);
        long chosen = seed == null ? ThreadLocalRandom.current().nextLong(1, 1_000_000) : seed;
        List<Scenario> scenarios = chosen(chosen);
        if (list) {
            scenarios.forEach(scenario -> out.println(scenario.name()));
            return 0;
        }
        out.println("Seed " + chosen + "; ./sekisho chaos --seed " + chosen
                + " chooses the same faults and sends the same mail.");
        EndOfProcess end = EndOfProcess.watchedBy(Thread.currentThread(), out);
        int exitCode = 1;
        try {
            for (Map.Entry<ArenaPlan, List<Scenario>> group : byArena(scenarios).entrySet()) {
                run(group.getKey(), group.getValue(), chosen);
            }
            summarise();
            exitCode = broken == 0 ? 0 : 1;
        } catch (InterruptedException | RuntimeException e) {
            if (!end.isComing()) {
                throw e;
            }
        } finally {
            end.reached(exitCode);
        }
        return exitCode;
    }

    private static void within(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new StackFailure(option + " is " + value + "; it must be " + least + " to " + most + ".");
        }
    }

    private List<Scenario> chosen(long chosen) {
        List<Scenario> all = new ArrayList<>(Scenarios.all());
        if (minutes > 0) {
            all.add(new Storm(chosen, Duration.ofMinutes(minutes)));
        }
        for (String name : names) {
            if (all.stream().noneMatch(scenario -> scenario.name().equals(name))) {
                throw new StackFailure("There is no scenario '" + name + "'; --list lists them.");
            }
        }
        return names.isEmpty()
                ? all
                : all.stream()
                        .filter(scenario -> names.contains(scenario.name()))
                        .toList();
    }

    private static Map<ArenaPlan, List<Scenario>> byArena(List<Scenario> scenarios) {
        Map<ArenaPlan, List<Scenario>> groups = new LinkedHashMap<>();
        scenarios.forEach(scenario -> groups.computeIfAbsent(scenario.arena(), any -> new ArrayList<>())
                .add(scenario));
        return groups;
    }

    private void run(ArenaPlan plan, List<Scenario> scenarios, long chosen) throws InterruptedException {
        Optional<String> obstacle = Arena.whyNot(plan);
        if (obstacle.isPresent()) {
            scenarios.forEach(scenario -> say(scenario.name() + ": SKIPPED, " + obstacle.get()));
            return;
        }
        out.printf(
                "%nStarting %d Kafka, %d smtp-ingress, %d smtp-egress%s …%n",
                plan.kafkaNodes(),
                plan.ingresses(),
                plan.egresses(),
                plan.front() == ArenaPlan.Front.BALANCER ? " behind HAProxy" : "");
        List<Scenario> left = new ArrayList<>(scenarios);
        try (Arena arena = Arena.set(plan)) {
            boolean usable = true;
            while (usable && !left.isEmpty()) {
                usable = run(arena, left.removeFirst(), chosen);
            }
        }
        if (!left.isEmpty()) {
            run(plan, left, chosen);
        }
    }

    /** False if the arena is not what it was: something did not come up again. */
    private boolean run(Arena arena, Scenario scenario, long chosen) throws InterruptedException {
        out.println(scenario.name());
        boolean storm = scenario instanceof Storm;
        Extent extent = new Extent(storm ? 1 : messages, perSecond, storm ? 1 : rounds);
        long run = chosen * 1_000 + summaries.size();
        try {
            report(scenario, new Course(arena, run, out::println).run(scenario, extent));
            return true;
        } catch (StackFailure failure) {
            if (Thread.currentThread().isInterrupted()) {
                throw failure;
            }
            say(scenario.name() + ": " + failure.getMessage() + "  BROKEN");
            broken++;
            return false;
        }
    }

    private void report(Scenario scenario, Tally tally) {
        say(scenario.name() + ": " + tally.sentence() + (tally.isKept() ? "" : "  BROKEN"));
        tally.violations().forEach(violation -> out.println("    ! " + violation));
        if (!tally.isKept()) {
            broken++;
        }
    }

    private void say(String summary) {
        summaries.add(summary);
        out.println("  " + summary);
    }

    private void summarise() {
        out.printf("%nIn all:%n");
        summaries.forEach(summary -> out.println("  " + summary));
        out.printf("%nNot put to the test, because the gateway cannot do it yet:%n");
        Gaps.sentences().forEach(gap -> out.println("  · " + gap));
        out.printf(
                "%n%s%n", broken == 0 ? "Every promise was kept." : broken + " scenarios broke a promise; see above.");
    }
}
