package io.sekisho.tracking.store;

import io.sekisho.mail.address.IpAddress;
import io.sekisho.tracking.delivery.Delivery;
import io.sekisho.tracking.delivery.Transfer;
import io.vertx.mutiny.sqlclient.Tuple;
import java.lang.reflect.Array;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes many {@link Delivery deliveries} with one statement: an array for each column, made rows again by {@code unnest}. */
final class DeliveryColumns {

    /**
     * One column.
     *
     * @param array type of the array that carries it
     * @param cast to the column's type, where the client knows no array of that; else empty
     */
    private record Column(String name, String array, String cast, Class<?> type, Function<Delivery, Object> value) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("day", "date[]", "", LocalDate.class, d -> d.key().day()),
            new Column("delivery_id", "uuid[]", "", UUID.class, d -> d.key().id()),
            time("received_at", Delivery::receivedAt),
            new Column("message_id", "uuid[]", "", UUID.class, Delivery::messageId),
            text("recipient", Delivery::recipient),
            text("direction", d -> d.reception().direction().name()),
            text("sender", d -> d.reception().sender()),
            text("subject", d -> d.reception().subject().orElse(null)),
            text("message_id_field", d -> d.reception().messageIdField().orElse(null)),
            new Column("size", "bigint[]", "", Long.class, d -> d.reception().size()),
            new Column(
                    "client_address",
                    "text[]",
                    "::inet",
                    String.class,
                    d -> d.reception().clientAddress().map(IpAddress::toString).orElse(null)),
            text("upstream_tls", d -> d.reception().tls()),
            text("status", d -> d.outcome().status().name()),
            number("status_attempt", d -> d.outcome().attempt()),
            time("status_at", d -> d.outcome().at()),
            text("status_reason", d -> d.outcome().reason().map(Enum::name).orElse(null)),
            time("due", d -> d.outcome().due().orElse(null)),
            text("traffic", d -> d.outcome().traffic().name()),
            text("block_reason", d -> d.outcome().blockReason().map(Enum::name).orElse(null)),
            text("downstream_host", transfer(Transfer::host)),
            text("downstream_address", transfer(t -> t.address().orElse(null))),
            number("downstream_port", transfer(Transfer::port)),
            text("downstream_tls", transfer(Transfer::tls)),
            text("downstream_kind", transfer(t -> t.kind().name())),
            number("downstream_attempt", transfer(Transfer::attempt)),
            time("downstream_at", transfer(Transfer::at)),
            number("attempts", Delivery::attempts));

    private static final String ROWS = "INSERT INTO delivery (" + joined(Column::name) + ")"
            + " SELECT " + joined(c -> "u." + c.name() + c.cast())
            + " FROM unnest("
            + IntStream.range(0, COLUMNS.size())
                    .mapToObj(i -> "$" + (i + 1) + "::" + COLUMNS.get(i).array())
                    .collect(Collectors.joining(", "))
            + ") AS u(" + joined(Column::name) + ")"
            + " ON CONFLICT (day, delivery_id) DO ";

    /** Inserts rows that are not there yet and returns their keys. Waits for other transactions that insert the same rows. */
    static final String INSERT_NEW = ROWS + "NOTHING RETURNING day, delivery_id";

    /** Writes rows over those that are there. The conflict finds them by the primary key, whatever the planner believes of the table. */
    static final String OVERWRITE = ROWS + "UPDATE SET "
            + COLUMNS.stream()
                    .map(Column::name)
                    .filter(name -> !name.equals("day") && !name.equals("delivery_id"))
                    .map(name -> name + " = excluded." + name)
                    .collect(Collectors.joining(", "));

    private DeliveryColumns() {}

    /** The parameters of both statements. */
    static Tuple parameters(List<Delivery> rows) {
        Tuple tuple = Tuple.tuple();
        for (Column column : COLUMNS) {
            Object[] values = (Object[]) Array.newInstance(column.type(), rows.size());
            for (int i = 0; i < values.length; i++) {
                values[i] = column.value().apply(rows.get(i));
            }
            tuple.addValue(values);
        }
        return tuple;
    }

    private static Column text(String name, Function<Delivery, Object> value) {
        return new Column(name, "text[]", "", String.class, value);
    }

    private static Column number(String name, Function<Delivery, Object> value) {
        return new Column(name, "integer[]", "", Integer.class, value);
    }

    private static Column time(String name, Function<Delivery, Instant> value) {
        return new Column(name, "timestamptz[]", "", OffsetDateTime.class, d -> {
            Instant time = value.apply(d);
            return time == null ? null : time.atOffset(ZoneOffset.UTC);
        });
    }

    private static <T> Function<Delivery, T> transfer(Function<Transfer, T> value) {
        return d -> d.transfer().map(value).orElse(null);
    }

    private static String joined(Function<Column, String> text) {
        return COLUMNS.stream().map(text).collect(Collectors.joining(", "));
    }
}
