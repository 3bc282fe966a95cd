package io.sekisho.egress.schedule;

import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.json.WireJson;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The schedule in PostgreSQL. Leases run by the database's clock, which all pods share; when a row is due is told by the
 * caller's.
 */
public final class PgSchedule implements Schedule {

    private static final String LOCK_MESSAGE = """
            INSERT INTO scheduled_message (id, envelope, received_at) VALUES ($1, $2, $3)
            ON CONFLICT (id) DO UPDATE SET id = excluded.id
            """;

    private static final String INSERT = """
            INSERT INTO schedule (message_id, recipient, managed_domain, destination, route, due, attempt, first_failure,
                first_tls_failure, notice_due, last_reply, last_detail, lease_owner, lease_until, domains)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,
                clock_timestamp() + $14 * interval '1 millisecond', $15)
            ON CONFLICT (message_id, recipient) DO NOTHING
            """;

    private static final String POSTPONE = """
            UPDATE schedule SET managed_domain = $3, destination = $4, route = $5, attempt = $7, first_failure = $8,
                -- What was cancelled meanwhile does not wait for its next attempt.
                due = CASE WHEN cancelled_by IS NULL THEN $6::timestamptz
                    ELSE least($6::timestamptz, clock_timestamp() + interval '5 seconds') END,
                first_tls_failure = $9, last_reply = $11, last_detail = $12,
                notice_due = CASE WHEN notice_due IS NULL THEN NULL ELSE $10::timestamptz END,
                lease_owner = NULL, lease_until = NULL
            WHERE message_id = $1 AND recipient = $2
                AND (lease_owner = $13 OR lease_until IS NULL OR lease_until <= clock_timestamp())
            """;

    private static final String NOTICED = """
            UPDATE schedule SET notice_due = NULL, lease_owner = NULL, lease_until = NULL
            WHERE message_id = $1 AND recipient = $2 AND lease_owner = $3
            """;

    private static final String TAKE_NOTICES = """
            WITH picked AS MATERIALIZED (
                SELECT message_id, recipient FROM schedule
                WHERE notice_due <= $1 AND cancelled_by IS NULL AND (lease_until IS NULL OR lease_until <= clock_timestamp())
                ORDER BY notice_due LIMIT $2 FOR UPDATE SKIP LOCKED)
            UPDATE schedule s
            SET lease_owner = $3, lease_until = clock_timestamp() + $4 * interval '1 millisecond'
            FROM picked p WHERE s.message_id = p.message_id AND s.recipient = p.recipient
            RETURNING\s""" + ScheduleRows.COLUMNS;

    private static final String RENEW = """
            UPDATE schedule SET lease_until = clock_timestamp() + $3 * interval '1 millisecond'
            WHERE lease_owner = $2 AND message_id = ANY ($1)
            """;

    private static final String END_EARLIER = """
            UPDATE schedule SET lease_owner = NULL, lease_until = NULL
            WHERE lease_owner IS NOT NULL AND split_part(lease_owner, '/', 1) = $1 AND lease_owner <> $2
            """;

    private static final String END =
            "UPDATE schedule SET lease_owner = NULL, lease_until = NULL WHERE lease_owner = $1";

    private final Pool pool;
    private final DueRows due;
    private final PressingRows pressing;
    private final CancelledRows cancelled;

    public PgSchedule(Pool pool) {
        this.pool = pool;
        due = new DueRows(pool);
        pressing = new PressingRows(pool);
        cancelled = new CancelledRows(pool);
    }

    @Override
    public Uni<Void> insert(Envelope envelope, List<ScheduleEntry> entries, Optional<Lease> lease) {
        return pool.withTransaction(
                connection -> insert(connection, envelope, entries, lease).replaceWithVoid());
    }

