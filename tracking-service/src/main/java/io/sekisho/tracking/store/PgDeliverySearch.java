package io.sekisho.tracking.store;

import io.sekisho.mail.address.DomainName;
import io.sekisho.tracking.delivery.Delivery;
import io.sekisho.tracking.delivery.DeliveryKey;
import io.sekisho.tracking.search.Glob;
import io.sekisho.tracking.search.MessageFilter;
import io.sekisho.tracking.search.Place;
import io.sekisho.tracking.search.Reach;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One search: range of days by range of days, until enough rows are found. */
final class PgDeliverySearch {
    private final Pool pool;
    private final StoredDays days;
    private final MessageFilter filter;
    private final Optional<Set<DomainName>> domains;
    private final Optional<Place> behind;
    private final int atMost;

    PgDeliverySearch(
            Pool pool, StoredDays days, MessageFilter filter, Reach reach, Optional<Place> behind, int atMost) {
        this.pool = pool;
        this.days = days;
        this.filter = filter;
        this.domains = domains(filter, reach);
        this.behind = behind;
        this.atMost = atMost;
    }

    /** The exact domains whose deliveries can be an answer; empty: it may be any. */
    private static Optional<Set<DomainName>> domains(MessageFilter filter, Reach reach) {
        Optional<Glob> wanted = filter.domain();
        if (wanted.isPresent() && wanted.get().isExact()) {
            return Optional.of(DomainName.tryParse(wanted.get().text())
                    .filter(reach::includes)
                    .map(Set::of)
                    .orElse(Set.of()));
        }
        return reach.domains()
                .map(own -> own.stream()
                        .filter(domain ->
                                wanted.map(glob -> glob.matches(domain.ascii())).orElse(true))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    Uni<List<Delivery>> run() {
        if (domains.map(Set::isEmpty).orElse(false)) {
            return Uni.createFrom().item(List.of());
        }
        LocalDate first = filter.from().map(DeliveryKey::dayOf).orElse(LocalDate.MIN);
        LocalDate last = Stream.concat(
                        // "to" itself does not count any more.
                        filter.to().map(to -> to.minusMillis(1)).stream(), behind.map(Place::receivedAt).stream())
                .min(Instant::compareTo)
                .map(DeliveryKey::dayOf)
                .orElse(LocalDate.MAX);
        return days.between(first, last).flatMap(ranges -> fill(ranges.iterator(), new ArrayList<>()));
    }

    private Uni<List<Delivery>> fill(Iterator<DayRange> ranges, List<Delivery> found) {
        if (found.size() >= atMost || !ranges.hasNext()) {
            return Uni.createFrom().item(found);
        }
        SearchSql.Statement statement = statement(ranges.next(), atMost - found.size());
        return pool.preparedQuery(statement.sql())
                .execute(statement.parameters())
                .flatMap(rows -> {
                    rows.forEach(row -> found.add(DeliveryRows.read(row)));
                    return fill(ranges, found);
                });
    }

    private SearchSql.Statement statement(DayRange range, int limit) {
        return domains.isPresent() && !filter.namesFew()
                ? SearchSql.overDomains(range, domains.get(), filter, behind, limit)
                : SearchSql.overDeliveries(range, domains, filter, behind, limit);
    }
}
