package io.sekisho.tracking.store;

import io.sekisho.mail.address.DomainName;
import io.sekisho.tracking.delivery.Delivery;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Writes which domains deliveries belong to. */
final class DomainColumns {
    private static final String INSERT = """
            INSERT INTO delivery_domain (day, delivery_id, domain, received_at)
            SELECT * FROM unnest($1::date[], $2::uuid[], $3::text[], $4::timestamptz[])
            ON CONFLICT (day, delivery_id, domain) DO UPDATE SET received_at = excluded.received_at
            WHERE delivery_domain.received_at > excluded.received_at""";

    private DomainColumns() {}

    /** Adds the domains of these deliveries; nothing is ever taken away. */
    static Uni<Void> insert(SqlConnection transaction, Collection<Delivery> deliveries) {
        List<LocalDate> days = new ArrayList<>();
        List<UUID> ids = new ArrayList<>();
        List<String> domains = new ArrayList<>();
        List<OffsetDateTime> times = new ArrayList<>();
        for (Delivery delivery : deliveries) {
            for (DomainName domain : delivery.domains()) {
                days.add(delivery.key().day());
                ids.add(delivery.key().id());
                domains.add(domain.ascii());
                times.add(delivery.receivedAt().atOffset(ZoneOffset.UTC));
            }
        }
        if (domains.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return transaction
                .preparedQuery(INSERT)
                .execute(Tuple.of(
                        days.toArray(LocalDate[]::new),
                        ids.toArray(UUID[]::new),
                        domains.toArray(String[]::new),
                        times.toArray(OffsetDateTime[]::new)))
                .replaceWithVoid();
    }
}
