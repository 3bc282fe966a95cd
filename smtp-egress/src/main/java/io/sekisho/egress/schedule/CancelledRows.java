package io.sekisho.egress.schedule;

import io.sekisho.egress.schedule.Cancellation.SenderNotice;
import io.sekisho.mail.envelope.Envelope;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Takes rows that an operator cancelled, as soon as no attempt is at them. Thread safety: all methods. */
final class CancelledRows {

    private static final String TAKE = """
            WITH picked AS MATERIALIZED (
                SELECT message_id, recipient FROM schedule
                WHERE cancelled_by IS NOT NULL AND kept_due <= $1
                    AND (lease_until IS NULL OR lease_until <= clock_timestamp())
                ORDER BY kept_due LIMIT $2 FOR UPDATE SKIP LOCKED)
            UPDATE schedule s
            SET lease_owner = $3, lease_until = clock_timestamp() + $4 * interval '1 millisecond'
            FROM picked p WHERE s.message_id = p.message_id AND s.recipient = p.recipient
            RETURNING s.cancelled_by, s.cancel_told,\s""" + ScheduleRows.COLUMNS;

    private final Pool pool;

    CancelledRows(Pool pool) {
        this.pool = pool;
    }

    Uni<List<Cancellation>> take(Instant now, int most, Lease lease) {
        return pool.withTransaction(connection -> connection
                .preparedQuery(TAKE)
                .execute(Tuple.of(ScheduleRows.time(now), most, lease.owner(), (double)
                        lease.length().toMillis()))
                .chain(rows -> read(connection, rows)));
    }

    private static Uni<List<Cancellation>> read(SqlConnection connection, RowSet<Row> rows) {
        return PgSchedule.withEnvelopes(connection, rows).map(messages -> {
            Map<UUID, Envelope> envelopes = messages.stream()
                    .map(ScheduledMessage::envelope)
                    .collect(Collectors.toMap(Envelope::id, Function.identity()));
            return stream(rows).map(row -> read(row, envelopes)).toList();
        });
    }

    private static Cancellation read(Row row, Map<UUID, Envelope> envelopes) {
        ScheduleEntry entry = ScheduleRows.read(row);
        return new Cancellation(
                envelopes.get(entry.message()),
                entry,
                row.getString("cancelled_by"),
                row.getBoolean("cancel_told") ? SenderNotice.REPORT : SenderNotice.NONE);
    }

    private static Stream<Row> stream(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }
}
