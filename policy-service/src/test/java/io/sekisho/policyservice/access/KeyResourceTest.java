package io.sekisho.policyservice.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.sekisho.mail.access.SecretHash;
import io.sekisho.policyservice.PolicyTestSetup;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class KeyResourceTest extends PolicyTestSetup {
    private static final String KEYS = "/api/v1/api-keys";

    @Inject
    Pool pool;

    @Test
    void showsAKeyOnceAndStoresItsHash() {
        var answer = asAdmin()
                .body("{\"role\":\"domain-admin\",\"domains\":[\"BÜCHER.example\"],\"description\":\"for Ann\"}")
                .post(KEYS)
                .then()
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .extract();
        JsonPath made = answer.jsonPath();
        assertThat(answer.header("Location")).endsWith(KEYS + "/" + made.getString("id"));
        assertThat(made.getString("key")).matches("sk_[0-9a-f]{64}");
        assertThat(made.<String>getList("domains")).containsExactly("xn--bcher-kva.example");
        String list = asAdmin()
                .get(KEYS + "?limit=500")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(list).contains(made.getString("id"), "for Ann").doesNotContain(made.getString("key"));
        String stored = pool.query("SELECT hash FROM api_key WHERE id = '" + made.getString("id") + "'")
                .executeAndAwait()
                .iterator()
                .next()
                .getString(0);
        assertThat(stored).isEqualTo(SecretHash.of(made.getString("key")));
    }

    @Test
    void refusesADeletedKeyAtOnce() {
        JsonPath made = asAdmin()
                .body("{\"role\":\"auditor\"}")
                .post(KEYS)
                .then()
                .extract()
                .jsonPath();
        as(made.getString("key")).get("/api/v1/domains").then().statusCode(200);
        asAdmin().delete(KEYS + "/" + made.getString("id")).then().statusCode(204);
        as(made.getString("key")).get("/api/v1/domains").then().statusCode(401);
        asAdmin().delete(KEYS + "/" + made.getString("id")).then().statusCode(404);
    }

    @Test
    void showsAKeyAloneAndHoldsItsDeletionToItsETag() {
        var made = asAdmin().body("{\"role\":\"auditor\"}").post(KEYS).then().extract();
        String path = KEYS + "/" + made.path("id");
        String tag = asAdmin()
                .get(path)
                .then()
                .statusCode(200)
                .body("role", equalTo("auditor"))
                .body("key", equalTo(null))
                .extract()
                .header("ETag");
        assertThat(made.header("ETag")).isEqualTo(tag);
        asAdmin().header("If-None-Match", tag).get(path).then().statusCode(304);
        asAdmin().header("If-Match", "\"0\"").delete(path).then().statusCode(412);
        asAdmin().header("If-Match", tag).delete(path).then().statusCode(204);
        asAdmin().get(path).then().statusCode(404);
    }

    @Test
    void refusesTextThatCannotBeStored() {
        asAdmin()
                .body("{\"role\":\"auditor\",\"description\":\"a\\u0000\"}")
                .post(KEYS)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("description"));
        asAdmin().urlEncodingEnabled(false).get(KEYS + "/a%00b").then().statusCode(400);
        asAdmin().urlEncodingEnabled(false).delete(KEYS + "/a%00b").then().statusCode(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                     | role    | is required",
                "{\"role\":\"root\"}                                    | role    | admin, domain-admin, auditor or service",
                "{\"role\":\"domain-admin\"}                            | domains | is required",
                "{\"role\":\"admin\",\"domains\":[\"a.example\"]}       | domains | is not for the role admin",
                "{\"role\":\"service\",\"domains\":[\"a.example\"]}     | domains | is not for the role service",
                "{\"role\":\"auditor\",\"domains\":[\"a b\"]}           | domains[0] | is not a domain name",
                "{\"role\":\"auditor\",\"domains\":[null]}              | domains | array of domain names",
                "{\"role\":\"auditor\",\"key\":\"sk_mine\"}             | key     | there is no such field",
            })
    void refusesWhatIsWrongAndNamesIt(String body, String field, String message) {
        asAdmin()
                .body(body)
                .post(KEYS)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo(field))
                .body("errors[0].message", containsString(message));
    }

    @Test
    void isForAdminsOnly() {
        for (String key : new String[] {newKey("domain-admin", "a.example"), newKey("auditor"), newKey("service")}) {
            as(key).get(KEYS).then().statusCode(403);
            as(key).body("{\"role\":\"admin\"}").post(KEYS).then().statusCode(403);
            as(key).delete(KEYS + "/bootstrap-admin").then().statusCode(403);
        }
    }

    @Test
    void keepsTheKeysOfTheConfiguration() {
        asAdmin().get(KEYS + "?limit=500").then().body("items.id", hasItems("bootstrap-admin", "bootstrap-service"));
        asAdmin()
                .delete(KEYS + "/bootstrap-admin")
                .then()
                .statusCode(409)
                .body("detail", containsString("configuration"));
        asAdmin().delete(KEYS + "/bootstrap-service").then().statusCode(409);
    }

    @Test
    void verifiesKeysForTheOtherServices() {
        String key = newKey("auditor", "a.example");
        verify(asService(), SecretHash.of(key))
                .statusCode(200)
                .body("valid", is(true))
                .body("grant.role", equalTo("auditor"))
                .body("grant.domains[0]", equalTo("a.example"));
        verify(asService(), SecretHash.of("sk_unknown"))
                .statusCode(200)
                .body("valid", is(false))
                .body("$", not(hasKey("grant")));
        verify(asService(), key).statusCode(400).body("errors[0].field", equalTo("hash"));
        verify(asAdmin(), SecretHash.of(key)).statusCode(403);
    }

    @Test
    void takesTheColonEncodedOrNot() {
        // REST Assured encodes it by default.
        String question = "{\"hash\":\"" + SecretHash.of("sk_unknown") + "\"}";
        asService().body(question).post(KEYS + ":verify?a=b").then().statusCode(200);
        asService()
                .urlEncodingEnabled(false)
                .body(question)
                .post(KEYS + ":verify")
                .then()
                .statusCode(200);
        asService()
                .urlEncodingEnabled(false)
                .body(question)
                .post(KEYS + "%3averify")
                .then()
                .statusCode(200);
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        asAdmin().body("x".repeat(2_000_000)).post(KEYS).then().statusCode(413);
        asAdmin().get(KEYS).then().statusCode(200);
    }

    private static ValidatableResponse verify(RequestSpecification caller, String hash) {
        return caller.body("{\"hash\":\"" + hash + "\"}").post(KEYS + ":verify").then();
    }
}
