package io.sekisho.egress.operator;

import io.sekisho.egress.hold.Authority;
import io.sekisho.mail.address.DomainName;
import io.sekisho.rest.Caller;
import io.sekisho.rest.Refusal;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Carries orders out: each is one transaction on the schedule, so that it is done whole or not at all, whoever is killed.
 *
 * <p>Thread safety: all methods.
 */
@Singleton
class QueueOrders {

    /** As in the trigger on the schedule: while it is taken no row can be made that the order would overlook. */
    private static final String ALONE = "SELECT pg_advisory_xact_lock(7401)";

    /** Of one managed domain by its administrators. */
    private static final int MOST_ORDERS = 1000;

    private static final String BEYOND = """
            SELECT managed_domain FROM hold WHERE authority = 'DOMAIN' AND managed_domain = ANY ($1::text[])
            GROUP BY managed_domain HAVING count(*) > $2 ORDER BY managed_domain LIMIT 1
            """;

    private static final String STILL_ORDERED = """
            EXISTS (SELECT 1 FROM hold h
                WHERE (h.managed_domain = '' OR h.managed_domain = ANY (s.domains))
                    AND (h.destination = '' OR h.destination = s.destination))
            """;

    private final OperatorDatabase database;

    QueueOrders(OperatorDatabase database) {
        this.database = database;
    }

    /**
     * What was done.
     *
     * @param matched rows that the order named, before it
     * @param routes of these, where they may be waited for
     */
    record Done(long matched, long rows, long inFlight, long held, Set<String> routes) {}

    Uni<Done> flush(Selection selection, Instant now) {
        Where where = selection.where();
        String time = where.place(now.atOffset(ZoneOffset.UTC));
        String sql = "UPDATE schedule s SET due = least(s.due, " + time + ") WHERE " + where
                + " AND s.cancelled_by IS NULL AND NOT " + RowState.HELD + " AND NOT " + RowState.IN_FLIGHT;
        return done(selection, connection -> change(connection, sql, where));
    }

    Uni<Done> hold(Selection selection, Caller caller) {
        if (selection.message().isPresent()) {
            Where where = selection.where();
            String authority = where.place(authority(caller).name());
            String mayHold = caller.isAdmin() ? "s.held_alone IS DISTINCT FROM 'OPERATOR'" : "s.held_alone IS NULL";
            return done(
                    selection,
                    connection -> change(
                            connection,
                            "UPDATE schedule s SET held_alone = " + authority + " WHERE " + where
                                    + " AND s.cancelled_by IS NULL AND " + mayHold,
                            where));
        }
        Where where = selection.where();
        return done(
                selection,
                connection -> alone(connection)
                        .chain(() -> giveOrders(connection, orders(selection, caller)))
                        .chain(() -> caller.isAdmin() ? Uni.createFrom().voidItem() : requireFew(connection, selection))
                        .chain(() -> change(
                                connection,
                                "UPDATE schedule s SET held_by_order = true WHERE " + where
                                        + " AND NOT s.held_by_order",
                                where)));
    }

    private static Uni<Void> giveOrders(SqlConnection connection, List<Tuple> orders) {
        // A domain-admin without domains has nothing to hold.
        return orders.isEmpty()
                ? Uni.createFrom().voidItem()
                : connection
                        .preparedQuery("INSERT INTO hold (authority, managed_domain, destination, held_by)"
                                + " VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING")
                        .executeBatch(orders)
                        .replaceWithVoid();
    }

    /** Every pod knows all orders: one domain's administrators must not fill its memory. An admin is trusted. */
    private static Uni<Void> requireFew(SqlConnection connection, Selection selection) {
        return connection
                .preparedQuery(BEYOND)
                .execute(Tuple.of(domains(selection).toArray(String[]::new), MOST_ORDERS))
                .invoke(beyond -> {
                    if (beyond.size() > 0) {
                        throw Refusal.conflict(
                                "%s has %,d standing holds, and cannot have more. Release some, or hold all its mail."
                                        .formatted(beyond.iterator().next().getString(0), MOST_ORDERS));
                    }
                })
                .replaceWithVoid();
    }

