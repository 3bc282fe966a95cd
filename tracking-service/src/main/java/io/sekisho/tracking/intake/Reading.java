package io.sekisho.tracking.intake;

import io.sekisho.tracking.store.TrackedEvent;

/** What a record turned out to be. */
sealed interface Reading {

    /** An event. */
    record Fit(TrackedEvent event) implements Reading {}

    /**
     * No event.
     *
     * @param explanation one sentence for people
     */
    record Unfit(DeadLetterReason reason, String explanation) implements Reading {}
}
