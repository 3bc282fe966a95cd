package io.sekisho.policyservice.access;

import io.sekisho.mail.access.ApiKeyGrant;
import io.sekisho.mail.access.Role;
import io.sekisho.mail.address.DomainName;
import io.sekisho.policyservice.change.JsonColumn;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;

/** An API key as it is stored: its hash, not the key. */
@Entity
@Table(name = "api_key")
class KeyRow {
    @Id
    private String id;

    private String hash;

    @Enumerated(EnumType.STRING)
    private Role role;

    private String domains;
    private String description;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "created_n")
    private long createdN;

    /** For Hibernate. */
    protected KeyRow() {}

    KeyRow(String id, String hash, Role role, List<DomainName> domains, String description, Instant at, long n) {
        this.id = id;
        this.hash = hash;
        this.role = role;
        this.domains = JsonColumn.write(domains);
        this.description = description;
        this.createdAt = at;
        this.createdN = n;
    }

    ApiKeyGrant grant() {
        return new ApiKeyGrant(id, role, JsonColumn.read(domains, DomainName.class));
    }

    KeyBody body() {
        return new KeyBody(id, null, role, JsonColumn.read(domains, DomainName.class), description, createdAt);
    }

    /** With the key itself: for the one answer that shows it. */
    KeyBody bodyWith(String key) {
        return new KeyBody(id, key, role, JsonColumn.read(domains, DomainName.class), description, createdAt);
    }

    String id() {
        return id;
    }

    String hash() {
        return hash;
    }

    /** The number of its creation: its place in lists, and its ETag, as nothing of a key ever changes. */
    long createdN() {
        return createdN;
    }
}
