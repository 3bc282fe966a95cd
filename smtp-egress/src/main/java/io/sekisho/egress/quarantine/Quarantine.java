package io.sekisho.egress.quarantine;

import io.smallrye.mutiny.Uni;

/** Where such mail is kept. Thread safety: may be called from any thread. */
@FunctionalInterface
public interface Quarantine {

    /** Keeps it when subscribed to, and alerts; keeping it again does nothing. Fails where the database is out of reach. */
    Uni<Void> keep(QuarantinedMail mail);
}
