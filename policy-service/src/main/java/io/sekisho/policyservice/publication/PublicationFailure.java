package io.sekisho.policyservice.publication;

import io.sekisho.policyservice.change.Patience;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** A round that ended early, and whose fault it was. */
final class PublicationFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final PublisherState.Phase phase;

    PublicationFailure(PublisherState.Phase phase, Throwable cause) {
        super(cause.toString(), cause);
        this.phase = phase;
    }

    /** A question to the database that fails, or is not answered within five seconds, as a failure of the database. */
    static <T> Uni<T> orOfDatabase(Uni<T> question) {
        return within(question, Duration.ofSeconds(5), PublisherState.Phase.DATABASE_UNREACHABLE);
    }

    /** A command to Redis that fails, or is not answered within two seconds, as a failure of Redis. */
    static <T> Uni<T> orOfRedis(Uni<T> command) {
        return within(command, Duration.ofSeconds(2), PublisherState.Phase.REDIS_UNREACHABLE);
    }

    private static <T> Uni<T> within(Uni<T> work, Duration patience, PublisherState.Phase phase) {
        return Patience.within(patience, work).onFailure().transform(failure -> new PublicationFailure(phase, failure));
    }

    PublisherState.Phase phase() {
        return phase;
    }
}
