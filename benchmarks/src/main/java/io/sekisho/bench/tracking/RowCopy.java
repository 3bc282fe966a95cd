package io.sekisho.bench.tracking;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** The rows that tracking-service stored last, put into tables like its own by {@code COPY}, in one transaction that is synced at its end. */
final class RowCopy {

    private static final List<String> TABLES = List.of("mail_event", "delivery", "delivery_domain");
    private static final int MOST_MESSAGES = 20_000;

    private final TrackingDatabase database;

    RowCopy(TrackingDatabase database) {
        this.database = database;
    }

    /** Events stored per second, their deliveries and domains with them. */
    double measure() throws SQLException, IOException {
        CopyManager copy = database.connection().unwrap(PGConnection.class).getCopyAPI();
        database.execute("DROP TABLE IF EXISTS bench_recent; CREATE TABLE bench_recent AS SELECT day, delivery_id"
                + " FROM delivery ORDER BY day DESC, received_at DESC LIMIT " + MOST_MESSAGES);
        Map<String, byte[]> rows = new LinkedHashMap<>();
        for (String table : TABLES) {
            database.execute("DROP TABLE IF EXISTS bench_" + table + "; CREATE TABLE bench_" + table + " (LIKE " + table
                    + " INCLUDING ALL)");
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            copy.copyOut(
                    "COPY (SELECT t.* FROM " + table + " t JOIN bench_recent USING (day, delivery_id)) TO STDOUT",
                    text);
            rows.put(table, text.toByteArray());
        }
        long began = System.nanoTime();
        database.connection().setAutoCommit(false);
        for (Map.Entry<String, byte[]> table : rows.entrySet()) {
            copy.copyIn("COPY bench_" + table.getKey() + " FROM STDIN", new ByteArrayInputStream(table.getValue()));
        }
        database.connection().commit();
        long nanos = System.nanoTime() - began;
        database.connection().setAutoCommit(true);
        return database.number("SELECT count(*) FROM bench_mail_event") * 1e9 / nanos;
    }
}
