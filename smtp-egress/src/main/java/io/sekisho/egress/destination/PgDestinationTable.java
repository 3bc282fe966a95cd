package io.sekisho.egress.destination;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** The table in PostgreSQL, by whose clock suspensions and probes begin and end. */
public final class PgDestinationTable implements DestinationTable {

    /** A pod that was silent for so long counts no more. */
    private static final Duration POD_LIFE = Duration.ofSeconds(15);

    /** A change may be seen so long after the time that it bears, when its transaction ends. */
    private static final Duration OVERLAP = Duration.ofSeconds(10);

    private static final Duration IDLE = Duration.ofDays(1);
    private static final int MOST_ROWS = 100_000;
    private static final int MOST_CHANGES = 5_000;

    private static final String LIVE = """
            INSERT INTO egress_pod (owner, alive_until) VALUES ($1, clock_timestamp() + $2 * interval '1 millisecond')
            ON CONFLICT (owner) DO UPDATE SET alive_until = excluded.alive_until
            RETURNING clock_timestamp() AS now
            """;

    private static final String MAKE = """
            INSERT INTO destination (name, concurrency, failures, suspensions, changed_at, used_at)
            SELECT name, $2, 0, 0, clock_timestamp(), clock_timestamp() FROM unnest($1::text[]) AS n (name)
            ORDER BY name ON CONFLICT (name) DO NOTHING
            """;

    private static final String LOCK =
            "SELECT " + DestinationRows.COLUMNS + " FROM destination WHERE name = ANY ($1) ORDER BY name FOR UPDATE";

    private static final String READ = "SELECT " + DestinationRows.COLUMNS + " FROM destination WHERE name = ANY ($1)"
            + " UNION ALL (SELECT " + DestinationRows.COLUMNS
            + " FROM destination WHERE changed_at >= $2 ORDER BY changed_at DESC LIMIT " + MOST_CHANGES + ")"
            // A pod that begins wants to know where it need not go, however long that is so.
            + " UNION ALL (SELECT " + DestinationRows.COLUMNS
            + " FROM destination WHERE $3 AND suspended_until IS NOT NULL LIMIT " + MOST_CHANGES + ")";

    private static final String USED = """
            UPDATE destination SET used_at = clock_timestamp() WHERE name IN (
                SELECT name FROM destination WHERE name = ANY ($1) ORDER BY name FOR UPDATE SKIP LOCKED)
            """;

    private static final String FORGET = """
            DELETE FROM destination WHERE name IN (
                (SELECT name FROM destination WHERE used_at < clock_timestamp() - $1 * interval '1 millisecond' LIMIT 1000)
                UNION ALL
                (SELECT name FROM destination ORDER BY used_at DESC OFFSET $2 LIMIT 1000))
            """;

    private final Pool pool;
    private final DestinationLimits limits;

    public PgDestinationTable(Pool pool, DestinationLimits limits) {
        this.pool = pool;
        this.limits = limits;
    }

    @Override
    public Uni<Answer> exchange(Request request) {
        return pool.preparedQuery(LIVE)
                .execute(Tuple.of(request.owner(), (double) POD_LIFE.toMillis()))
                .map(rows -> rows.iterator().next().getOffsetDateTime("now").toInstant())
                .call(() -> tell(request))
                .call(() -> touch(request))
                .chain(now -> read(request, now));
    }

    private Uni<Void> tell(Request request) {
        // In one order for all pods: two that tell of the same destinations wait for each other, once.
        SortedSet<String> names = new TreeSet<>(request.told().keySet());
        names.addAll(request.probes());
        if (names.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        String[] array = names.toArray(String[]::new);
        return pool.withTransaction(connection -> connection
                .preparedQuery(MAKE)
                .execute(Tuple.of(array, limits.initial()))
                .chain(() -> connection.preparedQuery(LOCK).execute(Tuple.of((Object) array)))
                .chain(rows -> merge(connection, request, rows)));
    }

    private Uni<Void> merge(SqlConnection connection, Request request, RowSet<Row> rows) {
        List<Tuple> changed = new ArrayList<>();
        for (Row row : rows) {
            String name = row.getString("name");
            Instant now = row.getOffsetDateTime("now").toInstant();
            DestinationState before = DestinationRows.read(row);
            DestinationState after = before.after(request.told().getOrDefault(name, Feedback.NONE), now, limits);
            if (request.probes().contains(name)) {
                after = after.probedBy(request.owner(), now, limits);
            }
            if (!after.equals(before)) {
                changed.add(DestinationRows.tuple(name, after));
            }
        }
        return changed.isEmpty()
                ? Uni.createFrom().voidItem()
                : connection
                        .preparedQuery(DestinationRows.WRITE)
                        .executeBatch(changed)
                        .replaceWithVoid();
    }

    private Uni<Void> touch(Request request) {
        return request.used().isEmpty()
                ? Uni.createFrom().voidItem()
                : pool.preparedQuery(USED)
                        .execute(Tuple.of((Object) request.used().toArray(String[]::new)))
                        .replaceWithVoid();
    }

    private Uni<Answer> read(Request request, Instant now) {
        SortedSet<String> names = new TreeSet<>(request.asked());
        names.addAll(request.told().keySet());
        names.addAll(request.probes());
        return pool.preparedQuery(READ)
                .execute(Tuple.of(
                        names.toArray(String[]::new),
                        DestinationRows.time(
                                request.since().isAfter(Instant.EPOCH)
                                        ? request.since().minus(OVERLAP)
                                        : now),
                        !request.since().isAfter(Instant.EPOCH)))
                .map(PgDestinationTable::states)
                .chain(states -> pods().map(pods -> new Answer(states, pods, now)));
    }

    private static Map<String, DestinationState> states(RowSet<Row> rows) {
        Map<String, DestinationState> states = new HashMap<>();
        for (Row row : rows) {
            states.put(row.getString("name"), DestinationRows.read(row));
        }
        return states;
    }

    private Uni<List<String>> pods() {
        return pool.query("SELECT owner FROM egress_pod WHERE alive_until > clock_timestamp() ORDER BY owner")
                .execute()
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getString("owner"))
                        .toList());
    }

    @Override
    public Uni<Void> leave(String owner) {
        return pool.preparedQuery("DELETE FROM egress_pod WHERE owner = $1")
                .execute(Tuple.of(owner))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> forget() {
        return pool.query("DELETE FROM egress_pod WHERE alive_until < clock_timestamp() - interval '1 minute'")
                .execute()
                .chain(() -> pool.preparedQuery(FORGET).execute(Tuple.of((double) IDLE.toMillis(), MOST_ROWS)))
                .replaceWithVoid();
    }
}
