package io.sekisho.tracking.store;

import static java.util.stream.Collectors.toCollection;

import io.sekisho.tracking.delivery.Delivery;
import io.sekisho.tracking.delivery.DeliveryKey;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Writes a batch inside one transaction: the events that are new, then the deliveries they change. A delivery is therefore at any time the
 * fold of exactly the events that are stored about it.
 *
 * <p>Rows are locked in one order, so writers wait for each other but never in a circle: events, then deliveries, each by key.
 */
final class PgEventWriter {
    private static final String READ_AND_LOCK = "SELECT " + DeliveryRows.COLUMNS
            + " FROM delivery d WHERE d.day = $1 AND d.delivery_id = ANY($2::uuid[]) ORDER BY d.delivery_id FOR UPDATE";

    private final SqlConnection transaction;

    PgEventWriter(SqlConnection transaction) {
        this.transaction = transaction;
    }

    /**
     * Writes the events.
     *
     * @param events no two of one key, in the order of their keys
     * @return how many were new
     */
    Uni<Integer> write(Collection<TrackedEvent> events) {
        List<TrackedEvent> aboutMessages = new ArrayList<>();
        List<TrackedEvent> aboutConnections = new ArrayList<>();
        events.forEach(e -> (e.delivery().isPresent() ? aboutMessages : aboutConnections).add(e));
        return EventColumns.insertAboutMessages(transaction, aboutMessages)
                .flatMap(added -> writeDeliveries(fold(aboutMessages, added)).replaceWith(added.size()))
                .flatMap(added -> EventColumns.insertAboutConnections(transaction, aboutConnections)
                        .map(connections -> added + connections.size()));
    }

    private static SortedMap<DeliveryKey, Delivery> fold(List<TrackedEvent> events, Set<EventKey> added) {
        SortedMap<DeliveryKey, Delivery> deliveries = new TreeMap<>();
        events.stream()
                .filter(e -> added.contains(e.key()))
                .flatMap(e -> e.delivery().stream())
                .forEach(row -> deliveries.merge(row.key(), row, Delivery::join));
        return deliveries;
    }

    private Uni<Void> writeDeliveries(SortedMap<DeliveryKey, Delivery> told) {
        if (told.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return transaction
                .preparedQuery(DeliveryColumns.INSERT_NEW)
                .execute(DeliveryColumns.parameters(List.copyOf(told.values())))
                .flatMap(inserted -> {
                    Set<DeliveryKey> there = new TreeSet<>(told.keySet());
                    there.removeAll(keys(inserted));
                    return joinWithStored(told, there);
                })
                .flatMap(ignored -> DomainColumns.insert(transaction, told.values()));
    }

    /** Joins what was told to rows that are there. Their read comes after the insert: whoever wrote them before has committed by then. */
    private Uni<Void> joinWithStored(Map<DeliveryKey, Delivery> told, Set<DeliveryKey> there) {
        Uni<Map<DeliveryKey, Delivery>> stored = Uni.createFrom().item(HashMap::new);
        for (LocalDate day : there.stream().map(DeliveryKey::day).collect(toCollection(TreeSet::new))) {
            UUID[] ids = there.stream()
                    .filter(key -> key.day().equals(day))
                    .map(DeliveryKey::id)
                    .toArray(UUID[]::new);
            stored = stored.flatMap(
                    all -> readAndLock(day, ids, told).invoke(all::putAll).replaceWith(all));
        }
        return stored.flatMap(rows -> {
            if (!rows.keySet().equals(there)) {
                throw new IllegalStateException("a delivery vanished while its event was stored: was its day dropped?");
            }
            List<Delivery> changed = there.stream()
                    .map(key -> told.get(key).join(rows.get(key)))
                    .filter(joined -> !joined.equals(rows.get(joined.key())))
                    .toList();
            return changed.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : transaction
                            .preparedQuery(DeliveryColumns.OVERWRITE)
                            .execute(DeliveryColumns.parameters(changed))
                            .replaceWithVoid();
        });
    }

    private Uni<Map<DeliveryKey, Delivery>> readAndLock(LocalDate day, UUID[] ids, Map<DeliveryKey, Delivery> told) {
        return transaction
                .preparedQuery(READ_AND_LOCK)
                .execute(Tuple.of(day, ids))
                .map(rows -> {
                    Map<DeliveryKey, Delivery> stored = new HashMap<>();
                    for (Row row : rows) {
                        DeliveryKey key = new DeliveryKey(day, row.getUUID("delivery_id"));
                        // Domains are a table of their own and are only ever added to; those that were told serve here.
                        stored.put(
                                key,
                                DeliveryRows.read(row, List.copyOf(told.get(key).domains())));
                    }
                    return stored;
                });
    }

    private static Set<DeliveryKey> keys(RowSet<Row> rows) {
        Set<DeliveryKey> keys = new HashSet<>();
        rows.forEach(row -> keys.add(new DeliveryKey(row.getLocalDate("day"), row.getUUID("delivery_id"))));
        return keys;
    }
}
