package io.sekisho.egress.alert;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * What is to be told, and who tells it, in PostgreSQL. Every result fails where that is out of reach; then nothing is told,
 * and what a pod saw is written at its next look.
 *
 * <p>Thread safety: all methods.
 */
final class AlertBook {

    /** Facts listed in a mail; the others are counted. */
    static final int LISTED = 20;

    private static final Duration HOUR = Duration.ofHours(1);

    private static final String NOTE = """
            INSERT INTO alert_fact (cause, subject, matters_at, detail, seen_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (cause, subject) DO UPDATE SET matters_at = excluded.matters_at, detail = excluded.detail,
                seen_at = excluded.seen_at
            """;

    /** The oldest thousand messages tell enough, and cost the same whatever the queue's length. */
    private static final String NOTE_QUEUE_AGE = """
            INSERT INTO alert_fact (cause, subject, matters_at, detail, seen_at)
            SELECT 'QUEUE_AGE', s.destination, min(m.received_at),
                count(*) FILTER (WHERE s.held_by_order OR s.held_alone IS NOT NULL) || ' of ' || count(*)
                    || ' such recipients are held' || coalesce('; ' || min(s.last_detail), ''), $2
            FROM (SELECT id, received_at FROM scheduled_message WHERE received_at < $1 ORDER BY received_at LIMIT 1000) m
            JOIN schedule s ON s.message_id = m.id
            GROUP BY s.destination
            ON CONFLICT (cause, subject) DO UPDATE SET matters_at = excluded.matters_at, detail = excluded.detail,
                seen_at = excluded.seen_at
            """;

    private static final String NOTE_QUARANTINE = """
            INSERT INTO alert_fact (cause, subject, matters_at, detail, seen_at)
            SELECT 'QUARANTINE', id::text, kept_at, left(reason || ': ' || detail, 500), $2
            FROM quarantine WHERE kept_at > $1 ORDER BY kept_at LIMIT 1000
            ON CONFLICT (cause, subject) DO NOTHING
            """;

    private static final String TO_TELL = """
            SELECT subject, matters_at, detail, count(*) OVER () AS all_of_them FROM alert_fact
            WHERE cause = $1 AND seen_at > $2 AND (told_at IS NULL OR told_at <= $3)
            ORDER BY matters_at, subject LIMIT\s""" + LISTED;

    private static final String TOLD = """
            UPDATE alert_fact SET told_at = $4
            WHERE cause = $1 AND seen_at > $2 AND (told_at IS NULL OR told_at <= $3)
            """;

    /** The hour begins before the mail is sent: a pod that is killed meanwhile costs an hour, never a second mail. */
    private static final String MAY_SEND = """
            INSERT INTO alert (cause, next_mail) VALUES ($1, $3)
            ON CONFLICT (cause) DO UPDATE SET next_mail = excluded.next_mail WHERE alert.next_mail <= $2
            """;

    private static final String FORGET = "DELETE FROM alert_fact WHERE seen_at < $1";

    private final Pool pool;

    AlertBook(Pool pool) {
        this.pool = pool;
    }

    /**
     * What there is to tell about a cause.
     *
     * @param facts the first {@link #LISTED}
     * @param more how many there are beside these
     */
    record ToTell(List<AlertFact> facts, long more) {}

    /** Notes what this pod saw itself. */
    Uni<Void> note(List<AlertFact> facts, Instant now) {
        if (facts.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Tuple> rows = facts.stream()
                .map(fact ->
                        Tuple.of(fact.cause().name(), fact.subject(), time(fact.mattersAt()), fact.detail(), time(now)))
                .toList();
        return pool.preparedQuery(NOTE).executeBatch(rows).replaceWithVoid();
    }

    /** Notes what the tables tell: destinations with mail older than this, and what came into quarantine. */
    Uni<Void> noteFromTables(Duration queueAge, Instant now) {
        return pool.preparedQuery(NOTE_QUEUE_AGE)
                .execute(Tuple.of(time(now.minus(queueAge)), time(now)))
                .chain(() -> pool.preparedQuery(NOTE_QUARANTINE)
                        .execute(Tuple.of(time(now.minus(AlertCause.QUARANTINE.current())), time(now))))
                .chain(() -> pool.preparedQuery(FORGET)
                        .execute(Tuple.of(time(now.minus(AlertCause.CERTIFICATE_EXPIRES.current())))))
                .replaceWithVoid();
    }

    Uni<ToTell> toTell(AlertCause cause, Instant now) {
        return pool.preparedQuery(TO_TELL)
                .execute(selection(cause, now))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).toList())
                .map(rows -> new ToTell(
                        rows.stream().map(row -> fact(cause, row)).toList(),
                        rows.isEmpty() ? 0 : rows.get(0).getLong("all_of_them") - rows.size()));
    }

    /** Whether this pod may send a mail of the cause now; then no pod may for an hour. */
    Uni<Boolean> maySend(AlertCause cause, Instant now) {
        return pool.preparedQuery(MAY_SEND)
                .execute(Tuple.of(cause.name(), time(now), time(now.plus(HOUR))))
                .map(taken -> taken.rowCount() == 1);
    }

    /** All that there was to tell was told. */
    Uni<Void> told(AlertCause cause, Instant now) {
        return pool.preparedQuery(TOLD)
                .execute(selection(cause, now).addOffsetDateTime(time(now)))
                .replaceWithVoid();
    }

    /** The mail was not taken: it is tried again then. */
    Uni<Void> tryAgain(AlertCause cause, Instant then) {
        return pool.preparedQuery("UPDATE alert SET next_mail = $2 WHERE cause = $1")
                .execute(Tuple.of(cause.name(), time(then)))
                .replaceWithVoid();
    }

    private static Tuple selection(AlertCause cause, Instant now) {
        Instant reminded = cause.reminder().map(now::minus).orElse(Instant.EPOCH);
        return Tuple.of(cause.name(), time(now.minus(cause.current())), time(reminded));
    }

    private static AlertFact fact(AlertCause cause, Row row) {
        return new AlertFact(
                cause,
                row.getString("subject"),
                row.getOffsetDateTime("matters_at").toInstant(),
                row.getString("detail"));
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
