package io.sekisho.tracking.messages;

import io.quarkus.redis.datasource.RedisDataSource;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import io.sekisho.mail.access.ApiKeyGrant;
import io.sekisho.mail.access.Role;
import io.sekisho.mail.access.SecretHash;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.json.WireJson;
import io.sekisho.mail.policy.PolicyKeys;
import io.sekisho.tracking.SampleMail;
import io.sekisho.tracking.TrackingTest;
import io.sekisho.tracking.store.TrackingStore;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/** Requests with keys that are published as policy-service publishes them. */
abstract class RestTest extends TrackingTest {
    static final String MESSAGES = "/api/v1/messages";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    RedisDataSource redis;

    @Inject
    TrackingStore store;

    @BeforeEach
    void publishPolicy() {
        redis.value(String.class).set(PolicyKeys.HEAD, "{}");
    }

    RequestSpecification as(Role role, DomainName... domains) {
        String key = "sk_" + UUID.randomUUID();
        ApiKeyGrant grant = new ApiKeyGrant("key", role, List.of(domains));
        redis.hash(String.class).hset(PolicyKeys.API_KEYS, SecretHash.of(key), WireJson.string(grant));
        return RestAssured.given().header("Authorization", "Bearer " + key);
    }

    void stored(MailEvent... events) {
        store.store(SampleMail.tracked(events)).await().atMost(PATIENCE);
    }
}
