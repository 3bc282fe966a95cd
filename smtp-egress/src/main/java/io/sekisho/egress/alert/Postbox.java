package io.sekisho.egress.alert;

import io.smallrye.mutiny.Uni;

/** Takes mail to the postmaster. */
@FunctionalInterface
interface Postbox {

    /** Sends it when subscribed to, once. Fails where the server does not take it in time. */
    Uni<Void> send(AlertMail mail);
}
