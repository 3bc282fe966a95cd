package io.sekisho.egress.schedule;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * Takes due rows so that a managed domain with a million of them does not keep the others waiting, nor a destination with a
 * million those of the same domain: each turn goes on with the domains behind the last one that was served, each gets the
 * same share, and in a domain each destination that may be gone to now.
 *
 * <p>Whatever waits, a turn reads no more of it than it takes: domains, and destinations in a domain, are found by leaping
 * over an index, so a destination that is suspended costs one step and not its rows.
 *
 * <p>Thread safety: turns may overlap; they then share domains, never rows.
 */
final class DueRows {

    private static final int DOMAINS_A_TURN = 50;

    /** How often a look goes on to the next domains when none of those before may send anything. */
    private static final int TURNS_A_LOOK = 20;

    /** Of the share of its domain, one destination gets this part at a time. */
    private static final int DESTINATION_PART = 4;

    /** How many domains' places are kept. */
    private static final int MOST_PLACES = 1_000;

    /** A row that may be taken: of the alias {@code s}, due at {@code $2}. */
    static final String FREE = "s.due <= $2 AND (s.lease_until IS NULL OR s.lease_until <= clock_timestamp())";

    /**
     * The next domains with due rows behind $1, wherever these go: whether they may is looked at when they are taken. An
     * EXISTS would be planned as a scan of the whole table, where most of it is due.
     */
    private static final String DOMAINS = """
            WITH RECURSIVE domain (name) AS (
                (SELECT managed_domain FROM schedule WHERE managed_domain > $1 ORDER BY managed_domain LIMIT 1)
                UNION ALL
                SELECT (SELECT s.managed_domain FROM schedule s WHERE s.managed_domain > d.name
                        ORDER BY s.managed_domain LIMIT 1)
                FROM domain d WHERE d.name IS NOT NULL)
            SELECT name FROM domain d
            WHERE name IS NOT NULL AND (
                SELECT true FROM schedule s WHERE s.managed_domain = d.name AND @FREE@ ORDER BY s.due LIMIT 1)
            LIMIT $3
            """.replace("@FREE@", FREE);

    /** Destinations that no pod, or another pod alone, may go to now; $5 is who asks. */
    private static final String CLOSED = """
            SELECT 1 FROM destination x WHERE x.name = r.name AND x.suspended_until IS NOT NULL
                AND (x.suspended_until > clock_timestamp()
                    OR (x.probe_until > clock_timestamp() AND x.probe_owner <> $5))
            """;

    private static final String TAKE = """
            WITH picked AS MATERIALIZED (
                SELECT p.message_id, p.recipient
                FROM unnest($1::text[], $9::text[]) WITH ORDINALITY AS d (name, route_before, turn)
                CROSS JOIN LATERAL (
                    WITH RECURSIVE route (name) AS (
                        SELECT CASE WHEN d.route_before IS NULL THEN '' ELSE (
                            SELECT s.route FROM schedule s WHERE s.managed_domain = d.name AND s.route > d.route_before
                            ORDER BY s.route LIMIT 1) END
                        UNION ALL
                        SELECT (SELECT s.route FROM schedule s WHERE s.managed_domain = d.name AND s.route > r.name
                                ORDER BY s.route LIMIT 1)
                        FROM route r WHERE r.name IS NOT NULL)
                    SELECT row.message_id, row.recipient FROM route r
                    CROSS JOIN LATERAL (
                        SELECT s.message_id, s.recipient FROM schedule s
                        WHERE s.managed_domain = d.name AND s.route = r.name AND @FREE@
                        ORDER BY s.due, s.message_id LIMIT $8 FOR UPDATE SKIP LOCKED) row
                    WHERE r.name IS NOT NULL AND r.name <> ALL ($7::text[]) AND NOT EXISTS (@CLOSED@)
                    LIMIT $3) p
                LIMIT $4)
            UPDATE schedule s
            SET lease_owner = $5, lease_until = clock_timestamp() + $6 * interval '1 millisecond'
            FROM picked p WHERE s.message_id = p.message_id AND s.recipient = p.recipient
            RETURNING\s""".replace("@FREE@", FREE).replace("@CLOSED@", CLOSED) + ScheduleRows.COLUMNS;

