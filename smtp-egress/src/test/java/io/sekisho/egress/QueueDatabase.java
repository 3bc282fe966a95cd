package io.sekisho.egress;

import io.sekisho.localstack.Database;
import io.sekisho.localstack.Infrastructure;
import io.sekisho.localstack.LocalStack;
import io.sekisho.localstack.Piece;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.EnumSet;
import org.flywaydb.core.Flyway;

/**
 * A real PostgreSQL with the service's tables.
 *
 * <p><i>Lifecycle:</i> {@link #close} ends it and deletes its data.
 */
public final class QueueDatabase implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Infrastructure stack;
    private final Vertx vertx;
    private final Pool pool;

    private QueueDatabase(int connections) {
        stack = LocalStack.start(EnumSet.of(Piece.POSTGRES));
        Flyway.configure()
                .dataSource(stack.jdbcUrl(Database.QUEUE), stack.username(), stack.password())
                .load()
                .migrate();
        vertx = Vertx.vertx();
        pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(connections))
                .connectingTo(PgConnectOptions.fromUri(stack.reactiveUrl(Database.QUEUE))
                        .setUser(stack.username())
                        .setPassword(stack.password()))
                .using(vertx)
                .build();
    }

    /** Starts it; at most so many connections are made. */
    public static QueueDatabase start(int connections) {
        return new QueueDatabase(connections);
    }

    public Pool pool() {
        return pool;
    }

    @Override
    public void close() {
        get(pool.close());
        get(vertx.close());
        stack.close();
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(LIMIT);
    }
}
