package io.sekisho.egress.operator;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Lets a few calls through at a time, so that operators do not take the database's connections from the mail.
 *
 * <p><b>Fails when</b> as many are under way: with {@link DatabaseAway}. Nothing waits. Thread safety: all methods.
 */
final class FewAtOnce {

    private final Semaphore free;

    /** @param most how many, from 1 */
    FewAtOnce(int most) {
        free = new Semaphore(most);
    }

    /** Begins it when subscribed to. Its place is free again when it ended, failed or was given up. */
    <T> Uni<T> run(Supplier<Uni<? extends T>> call) {
        return Uni.createFrom().deferred(() -> {
            if (!free.tryAcquire()) {
                return Uni.createFrom()
                        .failure(new DatabaseAway("Too many such calls are under way; try again later.", null));
            }
            return Uni.createFrom().deferred(call).onTermination().invoke(free::release);
        });
    }
}
