package io.sekisho.rest;

import io.quarkus.arc.DefaultBean;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.sekisho.mail.access.ApiKeyGrant;
import io.sekisho.mail.json.WireJson;
import io.sekisho.mail.policy.PolicyKeys;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The keys as policy-service publishes them to Redis, policy-service itself where Redis does not answer or holds nothing. Answers are
 * remembered for {@link #REMEMBERED}: that long a deleted key may live on.
 */
@DefaultBean
@ApplicationScoped
public class PublishedKeys implements ApiKeys {
    private static final Logger LOG = Logger.getLogger(PublishedKeys.class);
    private static final Duration REDIS_PATIENCE = Duration.ofMillis(500);
    private static final Duration REMEMBERED = Duration.ofSeconds(1);
    private static final int REMEMBERED_AT_MOST = 1_000;

    private final ReactiveRedisDataSource redis;
    private final KeyVerifier verifier;
    private final RecentGrants recent = new RecentGrants(REMEMBERED, REMEMBERED_AT_MOST);

    public PublishedKeys(ReactiveRedisDataSource redis, KeyVerifier verifier) {
        this.redis = redis;
        this.verifier = verifier;
    }

    @Override
    public Uni<Optional<ApiKeyGrant>> byHash(String hash) {
        return recent.find(hash)
                .map(known -> Uni.createFrom().item(known))
                .orElseGet(() -> lookUp(hash).invoke(grant -> recent.remember(hash, grant)));
    }

    private Uni<Optional<ApiKeyGrant>> lookUp(String hash) {
        return inRedis(hash).ifNoItem().after(REDIS_PATIENCE).fail().onFailure().recoverWithUni(failure -> {
            LOG.debugf(failure, "action=look-up-key source=redis result=none");
            return verifier.verify(hash);
        });
    }

    private Uni<Optional<ApiKeyGrant>> inRedis(String hash) {
        return redis.hash(String.class)
                .hget(PolicyKeys.API_KEYS, hash)
                .flatMap(json -> json == null
                        ? requirePublished()
                        : Uni.createFrom().item(Optional.of(WireJson.read(json, ApiKeyGrant.class))));
    }

    /** A Redis that was flushed knows no key at all; only beside a published policy does a missing key mean "no such key". */
    private Uni<Optional<ApiKeyGrant>> requirePublished() {
        return redis.key().exists(PolicyKeys.HEAD).map(published -> {
            if (!published) {
                throw new IllegalStateException("Redis holds no published policy");
            }
            return Optional.empty();
        });
    }
}
