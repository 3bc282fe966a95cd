package io.sekisho.tracking.store;

import static java.util.stream.Collectors.joining;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.event.CloudEventRecord;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.tracking.delivery.Delivery;
import io.sekisho.tracking.delivery.DeliveryKey;
import io.sekisho.tracking.search.Glob;
import io.sekisho.tracking.search.Reach;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Finds one message with its events. */
final class PgMessageLookup {
    /** A message has at most as many recipients as its envelope of 1 MiB can name; one answer holds so many of them. */
    static final int DELIVERIES_AT_MOST = 1_000;

    /** A recipient that is tried for five days has some hundred. */
    static final int EVENTS_AT_MOST = 10_000;

    private static final Comparator<MailEvent> IN_TIME = Comparator.comparing(MailEvent::at)
            .thenComparingInt(MailEvent::attempt)
            .thenComparing(MailEvent::kind);

    private final Pool pool;
    private final StoredDays days;
    private final UUID id;
    private final Reach reach;
    private final Optional<Glob> recipient;

    PgMessageLookup(Pool pool, StoredDays days, UUID id, Reach reach, Optional<Glob> recipient) {
        this.pool = pool;
        this.days = days;
        this.id = id;
        this.reach = reach;
        this.recipient = recipient;
    }

    Uni<Optional<MessageHistory>> run() {
        return likelyRanges()
                .flatMap(likely -> find(likely.iterator()))
                .flatMap(found -> found.isEmpty() ? days.all().flatMap(all -> find(all.iterator())) : item(found))
                .flatMap(found -> found.isEmpty() ? item(Optional.empty()) : history(found));
    }

    /** Ids made at MAIL tell their time (RFC 9562 §5.7); those of delivery reports are derived and tell nothing. */
    private Uni<List<DayRange>> likelyRanges() {
        if (id.version() != 7) {
            return item(List.of());
        }
        LocalDate day = DeliveryKey.dayOf(Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16));
        return days.between(day.minusDays(1), day.plusDays(1));
    }

    private Uni<List<Delivery>> find(Iterator<DayRange> ranges) {
        if (!ranges.hasNext()) {
            return item(List.of());
        }
        return deliveries(ranges.next()).flatMap(found -> found.isEmpty() ? find(ranges) : item(found));
    }

    private Uni<List<Delivery>> deliveries(DayRange range) {
        Tuple parameters = Tuple.of(id);
        StringBuilder sql = new StringBuilder("SELECT ")
                .append(DeliveryRows.COLUMNS)
                .append(", ")
                .append(DeliveryRows.domains(range.holds("x.day")))
                .append(" FROM delivery d WHERE d.message_id = $1 AND ")
                .append(range.holds("d.day"));
        reach.domains().ifPresent(own -> {
            parameters.addValue(own.stream().map(DomainName::ascii).toArray(String[]::new));
            sql.append(" AND EXISTS (SELECT FROM delivery_domain o WHERE o.day = d.day AND ")
                    .append(range.holds("o.day"))
                    .append(" AND o.delivery_id = d.delivery_id AND o.domain = ANY($")
                    .append(parameters.size())
                    .append("::text[]))");
        });
        recipient.ifPresent(glob -> {
            parameters.addString(glob.like());
            sql.append(" AND lower(d.recipient) LIKE lower($")
                    .append(parameters.size())
                    .append(")");
        });
        sql.append(" ORDER BY d.recipient, d.delivery_id LIMIT ").append(DELIVERIES_AT_MOST + 1);
        return pool.preparedQuery(sql.toString())
                .execute(parameters)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(DeliveryRows::read)
                        .toList());
    }

    private Uni<Optional<MessageHistory>> history(List<Delivery> found) {
        List<Delivery> shown = found.subList(0, Math.min(found.size(), DELIVERIES_AT_MOST));
        String ofDays = shown.stream()
                .map(row -> row.key().day())
                .distinct()
                .map(day -> "DATE '" + day + "'")
                .collect(joining(", "));
        return pool.preparedQuery("SELECT e.event::text AS event FROM mail_event e WHERE e.day IN (" + ofDays
                        + ") AND e.delivery_id = ANY($1::uuid[]) ORDER BY e.at, e.event_id LIMIT "
                        + (EVENTS_AT_MOST + 1))
                .execute(Tuple.tuple()
                        .addValue(shown.stream().map(row -> row.key().id()).toArray(UUID[]::new)))
                // Thousands of events are too much work for an event loop.
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(rows -> {
                    List<MailEvent> events = new ArrayList<>();
                    rows.forEach(row -> events.add(event(row)));
                    boolean complete = found.size() == shown.size() && events.size() <= EVENTS_AT_MOST;
                    List<MailEvent> told = events.subList(0, Math.min(events.size(), EVENTS_AT_MOST));
                    told.sort(IN_TIME);
                    return Optional.of(new MessageHistory(shown, told, complete));
                });
    }

    private static MailEvent event(Row row) {
        return CloudEventRecord.read(row.getString("event").getBytes(StandardCharsets.UTF_8));
    }

    private static <T> Uni<T> item(T value) {
        return Uni.createFrom().item(value);
    }
}
