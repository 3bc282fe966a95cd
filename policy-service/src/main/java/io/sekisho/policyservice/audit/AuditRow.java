package io.sekisho.policyservice.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.json.WireJson;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;

/** One change as it is kept for people; never changed, never deleted. */
@Entity
@Table(name = "audit_entry")
public class AuditRow {
    @EmbeddedId
    private Key key;

    private Instant at;
    private String who;

    @Column(name = "domain_name")
    private String domainName;

    @Enumerated(EnumType.STRING)
    private AuditSubject subject;

    @Column(name = "subject_id")
    private String subjectId;

    @Enumerated(EnumType.STRING)
    private AuditAction action;

    @Column(name = "before_json")
    private String before;

    @Column(name = "after_json")
    private String after;

    /**
     * Its place.
     *
     * @param item 0, and upwards where one change did several things
     */
    @Embeddable
    record Key(long n, int item) implements Serializable {}

    /** For Hibernate. */
    protected AuditRow() {}

    /**
     * A new row.
     *
     * @param domain empty where the change belongs to no domain
     * @param before JSON; empty where the subject was created
     * @param after JSON; empty where it was deleted
     */
    public AuditRow(
            long n,
            Instant at,
            String who,
            Optional<DomainName> domain,
            AuditSubject subject,
            String subjectId,
            AuditAction action,
            Optional<String> before,
            Optional<String> after) {
        this.key = new Key(n, 0);
        this.at = at;
        this.who = who;
        this.domainName = domain.map(DomainName::ascii).orElse(null);
        this.subject = subject;
        this.subjectId = subjectId;
        this.action = action;
        this.before = before.orElse(null);
        this.after = after.orElse(null);
    }

    Key key() {
        return key;
    }

    AuditEntry entry() {
        return new AuditEntry(key.n(), at, who, action, subject, subjectId, json(before), json(after));
    }

    private static Optional<JsonNode> json(String text) {
        return Optional.ofNullable(text).map(json -> WireJson.read(json, JsonNode.class));
    }
}
