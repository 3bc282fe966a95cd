package io.sekisho.policyservice.publication;

import io.sekisho.mail.json.WireJson;
import io.sekisho.mail.policy.PolicyKeys;
import io.sekisho.mail.policy.PolicyRevision;
import io.sekisho.policyservice.compiled.CompiledDomains;
import io.sekisho.policyservice.compiled.ConsistentReads;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Publishes everything anew: fills two hashes aside from one state of the database, piece by piece, then puts them in place in one step. Readers
 * see the old policy until then, and a snapshot that was overtaken is never put in place.
 */
@Singleton
class SnapshotWriter {
    private static final int ENTRIES_PER_WRITE = 200;

    private final ConsistentReads reads;
    private final PublishedPolicy published;

    SnapshotWriter(ConsistentReads reads, PublishedPolicy published) {
        this.reads = reads;
        this.published = published;
    }

    /** What came of it. */
    record Result(PublishedPolicy.Step step, PolicyRevision revision) {}

    Uni<Result> write(PublishedPolicy.Seen seen) {
        return reads.once(connection -> CompiledDomains.revision(connection).flatMap(revision -> {
            String unfinished = ":unfinished:" + UUID.randomUUID();
            String domains = PolicyKeys.snapshot(revision.epoch()) + unfinished;
            String keys = PolicyKeys.API_KEYS + unfinished;
            return fill(domains, domainEntries(connection, revision))
                    .chain(() -> fill(keys, Outbox.allKeys(connection)))
                    .chain(() -> published.replace(seen, revision, domains, keys))
                    .map(step -> new Result(step, revision));
        }));
    }

    private static Multi<Map.Entry<String, String>> domainEntries(SqlConnection connection, PolicyRevision revision) {
        return CompiledDomains.all(connection, revision.epoch())
                .map(domain -> Map.entry(domain.domain().ascii(), WireJson.string(domain)));
    }

    private Uni<Void> fill(String key, Multi<Map.Entry<String, String>> entries) {
        return entries.group()
                .intoLists()
                .of(ENTRIES_PER_WRITE)
                .onItem()
                .transformToUniAndConcatenate(piece -> published.fill(key, map(piece)))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static Map<String, String> map(List<Map.Entry<String, String>> entries) {
        Map<String, String> map = new HashMap<>();
        entries.forEach(entry -> map.put(entry.getKey(), entry.getValue()));
        return map;
    }
}
