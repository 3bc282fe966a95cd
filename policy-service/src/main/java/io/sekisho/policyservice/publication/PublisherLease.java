package io.sekisho.policyservice.publication;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;

/**
 * Which pod publishes: whoever holds the lease row, by the clock of the database. A pod that is frozen or cut off loses it by itself, and what
 * it does late is refused by the condition of each script in Redis.
 *
 * <p>Thread safety: used by the one publisher of this pod.
 */
@Singleton
class PublisherLease {
    /** Well within the five seconds after which clients look for another source. */
    private static final Duration TERM = Duration.ofSeconds(3);

    private static final Duration AWAY = Duration.ofSeconds(2);
    static final Duration RENEWAL = Duration.ofSeconds(1);

    private final Pool pool;
    private final String holder = UUID.randomUUID().toString();
    private long renewedAt = System.nanoTime() - TERM.toNanos();
    private long askAgainAt = System.nanoTime();
    private boolean held;

    PublisherLease(Pool pool) {
        this.pool = pool;
    }

    /** Whether this pod holds it; asks the database where the last answer is a second old. Not held where the database fails. */
    Uni<Boolean> hold() {
        long now = System.nanoTime();
        if (isGivingWay() || now - renewedAt < RENEWAL.toNanos()) {
            return Uni.createFrom().item(held);
        }
        return pool.preparedQuery(
                        "UPDATE publisher_lease SET holder = $1, expires_at = clock_timestamp() + $2 * interval '1 second'"
                                + " WHERE holder = $1 OR expires_at < clock_timestamp()")
                .execute(Tuple.of(holder, (double) TERM.toSeconds()))
                .map(rows -> rows.rowCount() == 1)
                .invoke(mine -> {
                    // The term began when the question was sent, at the latest.
                    renewedAt = now;
                    held = mine;
                })
                .onFailure()
                .invoke(failure -> held = false);
    }

    /** Lets another pod go on, and does not ask for the lease again in the next two seconds. */
    Uni<Void> giveWay() {
        askAgainAt = System.nanoTime() + AWAY.toNanos();
        return release().onFailure().recoverWithNull();
    }

    /** Whether it was given away a moment ago. */
    boolean isGivingWay() {
        return System.nanoTime() - askAgainAt < 0;
    }

    /** Lets another pod go on at once. */
    Uni<Void> release() {
        held = false;
        return pool.preparedQuery("UPDATE publisher_lease SET expires_at = clock_timestamp() WHERE holder = $1")
                .execute(Tuple.of(holder))
                .replaceWithVoid();
    }
}
