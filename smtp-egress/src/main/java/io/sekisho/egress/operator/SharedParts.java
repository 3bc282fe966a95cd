package io.sekisho.egress.operator;

import io.sekisho.egress.destination.DestinationBook;
import io.sekisho.egress.destination.PgDestinationBook;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes what other packages give, without knowing of injection. */
final class SharedParts {

    private SharedParts() {}

    @Produces
    @Singleton
    static DestinationBook destinations(Pool pool) {
        return new PgDestinationBook(pool);
    }
}
