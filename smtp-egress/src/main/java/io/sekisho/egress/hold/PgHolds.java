package io.sekisho.egress.hold;

import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import io.sekisho.mail.address.DomainName;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/**
 * The standing orders in PostgreSQL, read again every second. While the database is away the last known ones hold.
 *
 * <p>A new order is in force in every pod a second later, for mail that has no row yet; for rows it is at once.
 *
 * <p>Lifecycle: {@link #look} is called again and again. Thread safety: all methods, none blocks.
 */
public final class PgHolds implements Holds {

    /** How often {@link #look} is meant to be called. */
    public static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final Logger LOG = Logger.getLogger(PgHolds.class);

    /** A pod that starts beside a dead database begins without them: first attempts must go on. */
    private static final int PATIENCE = 10;

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final String READ = "SELECT authority, managed_domain, destination, held_by, since FROM hold";

    private final Pool pool;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile StandingOrders orders = StandingOrders.NONE;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile boolean known;

    public PgHolds(Pool pool) {
        this.pool = pool;
    }

    /** Reads them. */
    public void look() {
        if (!looking.compareAndSet(false, true)) {
            return;
        }
        read().ifNoItem()
                .after(LIMIT)
                .fail()
                .onTermination()
                .invoke(() -> looking.set(false))
                .subscribe()
                .with(this::read, this::missed);
    }

    /** All of them, as they stand in the database. */
    public Uni<List<StandingOrder>> read() {
        return pool.query(READ).execute().map(PgHolds::orders);
    }

    private void read(List<StandingOrder> now) {
        orders = new StandingOrders(now);
        known = true;
    }

    private void missed(Throwable failure) {
        LOG.debug(LogLine.of("standing orders not read").with(LogKey.CAUSE, failure));
        if (!known && failures.incrementAndGet() >= PATIENCE) {
            LOG.warn(LogLine.of("standing orders are not known, first attempts begin without them")
                    .with(LogKey.CAUSE, failure));
            known = true;
        }
    }

    @Override
    public boolean areKnown() {
        return known;
    }

    @Override
    public Optional<StandingOrder> of(Collection<DomainName> managedDomains, DomainName destination) {
        return orders.of(managedDomains, destination);
    }

    private static List<StandingOrder> orders(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(PgHolds::order)
                .toList();
    }

    private static StandingOrder order(Row row) {
        return new StandingOrder(
                Authority.valueOf(row.getString("authority")),
                domain(row, "managed_domain"),
                domain(row, "destination"),
                row.getString("held_by"),
                row.getOffsetDateTime("since").toInstant());
    }

    private static Optional<DomainName> domain(Row row, String column) {
        return Optional.of(row.getString(column))
                .filter(name -> !name.isEmpty())
                .map(DomainName::parse);
    }
}
