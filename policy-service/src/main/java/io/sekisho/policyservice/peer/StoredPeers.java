package io.sekisho.policyservice.peer;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.json.WireJson;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.Callable;
import org.hibernate.reactive.mutiny.Mutiny;

/** Reads all peers of a domain at once, by direction and peer; what takes time then is done on a worker thread. */
@Singleton
class StoredPeers {
    /** One text, whatever the number of peers. The names in it are those of {@link StoredPeer}. */
    private static final String SELECT = """
            SELECT cast(coalesce(json_agg(json_build_object(
                       'id', p.id, 'direction', p.direction, 'peer', p.peer, 'level', p.level,
                       'minimumVersion', p.minimum_version, 'enabled', p.enabled, 'onViolation', p.on_violation,
                       'tlsGiveUpAfter', p.tls_give_up_after, 'certificateNames', cast(p.certificate_names AS json),
                       'override', p.overrides, 'description', p.description)
                       ORDER BY p.direction, p.peer COLLATE "C"), '[]') AS text)
              FROM tls_peer p WHERE p.domain_name = %s
            """;

    private final Pool pool;
    private final Vertx vertx;

    StoredPeers(Pool pool, Vertx vertx) {
        this.pool = pool;
        this.vertx = vertx;
    }

    /** As they are now. */
    Uni<List<StoredPeer>> of(DomainName domain) {
        return pool.preparedQuery(SELECT.formatted("$1"))
                .execute(Tuple.of(domain.ascii()))
                .flatMap(rows -> parse(rows.iterator().next().getString(0)));
    }

    /** As the session's transaction sees them. */
    Uni<List<StoredPeer>> of(Mutiny.Session session, DomainName domain) {
        return session.createNativeQuery(SELECT.formatted(":domain"), String.class)
                .setParameter("domain", domain.ascii())
                .getSingleResult()
                .flatMap(this::parse);
    }

    private Uni<List<StoredPeer>> parse(String json) {
        return aside(() -> List.of(WireJson.read(json, StoredPeer[].class)));
    }

    /** Runs what would hold up an event loop; the answer comes back on the caller's context. */
    <T> Uni<T> aside(Callable<T> work) {
        return vertx.executeBlocking(work, false);
    }
}
