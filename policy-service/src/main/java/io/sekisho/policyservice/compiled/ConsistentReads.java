package io.sekisho.policyservice.compiled;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;

/** Reads that see one state of the database, however many queries they take and however long they stream. */
@ApplicationScoped
public class ConsistentReads {
    private static final String ONE_STATE = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

    private final Pool pool;

    ConsistentReads(Pool pool) {
        this.pool = pool;
    }

    private record OpenRead(SqlConnection connection, Transaction transaction) {
        Uni<Void> close() {
            // Nothing was changed, so there is nothing to commit; a connection that is broken needs no rollback.
            return transaction.rollback().onFailure().recoverWithNull().flatMap(done -> connection.close());
        }
    }

    /** One answer; every query of {@code work} sees the same state. */
    public <T> Uni<T> once(Function<SqlConnection, Uni<T>> work) {
        return open().flatMap(read -> work.apply(read.connection()).eventually(read::close));
    }

    /** Many items, as fast as they are taken; the state is that of the first query to the last. */
    public <T> Multi<T> stream(Function<SqlConnection, Multi<T>> work) {
        return Multi.createFrom()
                .resourceFromUni(this::open, read -> work.apply(read.connection()))
                .withFinalizer(OpenRead::close);
    }

    private Uni<OpenRead> open() {
        return pool.getConnection()
                .flatMap(connection -> connection
                        .begin()
                        .call(() -> connection.query(ONE_STATE).execute())
                        .map(transaction -> new OpenRead(connection, transaction))
                        .onFailure()
                        .call(connection::close));
    }
}
