package io.sekisho.egress.destination;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The book in PostgreSQL. */
public final class PgDestinationBook implements DestinationBook {

    private static final String FIND = """
            SELECT name, concurrency, suspended_until, last_reply, last_detail, last_at
            FROM destination WHERE name = ANY ($1) ORDER BY name
            """;

    private static final String PROBE_NOW = """
            UPDATE destination SET suspended_until = clock_timestamp(), changed_at = clock_timestamp()
            WHERE name = ANY ($1) AND suspended_until > clock_timestamp()
            """;

    private final Pool pool;

    public PgDestinationBook(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<List<DestinationFacts>> find(Collection<String> names) {
        return pool.preparedQuery(FIND).execute(array(names)).map(PgDestinationBook::read);
    }

    @Override
    public Uni<Integer> probeNow(Collection<String> names) {
        return pool.preparedQuery(PROBE_NOW).execute(array(names)).map(RowSet::rowCount);
    }

    private static Tuple array(Collection<String> names) {
        return Tuple.of((Object) names.toArray(String[]::new));
    }

    private static List<DestinationFacts> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(PgDestinationBook::read)
                .toList();
    }

    private static DestinationFacts read(Row row) {
        return new DestinationFacts(
                row.getString("name"),
                row.getInteger("concurrency"),
                DestinationRows.instant(row, "suspended_until"),
                DestinationRows.reply(row),
                Optional.ofNullable(row.getString("last_detail")),
                DestinationRows.instant(row, "last_at"));
    }
}
