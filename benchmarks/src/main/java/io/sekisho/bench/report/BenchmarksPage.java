package io.sekisho.bench.report;

import io.sekisho.bench.comparison.Benchmark;
import io.sekisho.bench.comparison.Effort;
import io.sekisho.bench.comparison.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;

/** {@code docs/benchmarks.md}: each benchmark's section and that of the machine are written by a run. */
public final class BenchmarksPage {

    private final GeneratedSections sections;
    private final Effort effort;

    public BenchmarksPage(Path file, Effort effort) {
        this.sections = new GeneratedSections(file);
        this.effort = effort;
    }

    /** What it was measured on, and with. */
    public void writeMachine(Path data) throws IOException {
        String text = "## The machine\n\nMeasured on " + LocalDate.now(ZoneOffset.UTC) + ".\n\n"
                + list(Machine.lines(data)) + "\n" + list(Versions.lines());
        sections.replace("machine", text);
    }

    /** What a benchmark has measured, and the command that measures it again. */
    public void write(Benchmark<?> benchmark, List<Result> results, List<String> findings) throws IOException {
        sections.replace(
                benchmark.name(),
                heading(benchmark) + ResultTable.markdown(results)
                        + (findings.isEmpty() ? "" : "\n" + list(findings))
                        + "\nAgain: `./sekisho bench " + benchmark.name() + " --rounds " + effort.rounds()
                        + " --seconds " + effort.span().toSeconds()
                        + (effort.rows() > 0 && benchmark.name().equals("search") ? " --rows " + effort.rows() : "")
                        + "`\n");
    }

    /** Why a benchmark was not run. */
    public void writeObstacle(Benchmark<?> benchmark, String why) throws IOException {
        sections.replace(benchmark.name(), heading(benchmark) + "Not measured: " + why + "\n");
    }

    private static String heading(Benchmark<?> benchmark) {
        return "## " + benchmark.name() + "\n\n" + benchmark.description() + "\n\n";
    }

    private static String list(List<String> lines) {
        return lines.stream().map(line -> "- " + line).collect(Collectors.joining("\n", "", "\n"));
    }
}
