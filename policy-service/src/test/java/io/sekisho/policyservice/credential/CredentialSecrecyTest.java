package io.sekisho.policyservice.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.sekisho.mail.access.SecretHash;
import io.sekisho.mail.json.WireJson;
import io.sekisho.mail.policy.CompiledDomain;
import io.sekisho.mail.policy.PolicyHead;
import io.sekisho.mail.policy.PolicyKeys;
import io.sekisho.policyservice.PolicyTestSetup;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Where a credential goes after it was made: to the gateway with its hash, and nowhere with its secret. */
@QuarkusTest
class CredentialSecrecyTest extends PolicyTestSetup {

    @Inject
    RedisDataSource redis;

    @Inject
    Pool pool;

    @Test
    void publishesACredentialAndItsEnd() {
        String domain = newOutboundDomain();
        JsonPath made = newCredential(domain, "anna");
        awaitCredentials(domain, 1);
        assertThat(published(domain).orElseThrow().credentials())
                .singleElement()
                .satisfies(credential -> {
                    assertThat(credential.id()).isEqualTo(made.getString("id"));
                    assertThat(credential.admits("anna@" + domain, made.getString("secret")))
                            .isTrue();
                });
        newCredential(domain, "anna");
        awaitCredentials(domain, 2);
        asAdmin()
                .delete(DOMAINS + domain + "/submission-credentials/" + made.getString("id"))
                .then()
                .statusCode(204);
        awaitCredentials(domain, 1);
        assertThat(published(domain).orElseThrow().credentials())
                .noneMatch(credential -> credential.id().equals(made.getString("id")));
    }

    @Test
    void keepsCredentialsWithoutOutboundProtection() {
        String domain = newOutboundDomain();
        newCredential(domain, "anna");
        asAdmin()
                .body("{\"outbound\":{\"enabled\":false}}")
                .put(DOMAINS + domain)
                .then()
                .statusCode(200);
        awaitCredentials(domain, 1);
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> !published(domain).orElseThrow().outbound().enabled());
        assertThat(published(domain).orElseThrow().credentials()).hasSize(1);
    }

    @Test
    void recordsWhoMadeAndDeletedIt() {
        String domain = newOutboundDomain();
        String owner = newKey("domain-admin", domain);
        JsonPath made = as(owner)
                .body("{\"user\":\"anna\",\"description\":\"laptop\"}")
                .post(DOMAINS + domain + "/submission-credentials")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
        asAdmin()
                .delete(DOMAINS + domain + "/submission-credentials/" + made.getString("id"))
                .then()
                .statusCode(204);
        JsonPath audit = as(owner)
                .get(DOMAINS + domain + "/audit")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(audit.getList("items.action")).containsExactly("DELETED", "CREATED", "CREATED");
        assertThat(audit.getString("items[0].who")).isEqualTo("bootstrap-admin");
        assertThat(audit.getString("items[1].who")).startsWith("key-");
        assertThat(audit.getString("items[1].subject")).isEqualTo("SUBMISSION_CREDENTIAL");
        assertThat(audit.getString("items[1].subjectId")).isEqualTo(made.getString("id"));
        assertThat(audit.<String, Object>getMap("items[1].after"))
                .containsOnlyKeys("id", "user", "description", "createdAt")
                .containsEntry("user", "anna@" + domain)
                .containsEntry("description", "laptop")
                .isEqualTo(audit.getMap("items[0].before"));
        assertThat(audit.getMap("items[0]")).doesNotContainKey("after");
        assertThat(audit.getMap("items[1]")).doesNotContainKey("before");
    }

    @Test
    void holdsTheSecretNowhereAndTheHashForTheGatewayOnly() {
        String domain = newOutboundDomain();
        JsonPath made = newCredential(domain, "anna");
        String secret = made.getString("secret");
        String hash = SecretHash.of(secret);
        awaitCredentials(domain, 1);
        String path = DOMAINS + domain + "/submission-credentials";
        String shown = asAdmin().get(path).asString()
                + asAdmin().get(path + "/" + made.getString("id")).asString()
                + asAdmin().get(DOMAINS + domain + "/audit").asString()
                + asAdmin().get(DOMAINS + domain).asString()
                + text("SELECT string_agg(a::text, ' ') FROM audit_entry a WHERE domain_name = $1", domain)
                + text("SELECT string_agg(o::text, ' ') FROM policy_change o WHERE name = $1", domain);
        assertThat(shown).contains(made.getString("id")).doesNotContain(secret, hash);
        String forTheGateway =
                text("SELECT string_agg(c::text, ' ') FROM submission_credential c WHERE domain_name = $1", domain)
                        + asService().get("/api/v1/compiled?after=0").asString()
                        + WireJson.string(published(domain).orElseThrow());
        assertThat(forTheGateway).contains(hash).doesNotContain(secret);
    }

    private void awaitCredentials(String domain, int count) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(published(domain))
                        .map(compiled -> compiled.credentials().size())
                        .contains(count));
    }

    private Optional<CompiledDomain> published(String name) {
        return Optional.ofNullable(redis.value(String.class).get(PolicyKeys.HEAD))
                .map(json -> WireJson.read(json, PolicyHead.class))
                .flatMap(head ->
                        Optional.ofNullable(redis.hash(String.class).hget(PolicyKeys.snapshot(head.epoch()), name)))
                .map(json -> WireJson.read(json, CompiledDomain.class));
    }

    private String text(String sql, String domain) {
        return pool.preparedQuery(sql)
                .executeAndAwait(Tuple.of(domain))
                .iterator()
                .next()
                .getString(0);
    }
}
