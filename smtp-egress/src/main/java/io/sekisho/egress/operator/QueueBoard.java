package io.sekisho.egress.operator;

import io.sekisho.egress.hold.Authority;
import io.sekisho.mail.address.DomainName;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** What waits, read from the schedule. Thread safety: all methods. */
@Singleton
class QueueBoard {

    private static final int HOLDS_SHOWN = 500;

    private final OperatorDatabase database;

    QueueBoard(OperatorDatabase database) {
        this.database = database;
    }

    /** A destination with the routes that its rows take. */
    record Line(QueuedDestination destination, List<String> routes) {}

    /** A place in the list of messages; neither part of it ever changes for a row. */
    record Place(UUID message, String recipient) {

        static final Place FIRST = new Place(new UUID(0, 0), "");

        Place {
            if (message == null || recipient == null) {
                throw new IllegalArgumentException("a place has a message and a recipient");
            }
        }
    }

    /** A place in the list of destinations. */
    record After(String destination) {

        static final After FIRST = new After("");

        After {
            if (destination == null) {
                throw new IllegalArgumentException("a place has a destination");
            }
        }
    }

    /** Destinations by name. */
    Uni<List<Line>> destinations(Selection selection, After behind, int most) {
        Where where = selection.where();
        // The rows' own conditions stand in both: a reply may tell of a recipient that is not the caller's.
        String sql = """
            SELECT d.*, last.last_reply, last.last_detail
            FROM (
                SELECT s.destination, array_agg(DISTINCT s.route) AS routes, min(m.received_at) AS oldest,
                    count(*) FILTER (WHERE %1$s) AS waiting,
                    count(*) FILTER (WHERE %2$s) AS in_flight,
                    count(*) FILTER (WHERE NOT %2$s AND %3$s AND s.cancelled_by IS NULL) AS held,
                    count(*) FILTER (WHERE NOT %2$s AND s.cancelled_by IS NOT NULL) AS cancelled,
                    min(s.due) FILTER (WHERE %1$s) AS due_next
                FROM schedule s JOIN scheduled_message m ON m.id = s.message_id
                WHERE %4$s AND s.destination > %5$s
                GROUP BY s.destination ORDER BY s.destination LIMIT %6$s) d
            LEFT JOIN LATERAL (
                SELECT s.last_reply, s.last_detail FROM schedule s
                WHERE s.destination = d.destination AND s.last_detail IS NOT NULL AND %4$s
                ORDER BY coalesce(s.kept_due, s.due) DESC LIMIT 1) last ON true
            ORDER BY d.destination
            """.formatted(
                        RowState.WAITS,
                        RowState.IN_FLIGHT,
                        RowState.HELD,
                        where,
                        where.place(behind.destination()),
                        where.place(most));
        return database.ask(connection -> list(connection, sql, where, QueueBoard::line));
    }

    /** Rows by message, which is by the time of their reception, and recipient. */
    Uni<List<QueuedMessage>> messages(Selection selection, Place behind, int most) {
        Where where = selection.where();
        String sql = """
            WITH page AS MATERIALIZED (
                SELECT s.message_id, s.recipient, s.domains, s.destination, s.attempt, s.first_failure, s.last_reply,
                    s.last_detail, coalesce(s.kept_due, s.due) AS due, s.cancelled_by IS NOT NULL AS cancelled,
                    %1$s AS in_flight, %2$s AS held
                FROM schedule s WHERE %3$s AND (s.message_id, s.recipient) > (%4$s, %5$s)
                ORDER BY s.message_id, s.recipient LIMIT %6$s),
            mail AS MATERIALIZED (
                SELECT id, received_at, envelope::json ->> 'reversePath' AS sender, envelope::json ->> 'subject' AS subject,
                    (envelope::json ->> 'size')::bigint AS size
                FROM scheduled_message WHERE id IN (SELECT message_id FROM page))
            SELECT p.*, m.received_at, m.sender, m.subject, m.size
            FROM page p JOIN mail m ON m.id = p.message_id ORDER BY p.message_id, p.recipient
            """.formatted(
                        RowState.IN_FLIGHT,
                        RowState.HELD,
                        where,
                        where.place(behind.message()),
                        where.place(behind.recipient()),
                        where.place(most));
        return database.ask(connection -> list(connection, sql, where, row -> message(row, selection.reach())));
    }

    /** Standing orders that concern mail of these domains. */
    Uni<List<StandingHold>> holds(Optional<Set<DomainName>> reach) {
        Where where = new Where();
        reach.ifPresent(
                own -> where.and("(managed_domain = '' OR managed_domain = ANY (?::text[]))", Selection.names(own)));
        String sql = "SELECT authority, managed_domain, destination, held_by, since FROM hold WHERE " + where
                + " ORDER BY since, managed_domain, destination LIMIT " + HOLDS_SHOWN;
        return database.ask(connection -> list(connection, sql, where, row -> hold(row, reach.isPresent())));
    }

    private static <T> Uni<List<T>> list(SqlConnection connection, String sql, Where where, Function<Row, T> read) {
        return connection
                .preparedQuery(sql)
                .execute(where.values())
                .map((RowSet<Row> rows) -> StreamSupport.stream(rows.spliterator(), false)
                        .map(read)
                        .toList());
    }

    private static Line line(Row row) {
        return new Line(
                new QueuedDestination(
                        row.getString("destination"),
                        row.getLong("waiting"),
                        row.getLong("in_flight"),
                        row.getLong("held"),
                        row.getLong("cancelled"),
                        time(row, "due_next"),
                        time(row, "oldest").orElseThrow(),
                        Optional.empty(),
                        SaidReply.read(row.getString("last_reply")),
                        Optional.ofNullable(row.getString("last_detail"))),
                List.of(row.getArrayOfStrings("routes")));
    }

    private static QueuedMessage message(Row row, Optional<Set<DomainName>> reach) {
        Set<String> own = reach.map(domains -> Set.of(Selection.names(domains))).orElse(Set.of());
        return new QueuedMessage(
                row.getUUID("message_id"),
                row.getString("recipient"),
                row.getString("sender"),
                Optional.ofNullable(row.getString("subject")),
                row.getLong("size"),
                time(row, "received_at").orElseThrow(),
                Arrays.stream(row.getArrayOfStrings("domains"))
                        .filter(domain -> reach.isEmpty() || own.contains(domain))
                        .toList(),
                row.getString("destination"),
                row.getInteger("attempt"),
                time(row, "due").orElseThrow(),
                time(row, "first_failure"),
                row.getBoolean("in_flight"),
                row.getBoolean("held"),
                row.getBoolean("cancelled"),
                SaidReply.read(row.getString("last_reply")),
                Optional.ofNullable(row.getString("last_detail")));
    }

    private static StandingHold hold(Row row, boolean confined) {
        Authority authority = Authority.valueOf(row.getString("authority"));
        return new StandingHold(
                named(row, "managed_domain"),
                named(row, "destination"),
                authority,
                Optional.of(row.getString("held_by")).filter(any -> !confined || authority == Authority.DOMAIN),
                time(row, "since").orElseThrow());
    }

    private static Optional<String> named(Row row, String column) {
        return Optional.of(row.getString(column)).filter(name -> !name.isEmpty());
    }

    private static Optional<Instant> time(Row row, String column) {
        return Optional.ofNullable(row.getOffsetDateTime(column)).map(OffsetDateTime::toInstant);
    }
}
