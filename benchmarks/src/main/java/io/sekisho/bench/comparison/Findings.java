package io.sekisho.bench.comparison;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is seen beside the ratios: of each subject what was seen last, in the last round. Not thread-safe. */
public final class Findings {

    private final Map<String, String> last = new LinkedHashMap<>();

    public void note(String subject, String seen) {
        last.put(subject, seen);
    }

    /** A line for each subject. */
    public List<String> lines() {
        return last.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .toList();
    }
}
