package io.sekisho.tracking.store;

import static java.util.stream.Collectors.joining;

import io.sekisho.mail.address.DomainName;
import io.sekisho.tracking.delivery.DeliveryKey;
import io.sekisho.tracking.search.Glob;
import io.sekisho.tracking.search.MessageFilter;
import io.sekisho.tracking.search.Place;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The SQL of a search over one range of days, written so that the planner's guesses about rows do not matter much: sub-queries that end in
 * {@code OFFSET 0} are not merged into the query around them.
 *
 * <p>Values of callers are always parameters; only days and names from closed lists are written into the text, where they let PostgreSQL
 * choose partitions and the index of blocked traffic.
 */
final class SearchSql {
    private final List<Object> parameters = new ArrayList<>();
    private final List<String> conditions = new ArrayList<>();
    private final Optional<Place> behind;

    private SearchSql(Optional<Place> behind) {
        this.behind = behind;
    }

    /** A statement and its parameters. */
    record Statement(String sql, Tuple parameters) {}

    /**
     * Reads deliveries newest first, or by the index of a text that few of them have, and looks at each whether it belongs to one of the
     * domains.
     *
     * @param domains empty: whatever domain it belongs to
     */
    static Statement overDeliveries(
            DayRange days, Optional<Set<DomainName>> domains, MessageFilter filter, Optional<Place> behind, int limit) {
        SearchSql search = new SearchSql(behind);
        search.conditions.add(days.holds("d.day"));
        search.place("d");
        domains.ifPresent(
                own -> search.belongsTo(days, "o.domain = ANY(" + search.parameter(names(own)) + "::text[])"));
        if (domains.isEmpty()) {
            filter.domain().ifPresent(glob -> search.belongsTo(days, "o.domain LIKE " + search.parameter(glob.like())));
        }
        search.filter(filter);
        return search.statement("SELECT " + DeliveryRows.COLUMNS + ", " + DeliveryRows.domains(days.holds("x.day"))
                + " FROM delivery d WHERE " + search.allConditions() + newestFirst("d", limit));
    }

    /** Reads each domain's own list newest first and merges them: the cost does not grow with the mail of other domains. */
    static Statement overDomains(
            DayRange days, Set<DomainName> domains, MessageFilter filter, Optional<Place> behind, int limit) {
        SearchSql search = new SearchSql(behind);
        String wanted = search.parameter(names(domains));
        search.place("o");
        String behindPlace = search.conditions.isEmpty() ? "" : " AND " + search.allConditions();
        search.conditions.clear();
        search.conditions.add("d.day = o.day");
        search.conditions.add("d.delivery_id = o.delivery_id");
        search.conditions.add(days.holds("d.day"));
        search.filter(filter);
        return search.statement("SELECT DISTINCT ON (d.day, d.received_at, d.delivery_id) " + DeliveryRows.COLUMNS
                + ", " + DeliveryRows.domains(days.holds("x.day"))
                + " FROM unnest(" + wanted + "::text[]) AS wanted(domain) CROSS JOIN LATERAL (SELECT row.*"
                + " FROM delivery_domain o CROSS JOIN LATERAL (SELECT * FROM delivery d WHERE "
                + search.allConditions() + " OFFSET 0) AS row"
                + " WHERE o.domain = wanted.domain AND " + days.holds("o.day") + behindPlace
                + newestFirst("o", limit) + ") AS d" + newestFirst("d", limit));
    }

    private void belongsTo(DayRange days, String condition) {
        conditions.add("EXISTS (SELECT FROM delivery_domain o WHERE o.day = d.day AND " + days.holds("o.day")
                + " AND o.delivery_id = d.delivery_id AND " + condition + " OFFSET 0)");
    }

    private static String[] names(Set<DomainName> domains) {
        return domains.stream().map(DomainName::ascii).toArray(String[]::new);
    }

    private void place(String table) {
        behind.ifPresent(place -> conditions.add("(" + table + ".day, " + table + ".received_at, " + table
                + ".delivery_id) < (" + parameter(DeliveryKey.dayOf(place.receivedAt())) + "::date, "
                + parameter(place.receivedAt().atOffset(ZoneOffset.UTC)) + "::timestamptz, "
                + parameter(place.delivery()) + "::uuid)"));
    }

    private void filter(MessageFilter filter) {
        filter.from().ifPresent(time -> conditions.add("d.received_at >= " + parameter(time.atOffset(ZoneOffset.UTC))));
        filter.to().ifPresent(time -> conditions.add("d.received_at < " + parameter(time.atOffset(ZoneOffset.UTC))));
        filter.sender()
                .map(glob -> glob.text().equals(MessageFilter.NULL_SENDER) ? "" : glob.like())
                .ifPresent(pattern -> conditions.add("lower(d.sender) LIKE lower(" + parameter(pattern) + ")"));
        text("d.recipient", filter.recipient());
        text("d.subject", filter.subject());
        filter.messageIdField().ifPresent(id -> conditions.add("d.message_id_field = " + parameter(id)));
        names("d.direction", filter.directions());
        names("d.traffic", filter.traffic());
        if (filter.meansBlockedTraffic()) {
            conditions.add("d.traffic = 'BLOCKED'");
        }
        names("d.status", filter.statuses());
        names("d.block_reason", filter.blockReasons());
        texts("d.upstream_tls", filter.upstreamTls());
        texts("d.downstream_tls", filter.downstreamTls());
        filter.clientNetwork()
                .ifPresent(network ->
                        conditions.add("d.client_address <<= " + parameter(network.toString()) + "::text::inet"));
    }

    private void text(String column, Optional<Glob> wanted) {
        // LIKE without a wildcard is equality, and lower(…) of the indexes serves both.
        wanted.ifPresent(glob -> conditions.add("lower(" + column + ") LIKE lower(" + parameter(glob.like()) + ")"));
    }

    private void names(String column, Set<? extends Enum<?>> wanted) {
        if (!wanted.isEmpty()) {
            String names =
                    wanted.stream().map(e -> "'" + e.name() + "'").sorted().collect(joining(", "));
            conditions.add(column + " IN (" + names + ")");
        }
    }

    private void texts(String column, Set<String> wanted) {
        if (!wanted.isEmpty()) {
            conditions.add(column + " = ANY(" + parameter(wanted.toArray(String[]::new)) + "::text[])");
        }
    }

    private String parameter(Object value) {
        parameters.add(value);
        return "$" + parameters.size();
    }

    private String allConditions() {
        return String.join(" AND ", conditions);
    }

    private static String newestFirst(String table, int limit) {
        return " ORDER BY " + table + ".day DESC, " + table + ".received_at DESC, " + table + ".delivery_id DESC LIMIT "
                + limit;
    }

    private Statement statement(String sql) {
        return new Statement(sql, Tuple.from(parameters));
    }
}
