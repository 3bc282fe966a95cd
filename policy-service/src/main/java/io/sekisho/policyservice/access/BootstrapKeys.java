package io.sekisho.policyservice.access;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.sekisho.mail.access.Role;
import io.sekisho.mail.access.SecretHash;
import io.sekisho.policyservice.change.PolicyChange;
import io.sekisho.policyservice.change.PolicyChanges;
import io.sekisho.policyservice.settings.PolicySettings;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/**
 * Stores the hashes of the keys that come from configuration, so that the first administrator and the other services get in. A key that was
 * changed there replaces the old one. Tried until it succeeds; the service is not ready before.
 */
@Singleton
public class BootstrapKeys {
    static final String ADMIN_ID = "bootstrap-admin";
    static final String SERVICE_ID = "bootstrap-service";
    static final Set<String> IDS = Set.of(ADMIN_ID, SERVICE_ID);

    private static final Logger LOG = Logger.getLogger(BootstrapKeys.class);
    private static final String WHO = "configuration";
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Mutiny.SessionFactory sessions;
    private final PolicyChanges changes;
    private final PolicySettings.Bootstrap settings;
    private volatile boolean stored;

    BootstrapKeys(Mutiny.SessionFactory sessions, PolicyChanges changes, PolicySettings settings) {
        this.sessions = sessions;
        this.changes = changes;
        this.settings = settings.bootstrap();
    }

    boolean areStored() {
        return stored;
    }

    void store(@Observes StartupEvent start) {
        VertxContextSupport.subscribe(
                () -> store(ADMIN_ID, Role.ADMIN, settings.adminKey())
                        .chain(() -> store(SERVICE_ID, Role.SERVICE, settings.serviceKey()))
                        .onFailure()
                        .invoke(failure ->
                                LOG.warnf("action=store-bootstrap-keys result=failed reason=\"%s\"", failure))
                        .onFailure()
                        .retry()
                        .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                        .indefinitely()
                        .replaceWith(true)
                        .toMulti(),
                subscription -> subscription.with(
                        done -> {
                            stored = true;
                            LOG.info("action=store-bootstrap-keys result=done");
                        },
                        failure -> LOG.errorf(failure, "action=store-bootstrap-keys result=given-up")));
    }

    private Uni<Void> store(String id, Role role, String key) {
        String hash = SecretHash.of(key);
        // Looked at first, so that an ordinary start changes nothing.
        return sessions.withSession(session -> session.find(KeyRow.class, id)).flatMap(row -> {
            if (row != null && row.hash().equals(hash)) {
                return Uni.createFrom().voidItem();
            }
            // Two changes, as each is published under one hash: the old key goes, the new one comes.
            Uni<Void> removed = row == null
                    ? Uni.createFrom().voidItem()
                    : changes.make(WHO, change -> removeUnless(change, id, hash));
            return removed.chain(() -> changes.make(WHO, change -> create(change, id, role, hash)));
        });
    }

    private static Uni<Void> removeUnless(PolicyChange change, String id, String hash) {
        return change.session().find(KeyRow.class, id).flatMap(row -> {
            if (row == null || row.hash().equals(hash)) {
                // Another pod of the same configuration was faster.
                change.recordNothing();
                return Uni.createFrom().voidItem();
            }
            change.recordOfKey(row.hash(), id, Optional.of(row.body()), Optional.empty());
            return change.session().remove(row);
        });
    }

    private static Uni<Void> create(PolicyChange change, String id, Role role, String hash) {
        return change.session().find(KeyRow.class, id).flatMap(row -> {
            if (row != null) {
                change.recordNothing();
                return Uni.createFrom().voidItem();
            }
            KeyRow created = new KeyRow(id, hash, role, List.of(), "From the configuration.", change.at(), change.n());
            change.recordOfKey(hash, id, Optional.empty(), Optional.of(created.body()));
            return change.session().persist(created);
        });
    }
}