    /**
     * Makes rows within a transaction of the caller's.
     *
     * @return how many were made: not those that are there already, which stay as they are
     */
    public static Uni<Integer> insert(
            SqlConnection connection, Envelope envelope, List<ScheduleEntry> entries, Optional<Lease> lease) {
        List<Tuple> rows = entries.stream()
                .map(entry -> ScheduleRows.tuple(entry)
                        .addString(lease.map(Lease::owner).orElse(null))
                        .addDouble(
                                lease.map(l -> (double) l.length().toMillis()).orElse(null))
                        .addArrayOfString(ScheduleRows.domains(envelope, entry)))
                .toList();
        return connection
                .preparedQuery(LOCK_MESSAGE)
                .execute(Tuple.of(envelope.id(), WireJson.string(envelope), ScheduleRows.time(envelope.receivedAt())))
                .chain(() -> connection.preparedQuery(INSERT).executeBatch(rows))
                .map(PgSchedule::made);
    }

    /** A batch's results hang together, one for each row. */
    private static int made(RowSet<Row> results) {
        int made = 0;
        for (RowSet<Row> each = results; each != null; each = each.next()) {
            made += each.rowCount();
        }
        return made;
    }

    @Override
    public Uni<Void> postpone(ScheduleEntry entry, String owner) {
        return pool.preparedQuery(POSTPONE)
                .execute(ScheduleRows.tuple(entry).addString(owner))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> remove(UUID message, String recipient) {
        // The message's row is locked first: two pods that remove the last two rows must not both leave it behind.
        return pool.withTransaction(connection -> connection
                .preparedQuery("SELECT id FROM scheduled_message WHERE id = $1 FOR UPDATE")
                .execute(Tuple.of(message))
                .chain(() -> connection
                        .preparedQuery("DELETE FROM schedule WHERE message_id = $1 AND recipient = $2")
                        .execute(Tuple.of(message, recipient)))
                .chain(() -> connection
                        .preparedQuery("DELETE FROM scheduled_message WHERE id = $1"
                                + " AND NOT EXISTS (SELECT 1 FROM schedule WHERE message_id = $1)")
                        .execute(Tuple.of(message)))
                .replaceWithVoid());
    }

    @Override
    public Uni<List<ScheduledMessage>> takeDue(Instant now, int most, Collection<String> busy, Lease lease) {
        return due.take(now, most, busy.toArray(String[]::new), lease);
    }

    @Override
    public Uni<List<ScheduledMessage>> takePressing(Instant now, Instant receivedBefore, int most, Lease lease) {
        return pressing.take(now, receivedBefore, most, lease);
    }

    @Override
    public Uni<List<ScheduledMessage>> takeNoticesDue(Instant now, int most, Lease lease) {
        return pool.withTransaction(connection -> connection
                .preparedQuery(TAKE_NOTICES)
                .execute(Tuple.of(ScheduleRows.time(now), most, lease.owner(), (double)
                        lease.length().toMillis()))
                .chain(rows -> withEnvelopes(connection, rows)));
    }

    @Override
    public Uni<List<Cancellation>> takeCancelled(Instant now, int most, Lease lease) {
        return cancelled.take(now, most, lease);
    }

    @Override
    public Uni<Void> noticed(UUID message, String recipient, String owner) {
        return pool.preparedQuery(NOTICED)
                .execute(Tuple.of(message, recipient, owner))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> renew(Collection<UUID> messages, Lease lease) {
        return pool.preparedQuery(RENEW)
                .execute(Tuple.of(messages.toArray(UUID[]::new), lease.owner(), (double)
                        lease.length().toMillis()))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> endLeasesOfEarlier(String pod, String incarnation) {
        return pool.preparedQuery(END_EARLIER)
                .execute(Tuple.of(pod, pod + "/" + incarnation))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> endLeases(String owner) {
        return pool.preparedQuery(END).execute(Tuple.of(owner)).replaceWithVoid();
    }

    @Override
    public Uni<Long> size() {
        return pool.query("SELECT count(*) FROM schedule")
                .execute()
                .map(rows -> rows.iterator().next().getLong(0));
    }

    static Uni<List<ScheduledMessage>> withEnvelopes(SqlConnection connection, RowSet<Row> rows) {
        Map<UUID, List<ScheduleEntry>> entries = ScheduleRows.byMessage(rows);
        if (entries.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return connection
                .preparedQuery("SELECT id, envelope FROM scheduled_message WHERE id = ANY ($1)")
                .execute(Tuple.of((Object) entries.keySet().toArray(UUID[]::new)))
                .map(envelopes -> ScheduleRows.withEnvelopes(entries, envelopes));
    }
}
