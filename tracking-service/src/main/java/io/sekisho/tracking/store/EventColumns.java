package io.sekisho.tracking.store;

import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.event.Hop;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Writes events; those that are there already change nothing. */
final class EventColumns {
    private static final String INSERT_MESSAGES = """
            INSERT INTO mail_event (day, event_id, at, event, delivery_id)
            SELECT u.day, u.event_id, u.at, u.event::json, u.delivery_id
            FROM unnest($1::date[], $2::uuid[], $3::timestamptz[], $4::text[], $5::uuid[])
                AS u(day, event_id, at, event, delivery_id)
            ON CONFLICT (day, event_id) DO NOTHING RETURNING day, event_id""";

    private static final String INSERT_CONNECTIONS = """
            INSERT INTO connection_event (day, event_id, at, event, client_address)
            SELECT u.day, u.event_id, u.at, u.event::json, u.client_address::inet
            FROM unnest($1::date[], $2::uuid[], $3::timestamptz[], $4::text[], $5::text[])
                AS u(day, event_id, at, event, client_address)
            ON CONFLICT (day, event_id) DO NOTHING RETURNING day, event_id""";

    private EventColumns() {}

    /** Those that are new. */
    static Uni<Set<EventKey>> insertAboutMessages(SqlConnection transaction, List<TrackedEvent> events) {
        return insert(
                transaction,
                INSERT_MESSAGES,
                events,
                column(events, e -> e.delivery().map(row -> row.key().id()).orElseThrow(), UUID[]::new));
    }

    /** Those that are new. */
    static Uni<Set<EventKey>> insertAboutConnections(SqlConnection transaction, List<TrackedEvent> events) {
        return insert(
                transaction,
                INSERT_CONNECTIONS,
                events,
                column(events, e -> clientAddress(e).orElse(null), String[]::new));
    }

    private static Uni<Set<EventKey>> insert(
            SqlConnection transaction, String sql, List<TrackedEvent> events, Object[] own) {
        if (events.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        Tuple parameters = Tuple.tuple()
                .addValue(column(events, TrackedEvent::day, LocalDate[]::new))
                .addValue(column(events, e -> e.event().id(), UUID[]::new))
                .addValue(column(events, e -> e.event().at().atOffset(ZoneOffset.UTC), OffsetDateTime[]::new))
                .addValue(column(events, TrackedEvent::json, String[]::new))
                .addValue(own);
        return transaction.preparedQuery(sql).execute(parameters).map(EventColumns::keys);
    }

    /** Of a failed handshake the other side is the client; what is no address is not worth losing the event for. */
    private static Optional<String> clientAddress(TrackedEvent event) {
        return event.event().hop().flatMap(Hop::address).flatMap(text -> {
            try {
                return Optional.of(IpAddress.parse(text).toString());
            } catch (IllegalArgumentException noAddress) {
                return Optional.empty();
            }
        });
    }

    private static <T> T[] column(List<TrackedEvent> events, Function<TrackedEvent, T> value, IntFunction<T[]> array) {
        return events.stream().map(value).toArray(array);
    }

    private static Set<EventKey> keys(RowSet<Row> rows) {
        Set<EventKey> keys = new HashSet<>();
        rows.forEach(row -> keys.add(new EventKey(row.getLocalDate("day"), row.getUUID("event_id"))));
        return keys;
    }
}
