package io.sekisho.egress.schedule;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;

/**
 * Takes rows that cannot wait for a suspended destination: those whose lifetime is over, and those that are due and have
 * failed for TLS, whose deadline may have come.
 *
 * <p>Thread safety: all methods.
 */
final class PressingRows {

    private static final String TAKE = """
            WITH failed_for_tls AS MATERIALIZED (
                SELECT p.message_id, p.recipient FROM destination x
                CROSS JOIN LATERAL (
                    SELECT s.message_id, s.recipient FROM schedule s
                    WHERE s.route = x.name AND s.first_tls_failure IS NOT NULL AND @FREE@
                    ORDER BY s.due LIMIT $4 FOR UPDATE SKIP LOCKED) p
                WHERE x.suspended_until IS NOT NULL LIMIT $4),
            old AS MATERIALIZED (
                SELECT s.message_id, s.recipient FROM scheduled_message m JOIN schedule s ON s.message_id = m.id
                WHERE m.received_at <= $1 AND @FREE@
                ORDER BY m.received_at LIMIT $4 FOR UPDATE OF s SKIP LOCKED)
            UPDATE schedule s
            SET lease_owner = $3, lease_until = clock_timestamp() + $5 * interval '1 millisecond'
            FROM (SELECT * FROM failed_for_tls UNION SELECT * FROM old) p
            WHERE s.message_id = p.message_id AND s.recipient = p.recipient
            RETURNING\s""".replace("@FREE@", DueRows.FREE) + ScheduleRows.COLUMNS;

    private final Pool pool;

    PressingRows(Pool pool) {
        this.pool = pool;
    }

    Uni<List<ScheduledMessage>> take(Instant now, Instant receivedBefore, int most, Lease lease) {
        Tuple values = Tuple.of(ScheduleRows.time(receivedBefore), ScheduleRows.time(now), lease.owner(), most, (double)
                lease.length().toMillis());
        return pool.withTransaction(connection -> connection
                .preparedQuery(TAKE)
                .execute(values)
                .chain(rows -> PgSchedule.withEnvelopes(connection, rows)));
    }
}
