package io.sekisho.rest;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.sekisho.localstack.LocalStackResource;
import io.sekisho.mail.access.ApiKeyGrant;
import io.sekisho.mail.access.Role;
import io.sekisho.mail.access.SecretHash;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.json.WireJson;
import io.sekisho.mail.policy.PolicyKeys;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/** Redis with a published policy, and requests with keys that are published there. */
@QuarkusTestResource(value = LocalStackResource.class, initArgs = @ResourceArg(name = "pieces", value = "redis"))
@QuarkusTestResource(ScriptedPolicyService.class)
abstract class RestTestSetup {

    @Inject
    RedisDataSource redis;

    @BeforeEach
    void publishPolicy() {
        redis.value(String.class).set(PolicyKeys.HEAD, "{}");
    }

    /** A new key of this role. */
    String publishKey(Role role, String... domains) {
        String key = newKey();
        redis.hash(String.class).hset(PolicyKeys.API_KEYS, SecretHash.of(key), WireJson.string(grant(role, domains)));
        return key;
    }

    RequestSpecification as(String key) {
        return RestAssured.given().header("Authorization", "Bearer " + key);
    }

    RequestSpecification asAdmin() {
        return as(publishKey(Role.ADMIN)).contentType(ContentType.JSON);
    }

    static String newKey() {
        return "sk_" + UUID.randomUUID();
    }

    static ApiKeyGrant grant(Role role, String... domains) {
        List<DomainName> names = Arrays.stream(domains).map(DomainName::parse).toList();
        return new ApiKeyGrant("key-of-" + role.label(), role, names);
    }
}
