package io.sekisho.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.sekisho.mail.access.Role;
import io.sekisho.mail.access.SecretHash;
import io.sekisho.mail.policy.PolicyKeys;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PublishedKeysTest extends RestTestSetup {
    ScriptedPolicyService policyService;

    @BeforeEach
    void breakPolicyService() {
        policyService.answer(hash -> Optional.empty());
    }

    @Test
    void asksPolicyServiceWhereRedisWasFlushed() {
        redis.flushall();
        String key = newKey();
        policyService.answer(hash -> Optional.of(KeyVerification.of(
                hash.equals(SecretHash.of(key)) ? Optional.of(grant(Role.ADMIN)) : Optional.empty())));
        as(key).get("/ledger/example.com").then().statusCode(200).body("caller", equalTo("key-of-admin"));
        as(newKey()).get("/ledger/example.com").then().statusCode(401);
    }

    @Test
    void doesNotAskPolicyServiceWhereRedisKnowsThatThereIsNoSuchKey() {
        int before = policyService.asked();
        as(newKey()).get("/ledger/example.com").then().statusCode(401);
        assertThat(policyService.asked()).isEqualTo(before);
    }

    @Test
    void saysThatItCannotTellWhereNobodyAnswers() {
        redis.flushall();
        as(newKey())
                .get("/ledger/example.com")
                .then()
                .statusCode(503)
                .contentType(Problem.MEDIA_TYPE)
                .body("title", equalTo("Service Unavailable"));
    }

    @Test
    void forgetsADeletedKeyWithinSeconds() {
        String key = publishKey(Role.ADMIN);
        as(key).get("/ledger/example.com").then().statusCode(200);
        redis.hash(String.class).hdel(PolicyKeys.API_KEYS, SecretHash.of(key));
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> as(key).get("/ledger/example.com").then().statusCode(401));
    }
}
