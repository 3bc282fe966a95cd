package io.sekisho.bench;

import io.sekisho.bench.comparison.Benchmark;
import io.sekisho.bench.comparison.Effort;
import io.sekisho.bench.stage.Stage;
import io.sekisho.localstack.StackFailure;
import io.sekisho.localstack.cluster.Service;
import io.sekisho.localstack.command.EndOfProcess;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares the gateway with named peers, side by side in one run. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description =
                "Measures the gateway and its peers in turn on this machine and prints ratios with their spread. A ratio above 1: the gateway is"
                        + " ahead. All of it runs on loopback and stops by itself. Without a name everything is measured and docs/benchmarks.md"
                        + " written.")
public final class Bench implements Callable<Integer> {

    @Parameters(
            arity = "0..*",
            paramLabel = "<name>",
            description = "Which benchmarks (default: all); --list shows them.")
    private List<String> names = List.of();

    @Option(names = "--list", description = "Show the benchmarks, and what the product cannot be measured in yet.")
    private boolean list;

    @Option(
            names = "--smoke",
            description = "The standing check: a short run that fails where a ratio is below half of the recorded one.")
    private boolean smoke;

    @Option(
            names = "--rounds",
            paramLabel = "<n>",
            description = "Rounds of each comparison (default: ${DEFAULT-VALUE}).")
    private int rounds = 5;

    @Option(
            names = "--seconds",
            paramLabel = "<n>",
            description = "Length of one measurement (default: ${DEFAULT-VALUE}).")
    private int seconds = 5;

    @Option(
            names = "--rows",
            paramLabel = "<n>",
            description = "Rows of the search, such as 10000000 (default: ${DEFAULT-VALUE}).")
    private long rows = 1_000_000;

    @Option(names = "--docs", description = "Write docs/benchmarks.md also for named benchmarks.")
    private boolean docs;

    @Option(
            names = "--record",
            description =
                    "With --smoke: keep this run's ratios in benchmarks/recorded.properties, to be held to from now on.")
    private boolean record;

    private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

    /** Runs and ends the process. */
    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new Bench());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (!(failure instanceof StackFailure)) {
                failure.printStackTrace();
            }
            command.getErr().println("sekisho bench: " + failure.getMessage());
            return 1;
        });
        System.exit(line.execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (list) {
            Catalogue.print(out);
            return 0;
        }
        if (rounds < 1 || rounds > 100 || seconds < 1 || seconds > 600 || rows < 1_000 || rows > 100_000_000) {
            throw new StackFailure("--rounds can be 1 to 100, --seconds 1 to 600, --rows 1000 to 100000000.");
        }
        boolean standingCheck = smoke && names.isEmpty();
        List<Benchmark<Stage>> chosen = standingCheck ? Catalogue.smoke() : Catalogue.named(names);
        Set<Service> services = standingCheck ? Catalogue.SMOKE_SERVICES : EnumSet.allOf(Service.class);
        EndOfProcess end = EndOfProcess.watchedBy(Thread.currentThread(), out);
        int exitCode = 1;
        try (Stage stage = new Stage(services, out)) {
            exitCode = run(stage, chosen);
        } catch (Exception e) {
            if (!end.isComing()) {
                throw e;
            }
        } finally {
            end.reached(exitCode);
        }
        return exitCode;
    }

    private int run(Stage stage, List<Benchmark<Stage>> chosen) throws Exception {
        Effort effort = smoke
                ? Effort.smoke()
                : new Effort(
                        rounds,
                        Duration.ofSeconds(seconds),
                        // The optimising compiler has two processors to share with everything else.
                        Duration.ofSeconds(Math.max(10, 2L * seconds)),
                        rows,
                        Effort.Extent.WHOLE);
        BenchRun run = new BenchRun(stage, effort, out);
        if (smoke) {
            return run.smoke(chosen, record ? BenchRun.Keep.RECORD : BenchRun.Keep.NOTHING);
        }
        return run.whole(chosen, names.isEmpty() || docs ? BenchRun.Keep.PAGE : BenchRun.Keep.NOTHING);
    }
}
