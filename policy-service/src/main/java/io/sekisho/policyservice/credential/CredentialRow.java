package io.sekisho.policyservice.credential;

import io.sekisho.mail.address.DomainName;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A submission credential as it is stored: the hash of its secret, not the secret. It is made and deleted, never changed. */
@Entity
@Table(name = "submission_credential")
class CredentialRow {
    @Id
    private String id;

    @Column(name = "domain_name")
    private String domainName;

    @Column(name = "user_name")
    private String userName;

    // Written here, read with SQL where domains are compiled.
    @SuppressWarnings("UnusedVariable")
    @Column(name = "secret_hash")
    private String secretHash;

    private String description;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "created_n")
    private long createdN;

    /** For Hibernate. */
    protected CredentialRow() {}

    CredentialRow(NewCredential made, DomainName domain, CredentialSettings settings, Instant at, long n) {
        this.id = made.id();
        this.domainName = domain.ascii();
        this.userName = settings.user();
        this.secretHash = made.hash();
        this.description = settings.description();
        this.createdAt = at.truncatedTo(ChronoUnit.MILLIS);
        this.createdN = n;
    }

    CredentialBody body() {
        return new CredentialBody(id, userName, null, description, createdAt);
    }

    /** With the secret itself: for the one answer that shows it. */
    CredentialBody bodyWith(String secret) {
        return new CredentialBody(id, userName, secret, description, createdAt);
    }

    String id() {
        return id;
    }

    boolean isOf(DomainName domain) {
        return domainName.equals(domain.ascii());
    }

    /** The number of its creation: its place in lists, and its ETag. */
    long createdN() {
        return createdN;
    }
}
