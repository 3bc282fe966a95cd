package io.sekisho.policyservice.change;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/**
 * Waits for an answer no longer than it may take. The work is not cancelled: it ends by itself and gives back its session or connection, which a
 * cancelled one would keep for ever.
 */
public final class Patience {
    private Patience() {}

    /** Fails with a {@link io.smallrye.mutiny.TimeoutException} when the time is over. */
    public static <T> Uni<T> within(Duration time, Uni<T> work) {
        return Uni.createFrom()
                .<T>emitter(waiting -> work.subscribe().with(waiting::complete, waiting::fail))
                .ifNoItem()
                .after(time)
                .fail();
    }
}
