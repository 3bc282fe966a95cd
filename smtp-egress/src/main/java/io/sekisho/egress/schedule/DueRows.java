package io.sekisho.egress.schedule;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Takes due rows so that a managed domain with a million of them does not keep the others waiting: each turn goes on with
 * the domains behind the last one that was served, and each gets the same share.
 *
 * <p>Thread safety: turns may overlap; they then share domains, never rows.
 */
final class DueRows {

    private static final int DOMAINS_A_TURN = 50;

    /** The next domains with due rows behind $1, found by leaping over the index and not by reading the rows. */
    private static final String DOMAINS = """
            WITH RECURSIVE domain (name) AS (
                (SELECT managed_domain FROM schedule WHERE managed_domain > $1 ORDER BY managed_domain LIMIT 1)
                UNION ALL
                SELECT (SELECT s.managed_domain FROM schedule s WHERE s.managed_domain > d.name
                        ORDER BY s.managed_domain LIMIT 1)
                FROM domain d WHERE d.name IS NOT NULL)
            SELECT name FROM domain d
            WHERE name IS NOT NULL AND EXISTS (
                SELECT 1 FROM schedule s WHERE s.managed_domain = d.name AND s.due <= $2
                    AND s.route <> ALL ($4::text[])
                    AND (s.lease_until IS NULL OR s.lease_until <= clock_timestamp()))
            LIMIT $3
            """;

    private static final String TAKE = """
            WITH picked AS MATERIALIZED (
                SELECT r.message_id, r.recipient
                FROM unnest($1::text[]) WITH ORDINALITY AS d (name, turn)
                CROSS JOIN LATERAL (
                    SELECT message_id, recipient FROM schedule
                    WHERE managed_domain = d.name AND due <= $2 AND route <> ALL ($7::text[])
                        AND (lease_until IS NULL OR lease_until <= clock_timestamp())
                    ORDER BY due, message_id LIMIT $3 FOR UPDATE SKIP LOCKED) r
                LIMIT $4)
            UPDATE schedule s
            SET lease_owner = $5, lease_until = clock_timestamp() + $6 * interval '1 millisecond'
            FROM picked p WHERE s.message_id = p.message_id AND s.recipient = p.recipient
            RETURNING\s""" + ScheduleRows.COLUMNS;

    private final Pool pool;
    private volatile String lastServed = "";

    DueRows(Pool pool) {
        this.pool = pool;
    }

    Uni<List<ScheduledMessage>> take(Instant now, int most, String[] busy, Lease lease) {
        return pool.withTransaction(connection -> domains(connection, lastServed, now, most, busy)
                .chain(names -> names.isEmpty() && !lastServed.isEmpty()
                        ? domains(connection, "", now, most, busy)
                        : Uni.createFrom().item(names))
                .chain(names -> names.isEmpty()
                        ? Uni.createFrom().item(List.of())
                        : take(connection, names, now, most, busy, lease)));
    }

    private static Uni<List<String>> domains(
            SqlConnection connection, String after, Instant now, int most, String[] busy) {
        return connection
                .preparedQuery(DOMAINS)
                .execute(Tuple.of(after, ScheduleRows.time(now), Math.min(most, DOMAINS_A_TURN), busy))
                .map(DueRows::names);
    }

    private Uni<List<ScheduledMessage>> take(
            SqlConnection connection, List<String> names, Instant now, int most, String[] busy, Lease lease) {
        int share = Math.max(1, most / names.size());
        lastServed = names.get(names.size() - 1);
        Tuple values = Tuple.of(names.toArray(String[]::new), ScheduleRows.time(now), share, most, lease.owner())
                .addDouble((double) lease.length().toMillis())
                .addArrayOfString(busy);
        return connection.preparedQuery(TAKE).execute(values).chain(rows -> PgSchedule.withEnvelopes(connection, rows));
    }

    private static List<String> names(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.getString("name"))
                .toList();
    }
}
