package io.sekisho.ingress.limit;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One of the connections that a client may have at once.
 *
 * <p><b>Thread safety:</b> any thread. <b>Lifecycle:</b> until {@link #give}, which counts once however often it is called.
 */
public final class ClientPlace {

    private final AtomicReference<Optional<Runnable>> release;

    ClientPlace(Runnable release) {
        this.release = new AtomicReference<>(Optional.of(release));
    }

    private ClientPlace() {
        release = new AtomicReference<>(Optional.empty());
    }

    /** A place that nobody counts. */
    public static ClientPlace uncounted() {
        return new ClientPlace();
    }

    /** The connection is closed. */
    public void give() {
        release.getAndSet(Optional.empty()).ifPresent(Runnable::run);
    }
}
