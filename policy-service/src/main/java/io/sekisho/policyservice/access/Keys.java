package io.sekisho.policyservice.access;

import io.sekisho.policyservice.change.PolicyChanges;
import io.sekisho.policyservice.change.Written;
import io.sekisho.rest.Caller;
import io.sekisho.rest.Conditions;
import io.sekisho.rest.PageLimit;
import io.sekisho.rest.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Makes, lists and deletes API keys. */
@ApplicationScoped
public class Keys {
    private final Mutiny.SessionFactory sessions;
    private final PolicyChanges changes;

    Keys(Mutiny.SessionFactory sessions, PolicyChanges changes) {
        this.sessions = sessions;
        this.changes = changes;
    }

    /** Where a page of keys begins: behind the key that was created by {@code n} and has this id. */
    record Place(long n, String id) {
        static final Place FIRST = new Place(-1, "");
    }

    /** In the order of their creation, at most one more than the limit. */
    Uni<List<KeyRow>> list(Place after, PageLimit limit) {
        return sessions.withSession(session -> session.createSelectionQuery(
                        "from KeyRow where createdN > :n or createdN = :n and id > :id order by createdN, id",
                        KeyRow.class)
                .setParameter("n", after.n())
                .setParameter("id", after.id())
                .setMaxResults(limit.rows() + 1)
                .getResultList());
    }

    Uni<KeyRow> read(String id) {
        return sessions.withSession(session -> require(session, id));
    }

    /** The new key, with the key itself. */
    Uni<Written<KeyBody>> create(Caller caller, KeyBody.Request request) {
        KeyRules.requireValid(request);
        NewKey made = NewKey.random();
        return changes.make(caller.id(), change -> {
            KeyRow row = new KeyRow(
                    made.id(),
                    made.hash(),
                    request.role(),
                    KeyRules.domains(request),
                    KeyRules.description(request),
                    change.at(),
                    change.n());
            change.recordOfKey(row.hash(), row.id(), Optional.empty(), Optional.of(row.body()));
            return change.session()
                    .persist(row)
                    .map(done ->
                            Written.created(row.bodyWith(made.key()), row.createdN(), "/api/v1/api-keys/" + row.id()));
        });
    }

    Uni<Void> delete(Caller caller, String id, Conditions conditions) {
        if (BootstrapKeys.IDS.contains(id)) {
            throw Refusal.conflict("The key " + id + " comes from the configuration; change it there.");
        }
        return changes.make(
                caller.id(),
                change -> require(change.session(), id).flatMap(row -> {
                    conditions.requireFor(Optional.of(row.createdN()));
                    change.recordOfKey(row.hash(), id, Optional.of(row.body()), Optional.empty());
                    return change.session().remove(row);
                }));
    }

    private static Uni<KeyRow> require(Mutiny.Session session, String id) {
        return session.find(KeyRow.class, id)
                .onItem()
                .ifNull()
                .failWith(() -> Refusal.notFound("There is no API key " + id + "."));
    }
}