    private static List<Tuple> orders(Selection selection, Caller caller) {
        String authority = authority(caller).name();
        String destination = selection.destination().map(DomainName::ascii).orElse("");
        return domains(selection).stream()
                .map(domain -> Tuple.of(authority, domain, destination, caller.id()))
                .toList();
    }

    /** The domains whose mail the order is about; the empty text: everybody's. */
    private static List<String> domains(Selection selection) {
        return selection
                .domain()
                .map(one -> List.of(one.ascii()))
                .or(() -> selection.reach().map(own -> List.of(Selection.names(own))))
                .orElse(List.of(""));
    }

    Uni<Done> release(Selection selection, Caller caller) {
        Where where = selection.where();
        if (selection.message().isPresent()) {
            String mayRelease = caller.isAdmin() ? "s.held_alone IS NOT NULL" : "s.held_alone = 'DOMAIN'";
            return done(
                    selection,
                    connection -> change(
                            connection,
                            "UPDATE schedule s SET held_alone = NULL WHERE " + where + " AND " + mayRelease,
                            where));
        }
        return done(
                selection,
                connection -> alone(connection)
                        .chain(() -> endOrders(connection, selection, caller))
                        .chain(() -> change(
                                connection,
                                "UPDATE schedule s SET held_by_order = false WHERE " + where
                                        + " AND s.held_by_order AND NOT " + STILL_ORDERED,
                                where)));
    }

    private static Uni<Void> endOrders(SqlConnection connection, Selection selection, Caller caller) {
        Where orders = new Where();
        orders.and(
                "destination = ?",
                selection.destination().map(DomainName::ascii).orElse(""));
        // An admin's release of a destination ends what domains' administrators ordered for it, too.
        if (!caller.isAdmin() || selection.domain().isPresent()) {
            orders.and("managed_domain = ANY (?::text[])", domains(selection).toArray(String[]::new));
        }
        if (!caller.isAdmin()) {
            orders.and("authority = 'DOMAIN'");
        }
        return connection
                .preparedQuery("DELETE FROM hold WHERE " + orders)
                .execute(orders.values())
                .replaceWithVoid();
    }

    Uni<Done> cancel(Selection selection, Caller caller, boolean tellSender, Instant now) {
        Where where = selection.where();
        String key = where.place(caller.id());
        String told = where.place(tellSender);
        String time = where.place(now.atOffset(ZoneOffset.UTC));
        return done(
                selection,
                connection -> change(
                        connection,
                        "UPDATE schedule s SET cancelled_by = " + key + ", cancel_told = " + told + ", due = " + time
                                + " WHERE " + where + " AND s.cancelled_by IS NULL",
                        where));
    }

    private static Authority authority(Caller caller) {
        return caller.isAdmin() ? Authority.OPERATOR : Authority.DOMAIN;
    }

    private static Uni<Void> alone(SqlConnection connection) {
        return connection.query(ALONE).execute().replaceWithVoid();
    }

    private static Uni<Integer> change(SqlConnection connection, String sql, Where where) {
        return connection.preparedQuery(sql).execute(where.values()).map(changed -> changed.rowCount());
    }

    /** The change, and what there is after it. */
    private Uni<Done> done(Selection selection, Function<SqlConnection, Uni<Integer>> change) {
        Where where = selection.where();
        String count = "SELECT count(*) AS matched, count(*) FILTER (WHERE " + RowState.IN_FLIGHT + ") AS in_flight,"
                + " count(*) FILTER (WHERE " + RowState.HELD + ") AS held, array_agg(DISTINCT s.route) AS routes"
                + " FROM schedule s WHERE " + where;
        return database.order(connection -> change.apply(connection)
                .chain(rows -> connection
                        .preparedQuery(count)
                        .execute(where.values())
                        .map(counted -> done(rows, counted.iterator().next()))));
    }

    private static Done done(int rows, Row row) {
        Set<String> routes = Optional.ofNullable(row.getArrayOfStrings("routes")).stream()
                .flatMap(Arrays::stream)
                .filter(route -> !route.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        return new Done(row.getLong("matched"), rows, row.getLong("in_flight"), row.getLong("held"), routes);
    }
}
