package io.sekisho.policyservice.publication;

import io.sekisho.mail.access.ApiKeyGrant;
import io.sekisho.mail.access.Role;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.json.WireJson;
import io.sekisho.mail.policy.CompiledDomain;
import io.sekisho.mail.policy.PolicyKeys;
import io.sekisho.mail.policy.PolicyRevision;
import io.sekisho.policyservice.change.JsonColumn;
import io.sekisho.policyservice.compiled.CompiledDomains;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the database has for the publisher: changes in their order, with what each left, and the keys. */
@Singleton
class Outbox {
    private static final String KEY_COLUMNS = "SELECT hash, id, role, domains FROM api_key";

    private final Pool pool;

    Outbox(Pool pool) {
        this.pool = pool;
    }

    private record Entry(long n, String kind, String name) {}

    /** Changes behind {@code n}, at most {@code limit}, as of the state that {@code connection} sees. */
    Uni<List<PublishedChange>> after(SqlConnection connection, PolicyRevision revision, int limit) {
        return connection
                .preparedQuery("SELECT n, kind, name FROM policy_change WHERE n > $1 ORDER BY n LIMIT $2")
                .execute(Tuple.of(revision.n(), limit))
                .map(rows -> {
                    List<Entry> entries = new ArrayList<>();
                    rows.forEach(row ->
                            entries.add(new Entry(row.getLong("n"), row.getString("kind"), row.getString("name"))));
                    return entries;
                })
                .flatMap(entries -> domains(connection, revision.epoch(), entries)
                        .flatMap(domains -> keys(connection, entries).map(keys -> changes(entries, domains, keys))));
    }

    /** Each name is written once, with the first of its changes: what was read is the state after the last, and readers want no older one. */
    private static List<PublishedChange> changes(
            List<Entry> entries, Map<String, String> domains, Map<String, String> keys) {
        Set<String> written = new HashSet<>();
        List<PublishedChange> changes = new ArrayList<>();
        for (Entry entry : entries) {
            Map<String, String> present = entry.kind().equals(PolicyKeys.KIND_DOMAIN) ? domains : keys;
            String json = present.get(entry.name());
            PublishedChange.Effect effect = !written.add(entry.kind() + ' ' + entry.name())
                    ? new PublishedChange.Keep()
                    : json == null ? new PublishedChange.Remove() : new PublishedChange.Put(json);
            changes.add(new PublishedChange(entry.n(), entry.kind(), entry.name(), effect));
        }
        return changes;
    }

    private static Uni<Map<String, String>> domains(SqlConnection connection, String epoch, List<Entry> entries) {
        List<DomainName> names = entries.stream()
                .filter(entry -> entry.kind().equals(PolicyKeys.KIND_DOMAIN))
                .map(entry -> new DomainName(entry.name()))
                .distinct()
                .toList();
        return CompiledDomains.named(connection, epoch, names).map(domains -> {
            Map<String, String> json = new HashMap<>();
            for (CompiledDomain domain : domains) {
                json.put(domain.domain().ascii(), WireJson.string(domain));
            }
            return json;
        });
    }

    private static Uni<Map<String, String>> keys(SqlConnection connection, List<Entry> entries) {
        String[] hashes = entries.stream()
                .filter(entry -> entry.kind().equals(PolicyKeys.KIND_API_KEY))
                .map(Entry::name)
                .toArray(String[]::new);
        return connection
                .preparedQuery(KEY_COLUMNS + " WHERE hash = ANY($1)")
                .execute(Tuple.of(hashes))
                .map(rows -> {
                    Map<String, String> json = new HashMap<>();
                    rows.forEach(row -> json.put(row.getString("hash"), grantJson(row)));
                    return json;
                });
    }

    /** All keys: hash to grant. */
    static Multi<Map.Entry<String, String>> allKeys(SqlConnection connection) {
        return connection
                .query(KEY_COLUMNS)
                .execute()
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .map(row -> Map.entry(row.getString("hash"), grantJson(row)));
    }

    private static String grantJson(Row row) {
        return WireJson.string(new ApiKeyGrant(
                row.getString("id"),
                Role.valueOf(row.getString("role")),
                JsonColumn.read(row.getString("domains"), DomainName.class)));
    }

    /** The last change, in whatever state the database is now. */
    Uni<PolicyRevision> latest() {
        return pool.withConnection(CompiledDomains::revision);
    }

    /**
     * Begins a new epoch, if the database is still in {@code old} and still behind {@code publishedN}: whoever compares again meanwhile must not begin
     * another.
     */
    Uni<Void> beginEpoch(String old, String fresh, long publishedN) {
        return pool.preparedQuery("UPDATE policy_counter SET epoch = $2 WHERE epoch = $1 AND n < $3")
                .execute(Tuple.of(old, fresh, publishedN))
                .replaceWithVoid();
    }

    /** Removes the changes that nobody can ask for any more. */
    Uni<Void> trim(long publishedN) {
        return pool.preparedQuery("DELETE FROM policy_change WHERE n <= $1")
                .execute(Tuple.of(publishedN - PolicyKeys.CHANGES_KEPT))
                .replaceWithVoid();
    }
}
