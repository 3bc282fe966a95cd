package io.sekisho.tracking.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.stream.StreamSupport;

/** The days that have partitions, and the making of those that do not. */
@ApplicationScoped
class StoredDays {
    private static final LocalDate EARLIEST = LocalDate.of(1, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(9999, 12, 31);

    private final Pool pool;

    StoredDays(Pool pool) {
        this.pool = pool;
    }

    /** Returns when every day has its partitions. Cheap where it has; safe from many processes at once. */
    Uni<Void> ensure(Collection<LocalDate> days) {
        return pool.preparedQuery("SELECT ensure_day(d) FROM unnest($1::date[]) AS d")
                .execute(Tuple.of(days.stream().distinct().sorted().toArray(LocalDate[]::new)))
                .replaceWithVoid();
    }

    /** The ranges of days to search, newest first; nothing where nothing is stored. */
    Uni<List<DayRange>> between(LocalDate first, LocalDate last) {
        return pool.preparedQuery("SELECT day FROM stored_day WHERE day BETWEEN $1 AND $2 ORDER BY day DESC")
                .execute(Tuple.of(bounded(first), bounded(last)))
                .map(rows -> DayRange.over(StreamSupport.stream(rows.spliterator(), false)
                        .map((Row row) -> row.getLocalDate("day"))
                        .toList()));
    }

    Uni<List<DayRange>> all() {
        return between(EARLIEST, LATEST);
    }

    private static LocalDate bounded(LocalDate day) {
        return day.isBefore(EARLIEST) ? EARLIEST : day.isAfter(LATEST) ? LATEST : day;
    }
}
