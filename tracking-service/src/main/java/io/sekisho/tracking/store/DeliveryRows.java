package io.sekisho.tracking.store;

import com.google.common.collect.ImmutableSortedSet;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.DeliveryStatus;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.policy.Direction;
import io.sekisho.tracking.delivery.Delivery;
import io.sekisho.tracking.delivery.DeliveryKey;
import io.sekisho.tracking.delivery.Outcome;
import io.sekisho.tracking.delivery.Reception;
import io.sekisho.tracking.delivery.Transfer;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads a {@link Delivery} from a row of {@code delivery d}; {@link DeliveryColumns} is its counterpart. */
final class DeliveryRows {

    /** What a query selects from {@code delivery d}; {@link #domains} goes with it. */
    static final String COLUMNS = """
            d.day, d.delivery_id, d.received_at, d.message_id, d.recipient, d.direction, d.sender, d.subject, d.message_id_field, d.size,
            host(d.client_address) AS client_address, d.upstream_tls, d.status, d.status_attempt, d.status_at, d.status_reason, d.due,
            d.downstream_host, d.downstream_address, d.downstream_port, d.downstream_tls, d.downstream_kind, d.downstream_attempt,
            d.downstream_at, d.attempts""";

    private DeliveryRows() {}

    /**
     * The column {@code domains}. The days are stated again, as else every partition would be opened and locked.
     *
     * @param days condition on the column {@code x.day}
     */
    static String domains(String days) {
        return "ARRAY(SELECT x.domain FROM delivery_domain x WHERE x.delivery_id = d.delivery_id AND x.day = d.day AND "
                + days + ") AS domains";
    }

    /** The delivery with the domains of the column {@code domains}. */
    static Delivery read(Row row) {
        String[] domains = row.getArrayOfStrings("domains");
        return read(row, Arrays.stream(domains).map(DomainName::parse).toList());
    }

    static Delivery read(Row row, List<DomainName> domains) {
        return new Delivery(
                new DeliveryKey(row.getLocalDate("day"), row.getUUID("delivery_id")),
                row.getUUID("message_id"),
                row.getString("recipient"),
                time(row, "received_at"),
                ImmutableSortedSet.copyOf(domains),
                new Reception(
                        Direction.valueOf(row.getString("direction")),
                        row.getString("sender"),
                        text(row, "subject"),
                        text(row, "message_id_field"),
                        row.getLong("size"),
                        text(row, "client_address").map(IpAddress::parse),
                        row.getString("upstream_tls")),
                new Outcome(
                        DeliveryStatus.valueOf(row.getString("status")),
                        row.getInteger("status_attempt"),
                        time(row, "status_at"),
                        text(row, "status_reason").map(BlockReason::valueOf),
                        Optional.ofNullable(row.getOffsetDateTime("due")).map(due -> due.toInstant())),
                text(row, "downstream_host").map(host -> transfer(row, host)),
                row.getInteger("attempts"));
    }

    private static Transfer transfer(Row row, String host) {
        return new Transfer(
                host,
                text(row, "downstream_address"),
                row.getInteger("downstream_port"),
                row.getString("downstream_tls"),
                EventKind.valueOf(row.getString("downstream_kind")),
                row.getInteger("downstream_attempt"),
                time(row, "downstream_at"));
    }

    private static Instant time(Row row, String column) {
        return row.getOffsetDateTime(column)
                .withOffsetSameInstant(ZoneOffset.UTC)
                .toInstant();
    }

    private static Optional<String> text(Row row, String column) {
        return Optional.ofNullable(row.getString(column));
    }
}
