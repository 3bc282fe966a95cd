package io.sekisho.policyservice.change;

import io.sekisho.rest.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockTimeoutException;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Makes every change of policy. The first thing a change does is to take the next number of the one counter row, and with it the row's lock
 * until it commits: numbers are in commit order, and what a change reads afterwards cannot change under it. Policy changes are rare
 * enough that one at a time is plenty.
 */
@ApplicationScoped
public class PolicyChanges {
    private final Mutiny.SessionFactory sessions;
    private final CommitBell bell;

    PolicyChanges(Mutiny.SessionFactory sessions, CommitBell bell) {
        this.sessions = sessions;
        this.bell = bell;
    }

    /**
     * Runs one change; commits if {@code work} succeeds and has recorded what it did, and rolls everything back otherwise.
     *
     * @param who makes it: the id of an API key
     */
    public <T> Uni<T> make(String who, Function<PolicyChange, Uni<T>> work) {
        return sessions.withTransaction((session, transaction) -> session.createNativeQuery(
                                "UPDATE policy_counter SET n = n + 1 RETURNING n", Long.class)
                        .getSingleResult()
                        .map(n -> new PolicyChange(session, n, who))
                        .flatMap(change -> work.apply(change).call(() -> change.finish(transaction))))
                .onFailure(LockTimeoutException.class)
                .transform(failure -> Refusal.unavailable(
                        "Another change is under way and takes long; nothing was changed. Try again."))
                .invoke(bell::ring);
    }
}
