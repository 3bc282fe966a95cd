package io.sekisho.policyservice.peer;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.json.WireJson;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Many peers as one statement's parameter, for a statement that takes the same time however many there are. Immutable; made of much text, so
 * not on an event loop.
 */
final class PeerRows {
    // Through text: the SQL client would send a string for a parameter of type json as a JSON string.
    private static final String ROWS = """
            json_to_recordset(cast(cast(:rows AS text) AS json)) AS r(
                "id" text, "direction" text, "peer" text, "level" text, "minimumVersion" text, "enabled" boolean,
                "onViolation" text, "tlsGiveUpAfter" text, "certificateNames" json, "override" boolean, "description" text)
            """;

    private static final String INSERT = """
            INSERT INTO tls_peer (id, domain_name, direction, peer, level, minimum_version, enabled, on_violation,
                                  tls_give_up_after, certificate_names, overrides, description, created_n, version)
            SELECT r."id", :domain, r."direction", r."peer", r."level", r."minimumVersion", r."enabled", r."onViolation",
                   r."tlsGiveUpAfter", cast(r."certificateNames" AS text), r."override", r."description", :n, :n
              FROM""" + " " + ROWS;

    private static final String UPDATE = """
            UPDATE tls_peer SET
                   level = r."level", minimum_version = r."minimumVersion", enabled = r."enabled",
                   on_violation = r."onViolation", tls_give_up_after = r."tlsGiveUpAfter",
                   certificate_names = cast(r."certificateNames" AS text), overrides = r."override",
                   description = r."description", version = :n
              FROM""" + " " + ROWS + """
             WHERE tls_peer.id = r."id" AND tls_peer.domain_name = :domain
            """;

    private final int count;
    private final String json;

    PeerRows(List<StoredPeer> peers) {
        count = peers.size();
        json = WireJson.string(peers);
    }

    /** Adds them as created by change {@code n}. */
    Uni<Void> insert(Mutiny.Session session, DomainName domain, long n) {
        return run(session, INSERT, domain, n);
    }

    /** Gives those that exist all settings that may change. */
    Uni<Void> update(Mutiny.Session session, DomainName domain, long n) {
        return run(session, UPDATE, domain, n);
    }

    private Uni<Void> run(Mutiny.Session session, String sql, DomainName domain, long n) {
        if (count == 0) {
            return Uni.createFrom().voidItem();
        }
        return session.createNativeQuery(sql)
                .setParameter("domain", domain.ascii())
                .setParameter("n", n)
                .setParameter("rows", json)
                .executeUpdate()
                .invoke(rows -> {
                    if (rows != count) {
                        throw new IllegalStateException("of " + count + " peers " + rows + " were written");
                    }
                })
                .replaceWithVoid();
    }
}
