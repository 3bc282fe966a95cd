package io.sekisho.localstack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How the gateway wants its PostgreSQL: what was committed is on disk. */
final class PostgresSettings {
    static final String USERNAME = "sekisho";

    /** PostgreSQL's own defaults, stated: a test or a kill without them would prove nothing. */
    private static final Map<String, String> SETTINGS = new TreeMap<>(Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on",
            "max_connections", "200",
            "log_min_duration_statement", "2000",
            "timezone", "UTC"));

    private PostgresSettings() {}

    /** Command line options of {@code postgres}. */
    static List<String> options() {
        List<String> options = new ArrayList<>();
        SETTINGS.forEach((name, value) -> options.addAll(List.of("-c", name + "=" + value)));
        return options;
    }
}
