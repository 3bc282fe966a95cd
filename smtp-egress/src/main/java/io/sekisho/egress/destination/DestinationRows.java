package io.sekisho.egress.destination;

import io.sekisho.mail.event.ReplyFacts;
import io.sekisho.mail.json.WireJson;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** How a destination's row is read and written. */
final class DestinationRows {

    static final String COLUMNS = "name, concurrency, failures, suspensions, suspended_until, probe_owner, probe_until,"
            + " last_reply, last_detail, last_at, clock_timestamp() AS now";

    static final String WRITE = """
            UPDATE destination SET concurrency = $2, failures = $3, suspensions = $4, suspended_until = $5,
                probe_owner = $6, probe_until = $7, last_reply = $8, last_detail = $9, last_at = $10,
                changed_at = clock_timestamp(), used_at = clock_timestamp()
            WHERE name = $1
            """;

    private DestinationRows() {}

    static DestinationState read(Row row) {
        return new DestinationState(
                row.getInteger("concurrency"),
                row.getInteger("failures"),
                row.getInteger("suspensions"),
                instant(row, "suspended_until"),
                Optional.ofNullable(row.getString("probe_owner"))
                        .map(owner -> new DestinationState.Probe(
                                owner, instant(row, "probe_until").orElseThrow())),
                instant(row, "last_at").map(at -> new Trouble(at, reply(row), row.getString("last_detail"))));
    }

    static Optional<ReplyFacts> reply(Row row) {
        return Optional.ofNullable(row.getString("last_reply")).map(json -> WireJson.read(json, ReplyFacts.class));
    }

    static Tuple tuple(String name, DestinationState state) {
        return Tuple.tuple()
                .addString(name)
                .addInteger(state.concurrency())
                .addInteger(state.failures())
                .addInteger(state.suspensions())
                .addOffsetDateTime(time(state.suspendedUntil()))
                .addString(state.probe().map(DestinationState.Probe::owner).orElse(null))
                .addOffsetDateTime(time(state.probe().map(DestinationState.Probe::until)))
                .addString(state.last()
                        .flatMap(Trouble::reply)
                        .map(WireJson::string)
                        .orElse(null))
                .addString(state.last().map(Trouble::detail).orElse(null))
                .addOffsetDateTime(time(state.last().map(Trouble::at)));
    }

    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static Optional<Instant> instant(Row row, String column) {
        return Optional.ofNullable(row.getOffsetDateTime(column)).map(OffsetDateTime::toInstant);
    }

    private static OffsetDateTime time(Optional<Instant> instant) {
        return instant.map(DestinationRows::time).orElse(null);
    }
}
