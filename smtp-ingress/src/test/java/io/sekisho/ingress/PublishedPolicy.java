package io.sekisho.ingress;

import io.quarkus.redis.datasource.RedisDataSource;
import io.sekisho.mail.access.SecretHash;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.IpNetwork;
import io.sekisho.mail.address.Peer;
import io.sekisho.mail.json.WireJson;
import io.sekisho.mail.policy.CompiledDomain;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.DomainDefault;
import io.sekisho.mail.policy.OutboundProtection;
import io.sekisho.mail.policy.PeerRule;
import io.sekisho.mail.policy.PolicyHead;
import io.sekisho.mail.policy.PolicyKeys;
import io.sekisho.mail.policy.PolicyRevision;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.SubmissionCredential;
import io.sekisho.mail.policy.TlsSetting;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The policy in Redis as its publisher writes it (see {@link PolicyKeys}), heartbeat included. */
final class PublishedPolicy implements AutoCloseable {

    static final String SECRET_OF_ANNA = "sc_h4v9m2xq7kd3tz8wn5rbj6ycg2apf4eu";

    private static final String EPOCH = "test";

    private final RedisDataSource redis;
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();
    private final Set<DomainName> domains = new LinkedHashSet<>();
    private long n;
    private long beat = System.currentTimeMillis();

    PublishedPolicy(RedisDataSource redis) {
        this.redis = redis;
        redis.execute("DEL", PolicyKeys.snapshot(EPOCH), PolicyKeys.changes(EPOCH));
        put("open.example", OutboundProtection.DISABLED, Optional.empty());
        put(
                "strict.example",
                OutboundProtection.DISABLED,
                Optional.of(new DomainDefault(
                        SecurityLevel.MANDATORY, Optional.empty(), Optional.empty(), Optional.empty())));
        put(
                "own.example",
                new OutboundProtection(true, List.of(IpNetwork.parse("127.0.0.1")), TlsSetting.OPPORTUNISTIC, false),
                Optional.empty(),
                List.of(),
                List.of(new SubmissionCredential("cred-1", "anna@own.example", SecretHash.of(SECRET_OF_ANNA))));
        var unused = heart.scheduleAtFixedRate(this::beat, 0, 500, TimeUnit.MILLISECONDS);
    }

    /** Adds {@code verified.example}, which wants the certificate of partner.example, or takes it away. */
    void verifies(boolean wanted) {
        PeerRule rule = new PeerRule(
                "rule-verified",
                Direction.INBOUND,
                Peer.parse("partner.example"),
                SecurityLevel.VERIFIED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false);
        put(
                "verified.example",
                OutboundProtection.DISABLED,
                Optional.empty(),
                wanted ? List.of(rule) : List.of(),
                List.of());
    }

    private void put(String name, OutboundProtection outbound, Optional<DomainDefault> inbound) {
        put(name, outbound, inbound, List.of(), List.of());
    }

    private synchronized void put(
            String name,
            OutboundProtection outbound,
            Optional<DomainDefault> inbound,
            List<PeerRule> peers,
            List<SubmissionCredential> credentials) {
        DomainName domain = DomainName.parse(name);
        CompiledDomain compiled = new CompiledDomain(
                domain,
                new PolicyRevision(EPOCH, ++n),
                false,
                List.of(),
                TlsSetting.OPPORTUNISTIC,
                outbound,
                inbound,
                Optional.empty(),
                peers,
                credentials);
        domains.add(domain);
        redis.execute("HSET", PolicyKeys.snapshot(EPOCH), name, WireJson.string(compiled));
        redis.execute(
                "XADD",
                PolicyKeys.changes(EPOCH),
                n + "-0",
                PolicyKeys.CHANGE_KIND,
                PolicyKeys.KIND_DOMAIN,
                PolicyKeys.CHANGE_NAME,
                name);
    }

    private synchronized void beat() {
        redis.execute("SET", PolicyKeys.HEAD, WireJson.string(new PolicyHead(EPOCH, n, domains.size(), ++beat)));
    }

    @Override
    public void close() {
        heart.shutdownNow();
    }
}
