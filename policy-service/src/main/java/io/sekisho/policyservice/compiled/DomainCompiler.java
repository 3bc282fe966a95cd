package io.sekisho.policyservice.compiled;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpNetwork;
import io.sekisho.mail.json.WireJson;
import io.sekisho.mail.policy.CompiledDomain;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.DomainDefault;
import io.sekisho.mail.policy.NextHop;
import io.sekisho.mail.policy.OnViolation;
import io.sekisho.mail.policy.OutboundProtection;
import io.sekisho.mail.policy.PeerRule;
import io.sekisho.mail.policy.PolicyRevision;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.SubmissionCredential;
import io.sekisho.mail.policy.TlsSetting;
import io.sekisho.mail.policy.TlsVersion;
import io.sekisho.policyservice.change.JsonColumn;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The one place where stored rows become a {@link CompiledDomain}: {@link #SELECT} reads a domain with its defaults, enabled peers and
 * credentials in one row, {@link #compile} reads that row.
 */
final class DomainCompiler {

    /**
     * To be followed by a WHERE on {@code d}. The names in the JSON are those of {@link StoredDefault}, {@link PeerRule} and
     * {@link SubmissionCredential}.
     */
    static final String SELECT = """
            SELECT d.name, d.policy_n, d.next_hops, d.next_hop_tls_level, d.next_hop_tls_minimum,
                   d.outbound_enabled, d.relay_sources, d.relay_tls_level, d.relay_tls_minimum, d.foreign_senders,
                   (SELECT json_agg(json_build_object(
                               'direction', t.direction, 'level', t.level, 'minimumVersion', t.minimum_version,
                               'onViolation', t.on_violation, 'tlsGiveUpAfter', t.tls_give_up_after))::text
                      FROM tls_default t WHERE t.domain_name = d.name) AS defaults,
                   (SELECT json_agg(json_build_object(
                               'id', p.id, 'direction', p.direction, 'peer', p.peer, 'level', p.level,
                               'minimumVersion', p.minimum_version, 'onViolation', p.on_violation,
                               'tlsGiveUpAfter', p.tls_give_up_after, 'certificateNames', p.certificate_names::json,
                               'override', p.overrides) ORDER BY p.created_n, p.id)::text
                      FROM tls_peer p WHERE p.domain_name = d.name AND p.enabled) AS peers,
                   (SELECT json_agg(json_build_object(
                               'id', c.id, 'user', c.user_name, 'secretHash', c.secret_hash) ORDER BY c.created_n, c.id)::text
                      FROM submission_credential c WHERE c.domain_name = d.name) AS credentials
              FROM managed_domain d
            """;

    private DomainCompiler() {}

    /** A default as {@link #SELECT} reads it. */
    record StoredDefault(
            Direction direction,
            SecurityLevel level,
            Optional<TlsVersion> minimumVersion,
            Optional<OnViolation> onViolation,
            Optional<Duration> tlsGiveUpAfter) {}

    static CompiledDomain compile(String epoch, Row row) {
        List<StoredDefault> defaults = list(row.getString("defaults"), StoredDefault[].class);
        return new CompiledDomain(
                new DomainName(row.getString("name")),
                new PolicyRevision(epoch, row.getLong("policy_n")),
                false,
                JsonColumn.read(row.getString("next_hops"), NextHop.class),
                setting(row, "next_hop_tls_"),
                new OutboundProtection(
                        row.getBoolean("outbound_enabled"),
                        JsonColumn.read(row.getString("relay_sources"), IpNetwork.class),
                        setting(row, "relay_tls_"),
                        row.getBoolean("foreign_senders")),
                defaultOf(defaults, Direction.INBOUND),
                defaultOf(defaults, Direction.OUTBOUND),
                list(row.getString("peers"), PeerRule[].class),
                list(row.getString("credentials"), SubmissionCredential[].class));
    }

    private static TlsSetting setting(Row row, String columns) {
        return new TlsSetting(
                SecurityLevel.valueOf(row.getString(columns + "level")),
                Optional.ofNullable(row.getString(columns + "minimum")).map(TlsVersion::parse));
    }

    private static Optional<DomainDefault> defaultOf(List<StoredDefault> defaults, Direction direction) {
        return defaults.stream()
                .filter(stored -> stored.direction() == direction)
                .map(stored -> new DomainDefault(
                        stored.level(), stored.minimumVersion(), stored.onViolation(), stored.tlsGiveUpAfter()))
                .findFirst();
    }

    private static <T> List<T> list(String json, Class<T[]> type) {
        return json == null ? List.of() : Arrays.asList(WireJson.read(json, type));
    }
}
