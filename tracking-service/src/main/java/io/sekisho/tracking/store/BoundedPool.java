package io.sekisho.tracking.store;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.sekisho.tracking.TrackingSettings;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.List;

/** Bounds what can wait in and for the connections to PostgreSQL, which by default wait for ever. */
@Singleton
class BoundedPool implements PgPoolCreator {
    private static final int WAITING_AT_MOST = 500;
    private static final int CONNECT_MILLIS = 3_000;

    private final TrackingSettings settings;

    BoundedPool(TrackingSettings settings) {
        this.settings = settings;
    }

    @Override
    public Pool create(Input input) {
        String queryMillis = Long.toString(settings.queryTimeout().toMillis());
        input.pgConnectOptionsList()
                .forEach(options -> options.setConnectTimeout(CONNECT_MILLIS)
                        .setTcpKeepAlive(true)
                        .addProperty("application_name", "sekisho-tracking")
                        .addProperty("statement_timeout", queryMillis)
                        .addProperty("idle_in_transaction_session_timeout", queryMillis)
                        // Partitions are chosen by the values of a question; a plan for all values would open them all.
                        .addProperty("plan_cache_mode", "force_custom_plan")
                        // Compiling a plan over many partitions takes longer than these queries do.
                        .addProperty("jit", "off"));
        return PgBuilder.pool()
                // How long one waits is up to the one who waits: the pool's own time-out (Vert.x 4.5.27) also goes off
                // after
                // the wait has ended, as an uncaught exception.
                .with(input.poolOptions().setMaxWaitQueueSize(WAITING_AT_MOST).setConnectionTimeout(0))
                .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
                .using(input.vertx())
                .build();
    }
}
