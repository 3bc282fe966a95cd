package io.sekisho.policyservice.access;

import io.sekisho.mail.access.ApiKeyGrant;
import io.sekisho.policyservice.change.Patience;
import io.sekisho.rest.ApiKeys;
import io.sekisho.rest.ApiKeysUnreachable;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** The keys as they are stored: policy-service knows them first hand, so a deleted key is refused at once. */
@ApplicationScoped
public class StoredKeys implements ApiKeys {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Mutiny.SessionFactory sessions;

    StoredKeys(Mutiny.SessionFactory sessions) {
        this.sessions = sessions;
    }

    @Override
    public Uni<Optional<ApiKeyGrant>> byHash(String hash) {
        return Patience.within(
                        PATIENCE,
                        sessions.withSession(
                                session -> session.createSelectionQuery("from KeyRow where hash = :hash", KeyRow.class)
                                        .setParameter("hash", hash)
                                        .getSingleResultOrNull()))
                .map(row -> Optional.ofNullable(row).map(KeyRow::grant))
                .onFailure()
                .transform(failure -> new ApiKeysUnreachable("the database does not answer: " + failure, failure));
    }
}
