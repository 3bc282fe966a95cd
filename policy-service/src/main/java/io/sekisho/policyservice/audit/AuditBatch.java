package io.sekisho.policyservice.audit;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.json.WireJson;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Many things that one change did to a domain, written at once. Immutable; made of much text, so not on an event loop. */
public final class AuditBatch {
    // Through text: the SQL client would send a string for a parameter of type json as a JSON string.
    private static final String INSERT = """
            INSERT INTO audit_entry (n, item, at, who, domain_name, subject, subject_id, action, before_json, after_json)
            SELECT :n, r.item, :at, :who, :domain, :subject, r.id, r.action, cast(r.before AS text), cast(r.after AS text)
              FROM json_to_recordset(cast(cast(:rows AS text) AS json))
                   AS r(item integer, id text, action text, before json, after json)
            """;

    private final AuditSubject subject;
    private final String rows;

    private AuditBatch(AuditSubject subject, String rows) {
        this.subject = subject;
        this.rows = rows;
    }

    /**
     * One thing that was done.
     *
     * @param before as the interface shows it; empty where it was created
     * @param after empty where it was deleted
     */
    public record Item(String subjectId, Optional<?> before, Optional<?> after) {}

    private record Row(int item, String id, AuditAction action, Optional<?> before, Optional<?> after) {}

    public static AuditBatch of(AuditSubject subject, List<Item> items) {
        List<Row> rows = new ArrayList<>(items.size());
        for (Item item : items) {
            rows.add(new Row(
                    rows.size(),
                    item.subjectId(),
                    AuditAction.of(item.before(), item.after()),
                    item.before(),
                    item.after()));
        }
        return new AuditBatch(subject, WireJson.string(rows));
    }

    /** Writes all rows in the session's transaction. */
    public Uni<Void> write(Mutiny.Session session, long n, Instant at, String who, DomainName domain) {
        return session.createNativeQuery(INSERT)
                .setParameter("n", n)
                .setParameter("at", at)
                .setParameter("who", who)
                .setParameter("domain", domain.ascii())
                .setParameter("subject", subject.name())
                .setParameter("rows", rows)
                .executeUpdate()
                .replaceWithVoid();
    }
}
