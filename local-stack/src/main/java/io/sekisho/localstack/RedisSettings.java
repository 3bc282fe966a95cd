package io.sekisho.localstack;

import java.util.List;

/** How the gateway wants its Redis: the ledger may lose one second, and must never lose a key to eviction. */
final class RedisSettings {
    private RedisSettings() {}

    /** Command line options of {@code redis-server}. */
    static List<String> options() {
        return List.of(
                "--appendonly", "yes",
                "--appendfsync", "everysec",
                // No RDB snapshots beside the AOF.
                "--save", "",
                "--maxmemory", "256mb",
                "--maxmemory-policy", "noeviction");
    }
}
