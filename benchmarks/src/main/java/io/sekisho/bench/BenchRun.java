package io.sekisho.bench;

import io.sekisho.bench.comparison.Alternation;
import io.sekisho.bench.comparison.Benchmark;
import io.sekisho.bench.comparison.Comparison;
import io.sekisho.bench.comparison.Effort;
import io.sekisho.bench.comparison.RecordedRatios;
import io.sekisho.bench.comparison.Result;
import io.sekisho.bench.comparison.SmokeRule;
import io.sekisho.bench.comparison.Stand;
import io.sekisho.bench.report.BenchmarksPage;
import io.sekisho.bench.report.ResultTable;
import io.sekisho.bench.stage.Stage;
import io.sekisho.localstack.LocalStack;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One call of the command: benchmark after benchmark, and what is kept of it. */
final class BenchRun {

    /** What a run leaves behind. */
    enum Keep {
        NOTHING,
        /** {@code docs/benchmarks.md}. */
        PAGE,
        /** {@code benchmarks/recorded.properties}. */
        RECORD
    }

    private final Stage stage;
    private final Effort effort;
    private final PrintWriter out;
    private final Path repository = LocalStack.repository();

    BenchRun(Stage stage, Effort effort, PrintWriter out) {
        this.stage = stage;
        this.effort = effort;
        this.out = out;
    }

    /** Returns the exit code: 1 only where a benchmark could not be run to its end. */
    int whole(List<Benchmark<Stage>> benchmarks, Keep keep) throws Exception {
        List<String> failed = new ArrayList<>();
        BenchmarksPage page = new BenchmarksPage(repository.resolve("docs").resolve("benchmarks.md"), effort);
        for (Benchmark<Stage> benchmark : benchmarks) {
            Optional<String> obstacle = benchmark.obstacle();
            if (obstacle.isPresent()) {
                skip(benchmark, obstacle.get());
                if (keep == Keep.PAGE) {
                    page.writeObstacle(benchmark, obstacle.get());
                }
                continue;
            }
            try {
                List<String> findings = new ArrayList<>();
                List<Result> results = measure(benchmark, findings);
                if (keep == Keep.PAGE) {
                    page.write(benchmark, results, findings);
                    page.writeMachine(stage.directory());
                }
            } catch (IOException | SQLException | RuntimeException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                // The others are worth having all the same.
                e.printStackTrace();
                failed.add(benchmark.name() + ": " + e.getMessage());
            }
        }
        Catalogue.printGaps(out);
        failed.forEach(sentence -> out.println("FAILED " + sentence));
        return failed.isEmpty() ? 0 : 1;
    }

    /** Returns the exit code: 1 only where a ratio is absurdly below the recorded one. */
    int smoke(List<Benchmark<Stage>> benchmarks, Keep keep) throws Exception {
        RecordedRatios recorded =
                RecordedRatios.read(repository.resolve("benchmarks").resolve("recorded.properties"));
        List<String> violations = new ArrayList<>();
        for (Benchmark<Stage> benchmark : benchmarks) {
            Optional<String> obstacle = benchmark.obstacle();
            if (obstacle.isPresent()) {
                skip(benchmark, obstacle.get());
                continue;
            }
            List<Result> results = measure(benchmark, new ArrayList<>());
            if (keep == Keep.RECORD) {
                recorded.record(results);
            }
            results.forEach(result -> SmokeRule.violation(result, recorded).ifPresent(violations::add));
        }
        violations.forEach(violation -> out.println("FAILED " + violation));
        if (violations.isEmpty()) {
            out.println("No ratio is below half of the recorded one.");
        }
        return violations.isEmpty() ? 0 : 1;
    }

    private void skip(Benchmark<Stage> benchmark, String why) {
        out.println(benchmark.name() + " is not measured: " + why);
    }

    private List<Result> measure(Benchmark<Stage> benchmark, List<String> findings) throws Exception {
        out.println(benchmark.name());
        List<Result> results = new ArrayList<>();
        try (Stand stand = benchmark.set(stage, effort)) {
            for (Comparison comparison : stand.comparisons()) {
                Alternation alternation = new Alternation(
                        effort,
                        (number, round) -> out.printf(
                                "    %s round %d: %s against %s %s%n",
                                comparison.name(),
                                number,
                                ResultTable.number(round.gateway()),
                                ResultTable.number(round.peer()),
                                comparison.unit()));
                Result result = alternation.run(comparison);
                results.add(result);
                out.println(ResultTable.line(result));
            }
            findings.addAll(stand.findings());
        }
        findings.forEach(finding -> out.println("    " + finding));
        return results;
    }
}
