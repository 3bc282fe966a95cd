package io.sekisho.policyservice.domain;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpNetwork;
import io.sekisho.mail.policy.NextHop;
import io.sekisho.mail.policy.OutboundProtection;
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
import java.util.Optional;

/** A managed domain as it is stored. */
@Entity
@Table(name = "managed_domain")
public class DomainRow {
    @Id
    private String name;

    private String description;

    @Column(name = "next_hops")
    private String nextHops;

    @Enumerated(EnumType.STRING)
    @Column(name = "next_hop_tls_level")
    private SecurityLevel nextHopTlsLevel;

    @Column(name = "next_hop_tls_minimum")
    private String nextHopTlsMinimum;

    @Column(name = "outbound_enabled")
    private boolean outboundEnabled;

    @Column(name = "relay_sources")
    private String relaySources;

    @Enumerated(EnumType.STRING)
    @Column(name = "relay_tls_level")
    private SecurityLevel relayTlsLevel;

    @Column(name = "relay_tls_minimum")
    private String relayTlsMinimum;

    @Column(name = "foreign_senders")
    private boolean foreignSenders;

    private long version;

    @Column(name = "policy_n")
    private long policyN;

    /** For Hibernate. */
    protected DomainRow() {}

    DomainRow(DomainName name, DomainSettings settings, long n) {
        this.name = name.ascii();
        set(settings, n);
    }

    final void set(DomainSettings settings, long n) {
        description = settings.description();
        nextHops = JsonColumn.write(settings.nextHops());
        nextHopTlsLevel = settings.nextHopTls().level();
        nextHopTlsMinimum = label(settings.nextHopTls());
        outboundEnabled = settings.outbound().enabled();
        relaySources = JsonColumn.write(settings.outbound().relaySources());
        relayTlsLevel = settings.outbound().relayTls().level();
        relayTlsMinimum = label(settings.outbound().relayTls());
        foreignSenders = settings.outbound().foreignSenders();
        version = n;
        policyN = n;
    }

    DomainSettings settings() {
        return new DomainSettings(
                description,
                JsonColumn.read(nextHops, NextHop.class),
                setting(nextHopTlsLevel, nextHopTlsMinimum),
                new OutboundProtection(
                        outboundEnabled,
                        JsonColumn.read(relaySources, IpNetwork.class),
                        setting(relayTlsLevel, relayTlsMinimum),
                        foreignSenders));
    }

    DomainName name() {
        return DomainName.parse(name);
    }

    DomainBody body() {
        return DomainBody.of(name(), settings());
    }

    /** Of the domain's own settings: its ETag. */
    long version() {
        return version;
    }

    public boolean isOutboundEnabled() {
        return outboundEnabled;
    }

    /** Says that something was changed that is compiled with this domain. */
    public void touch(long n) {
        policyN = n;
    }

    private static String label(TlsSetting setting) {
        return setting.minimumVersion().map(TlsVersion::label).orElse(null);
    }

    private static TlsSetting setting(SecurityLevel level, String minimum) {
        return new TlsSetting(level, Optional.ofNullable(minimum).map(TlsVersion::parse));
    }
}
