package io.sekisho.egress.operator;

import io.sekisho.rest.Refusal;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Function;

/**
 * Runs what operators ask on the queue's database, without taking it from the mail: a few at a time, each bounded.
 *
 * <p><b>Fails when</b> the database is out of reach or too slow: with {@link DatabaseAway}, which is answered 503.
 */
@Singleton
class OperatorDatabase {

    /** Of the pool's ten connections. */
    private static final int AT_ONCE = 3;

    private static final Duration QUESTION = Duration.ofSeconds(10);
    /** An order about a million rows is one statement. */
    private static final Duration ORDER = Duration.ofSeconds(60);
    /** The server ends a statement by itself before nobody waits for it any more. */
    private static final Duration MARGIN = Duration.ofSeconds(3);

    private static final int TRIES = 3;
    private static final String DEADLOCK = "40P01";
    private static final String CANCELED = "57014";

    private final Pool pool;
    private final FewAtOnce few = new FewAtOnce(AT_ONCE);

    OperatorDatabase(Pool pool) {
        this.pool = pool;
    }

    /** Reads; everything in one snapshot. */
    <T> Uni<T> ask(Function<SqlConnection, Uni<T>> question) {
        return run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY", QUESTION, question);
    }

    /** Changes, all or nothing. An order that met another one at the same rows is given again. */
    <T> Uni<T> order(Function<SqlConnection, Uni<T>> order) {
        return run("SET TRANSACTION ISOLATION LEVEL READ COMMITTED", ORDER, order);
    }

    private <T> Uni<T> run(String transaction, Duration limit, Function<SqlConnection, Uni<T>> work) {
        return few.run(() -> inTransaction(transaction, limit, work)
                .onFailure(OperatorDatabase::isDeadlock)
                .retry()
                .atMost(TRIES - 1)
                .ifNoItem()
                .after(limit.plus(MARGIN))
                .fail()
                .onFailure(OperatorDatabase::isAway)
                .transform(OperatorDatabase::away));
    }

    private <T> Uni<T> inTransaction(String transaction, Duration limit, Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(connection -> connection
                .query(transaction)
                .execute()
                .chain(() -> connection
                        .query("SET LOCAL statement_timeout = " + limit.toMillis())
                        .execute())
                .chain(() -> work.apply(connection)));
    }

    private static boolean isDeadlock(Throwable failure) {
        return failure instanceof PgException refused && DEADLOCK.equals(refused.getSqlState());
    }

    /** A bug stays what it is, so that nobody looks for it in the network. */
    private static boolean isAway(Throwable failure) {
        return !(failure instanceof Refusal
                || failure instanceof NullPointerException
                || failure instanceof IllegalArgumentException
                || failure instanceof ClassCastException
                || failure instanceof IndexOutOfBoundsException);
    }

    private static DatabaseAway away(Throwable failure) {
        boolean slow = failure instanceof TimeoutException
                || (failure instanceof PgException refused && CANCELED.equals(refused.getSqlState()));
        return new DatabaseAway(
                slow
                        ? "This takes longer than it may. Name less: one destination, one domain."
                        : "The queue's database cannot be reached now; try again later.",
                failure);
    }
}
