package io.sekisho.bench.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The ratios that the standing check holds a run to: a committed file of lines {@code name=ratio}, sorted by name. */
public final class RecordedRatios {

    private static final String HEAD = """
            # The ratios that ./sekisho bench --smoke holds each run to: it fails below half of one. Written by
            # ./sekisho bench --smoke --record; how each is measured: docs/benchmarks.md.
            """;

    private final Path file;
    private final SortedMap<String, Double> ratios;

    private RecordedRatios(Path file, SortedMap<String, Double> ratios) {
        this.file = file;
        this.ratios = ratios;
    }

    /**
     * Reads the file; one that is not there holds none.
     *
     * @throws IOException where a line is none of {@code name=ratio}, saying which
     */
    public static RecordedRatios read(Path file) throws IOException {
        SortedMap<String, Double> ratios = new TreeMap<>();
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int sign = line.indexOf('=');
            try {
                ratios.put(line.substring(0, sign).strip(), Double.parseDouble(line.substring(sign + 1)));
            } catch (StringIndexOutOfBoundsException | NumberFormatException unreadable) {
                throw new IOException(file + ": '" + line + "' is no line of the form name=ratio", unreadable);
            }
        }
        return new RecordedRatios(file, ratios);
    }

    /** The ratio of a comparison, where one was recorded. */
    public Optional<Double> of(String comparison) {
        return Optional.ofNullable(ratios.get(comparison));
    }

    /** Replaces the median of each result; those of other comparisons stay. */
    public void record(List<Result> results) throws IOException {
        results.forEach(
                result -> ratios.put(result.comparison().name(), result.ratio().median()));
        StringBuilder text = new StringBuilder(HEAD);
        ratios.forEach((name, ratio) -> text.append(String.format(Locale.ROOT, "%s=%.3g%n", name, ratio)));
        Files.writeString(file, text);
    }
}
