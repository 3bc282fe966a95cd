package io.sekisho.policyservice.defaults;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.OnViolation;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsVersion;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;

/** A default as it is stored; a domain that never set one has no row. */
@Entity
@Table(name = "tls_default")
class DefaultRow {
    @EmbeddedId
    private Key key;

    @Enumerated(EnumType.STRING)
    private SecurityLevel level;

    @Column(name = "minimum_version")
    private String minimumVersion;

    @Enumerated(EnumType.STRING)
    @Column(name = "on_violation")
    private OnViolation onViolation;

    @Column(name = "tls_give_up_after")
    private String tlsGiveUpAfter;

    private long version;

    /** Of which domain, for which direction. */
    @Embeddable
    record Key(
            @Column(name = "domain_name") String domainName,
            @Enumerated(EnumType.STRING) Direction direction) implements Serializable {

        static Key of(DomainName domain, DefaultSide side) {
            return new Key(domain.ascii(), side.direction());
        }
    }

    /** For Hibernate. */
    protected DefaultRow() {}

    DefaultRow(Key key, DefaultBody body, long n) {
        this.key = key;
        set(body, n);
    }

    final void set(DefaultBody body, long n) {
        level = body.level();
        minimumVersion = Optional.ofNullable(body.minimumVersion())
                .map(TlsVersion::label)
                .orElse(null);
        onViolation = body.onViolation();
        tlsGiveUpAfter = Optional.ofNullable(body.tlsGiveUpAfter())
                .map(Duration::toString)
                .orElse(null);
        version = n;
    }

    DefaultBody body() {
        return new DefaultBody(
                level,
                Optional.ofNullable(minimumVersion).map(TlsVersion::parse).orElse(null),
                onViolation,
                Optional.ofNullable(tlsGiveUpAfter).map(Duration::parse).orElse(null));
    }

    DefaultSide side() {
        return DefaultSide.of(key.direction());
    }

    long version() {
        return version;
    }
}