    private final Pool pool;
    private volatile String lastServed = "";

    /** Behind which route the next turn of a domain goes on, where there was more than its share. */
    private final Map<String, String> places = new LinkedHashMap<>();

    DueRows(Pool pool) {
        this.pool = pool;
    }

    Uni<List<ScheduledMessage>> take(Instant now, int most, String[] busy, Lease lease) {
        return pool.withTransaction(
                connection -> new Look(connection, now, most, busy, lease).from(lastServed, TURNS_A_LOOK));
    }

    private synchronized String[] placesOf(List<String> domains) {
        return domains.stream().map(domain -> places.get(domain)).toArray(String[]::new);
    }

    /** @return whether one of the domains had a place, before which there may be something yet */
    private synchronized boolean keepPlaces(List<String> domains, int share, List<ScheduledMessage> taken) {
        Map<String, String> last = new HashMap<>();
        Map<String, Integer> counts = new HashMap<>();
        taken.stream().flatMap(message -> message.entries().stream()).forEach(row -> {
            counts.merge(row.managedDomain(), 1, Integer::sum);
            last.merge(row.managedDomain(), row.route(), (one, two) -> one.compareTo(two) > 0 ? one : two);
        });
        boolean hadPlace = false;
        for (String domain : domains) {
            hadPlace |= places.remove(domain) != null;
            if (counts.getOrDefault(domain, 0) >= share) {
                places.put(domain, last.get(domain));
            }
        }
        places.keySet()
                .removeAll(places.keySet().stream()
                        .limit(Math.max(0, places.size() - MOST_PLACES))
                        .toList());
        return hadPlace;
    }

    private static List<String> names(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.getString("name"))
                .toList();
    }

    /** One look, in one transaction. */
    private final class Look {
        private final SqlConnection connection;
        private final Instant now;
        private final int most;
        private final String[] busy;
        private final Lease lease;

        private Look(SqlConnection connection, Instant now, int most, String[] busy, Lease lease) {
            this.connection = connection;
            this.now = now;
            this.most = most;
            this.busy = busy;
            this.lease = lease;
        }

        private Uni<List<ScheduledMessage>> from(String after, int turns) {
            return domains(after).chain(names -> {
                if (!names.isEmpty()) {
                    return take(names, turns);
                }
                // Behind the last domain: once more from the first.
                return after.isEmpty() || turns == 0 ? Uni.createFrom().item(List.of()) : from("", turns - 1);
            });
        }

        private Uni<List<String>> domains(String after) {
            return connection
                    .preparedQuery(DOMAINS)
                    .execute(Tuple.of(after, ScheduleRows.time(now), Math.min(most, DOMAINS_A_TURN)))
                    .map(DueRows::names);
        }

        private Uni<List<ScheduledMessage>> take(List<String> names, int turns) {
            int share = Math.max(1, most / names.size());
            lastServed = names.get(names.size() - 1);
            Tuple values = Tuple.tuple()
                    .addArrayOfString(names.toArray(String[]::new))
                    .addOffsetDateTime(ScheduleRows.time(now))
                    .addInteger(share)
                    .addInteger(most)
                    .addString(lease.owner())
                    .addDouble((double) lease.length().toMillis())
                    .addArrayOfString(busy)
                    .addInteger(Math.ceilDiv(share, DESTINATION_PART))
                    .addArrayOfString(placesOf(names));
            return connection
                    .preparedQuery(TAKE)
                    .execute(values)
                    .chain(rows -> PgSchedule.withEnvelopes(connection, rows))
                    .chain(taken -> {
                        boolean again = keepPlaces(names, share, taken);
                        if (!taken.isEmpty() || turns == 0) {
                            return Uni.createFrom().item(taken);
                        }
                        return again ? take(names, turns - 1) : from(lastServed, turns - 1);
                    });
        }
    }
}
