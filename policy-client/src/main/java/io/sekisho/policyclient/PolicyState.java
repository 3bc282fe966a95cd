package io.sekisho.policyclient;

import io.sekisho.mail.event.PolicySource;
import io.sekisho.policyclient.match.PolicyTable;

/** What a process knows of the policy at a moment. */
public sealed interface PolicyState {

    /**
     * The table may decide.
     *
     * @param source {@code STREAM} or {@code HTTP}: complete and fresh; {@code STALE}: within {@code maxStale}, so that
     *     a domain it lacks may exist all the same
     */
    record Usable(PolicyTable table, PolicySource source) implements PolicyState {

        /** Whether a domain that is not in the table is not managed. */
        public boolean isFresh() {
            return source != PolicySource.STALE;
        }
    }

    /** Nothing can be determined: mail is deferred, never accepted or refused on a guess. */
    record Unusable(String reason) implements PolicyState {}
}
