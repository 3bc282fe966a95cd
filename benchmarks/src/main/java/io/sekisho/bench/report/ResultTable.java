package io.sekisho.bench.report;

import io.sekisho.bench.comparison.Result;
import io.sekisho.bench.comparison.Round;
import io.sekisho.bench.comparison.Spread;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Results as text: a line on the terminal, a row of a Markdown table. */
public final class ResultTable {

    private ResultTable() {}

    /** {@code accept.tls   3.20 (3.05–3.41) × Postfix   6400 against 2000 messages/s}. */
    public static String line(Result result) {
        return String.format(
                Locale.ROOT,
                "  %-26s ratio %s to %s;  %s against %s %s",
                result.comparison().name(),
                withEnds(result.ratio()),
                result.comparison().peer(),
                number(result.gateway().median()),
                number(result.peer().median()),
                result.comparison().unit());
    }

    static String markdown(List<Result> results) {
        String head = """
                | comparison | what | unit | gateway | peer | ratio: median (least–greatest) | rounds: gateway / peer |
                |---|---|---|---|---|---|---|
                """;
        return results.stream().map(ResultTable::row).collect(Collectors.joining("\n", head, "\n"));
    }

    private static String row(Result result) {
        return "| `" + result.comparison().name() + "` | " + result.comparison().what() + " | "
                + result.comparison().unit() + " | " + number(result.gateway().median()) + " | "
                + result.comparison().peer() + ": " + number(result.peer().median()) + " | **"
                + withEnds(result.ratio()) + "** | "
                + result.rounds().stream().map(ResultTable::raw).collect(Collectors.joining(", ")) + " |";
    }

    private static String raw(Round round) {
        return number(round.gateway()) + " / " + number(round.peer());
    }

    private static String withEnds(Spread spread) {
        return number(spread.median()) + " (" + number(spread.least()) + "–" + number(spread.greatest()) + ")";
    }

    /** Three digits are more than the spread deserves. */
    public static String number(double value) {
        if (value >= 1_000) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return value >= 100 ? String.format(Locale.ROOT, "%.0f", value) : String.format(Locale.ROOT, "%.3g", value);
    }
}
