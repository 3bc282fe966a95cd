package io.sekisho.policyservice.peer;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.Peer;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.OnViolation;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsSetting;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.policyservice.change.JsonColumn;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.util.Optional;

/** A TLS peer as it is stored. */
@Entity
@Table(name = "tls_peer")
class PeerRow {
    @Id
    private String id;

    @Column(name = "domain_name")
    private String domainName;

    @Enumerated(EnumType.STRING)
    private Direction direction;

    private String peer;

    @Enumerated(EnumType.STRING)
    private SecurityLevel level;

    @Column(name = "minimum_version")
    private String minimumVersion;

    private boolean enabled;

    @Enumerated(EnumType.STRING)
    @Column(name = "on_violation")
    private OnViolation onViolation;

    @Column(name = "tls_give_up_after")
    private String tlsGiveUpAfter;

    @Column(name = "certificate_names")
    private String certificateNames;

    private boolean overrides;
    private String description;

    @Column(name = "created_n")
    private long createdN;

    private long version;

    /** For Hibernate. */
    protected PeerRow() {}

    PeerRow(String id, DomainName domain, PeerSettings settings, long n) {
        this.id = id;
        this.domainName = domain.ascii();
        this.createdN = n;
        set(settings, n);
    }

    final void set(PeerSettings settings, long n) {
        direction = settings.direction();
        peer = settings.peer().text();
        level = settings.tls().level();
        minimumVersion = settings.tls().minimumVersion().map(TlsVersion::label).orElse(null);
        enabled = settings.enabled();
        onViolation = settings.onViolation().orElse(null);
        tlsGiveUpAfter = settings.tlsGiveUpAfter().map(Duration::toString).orElse(null);
        certificateNames = JsonColumn.write(settings.certificateNames());
        overrides = settings.override();
        description = settings.description();
        version = n;
    }

    PeerSettings settings() {
        return new PeerSettings(
                direction,
                Peer.parse(peer),
                new TlsSetting(level, Optional.ofNullable(minimumVersion).map(TlsVersion::parse)),
                enabled,
                Optional.ofNullable(onViolation),
                Optional.ofNullable(tlsGiveUpAfter).map(Duration::parse),
                JsonColumn.read(certificateNames, String.class),
                overrides,
                description);
    }

    PeerBody body() {
        return settings().body(id);
    }

    String id() {
        return id;
    }

    boolean isOf(DomainName domain) {
        return domainName.equals(domain.ascii());
    }

    /** The number of its creation: its place in lists, for ever. */
    long createdN() {
        return createdN;
    }

    long version() {
        return version;
    }
}
