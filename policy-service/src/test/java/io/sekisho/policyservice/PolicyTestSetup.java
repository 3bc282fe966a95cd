package io.sekisho.policyservice;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.sekisho.localstack.LocalStackResource;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;

/**
 * The service on real PostgreSQL and Redis, and requests to it. All tests share one database: each makes domains of its own, with names that
 * no other test has.
 */
@QuarkusTestResource(
        value = LocalStackResource.class,
        initArgs = {
            @ResourceArg(name = "pieces", value = "postgres,redis"),
            @ResourceArg(name = "database", value = "policy")
        })
@QuarkusTestResource(PolicyConfiguration.class)
public abstract class PolicyTestSetup {
    protected static final String DOMAINS = "/api/v1/domains/";

    @BeforeEach
    void awaitReadiness() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> RestAssured.get("/q/health/ready").statusCode() == 200);
    }

    protected static RequestSpecification as(String key) {
        return RestAssured.given().header("Authorization", "Bearer " + key).contentType(ContentType.JSON);
    }

    protected static RequestSpecification asAdmin() {
        return as(PolicyConfiguration.ADMIN_KEY);
    }

    protected static RequestSpecification asService() {
        return as(PolicyConfiguration.SERVICE_KEY);
    }

    /** A name that no other test has. */
    protected static String newName() {
        return "d" + UUID.randomUUID().toString().replace("-", "") + ".example";
    }

    /** A new domain without anything set. */
    protected static String newDomain() {
        return newDomain("{}");
    }

    protected static String newOutboundDomain() {
        return newDomain("{\"outbound\":{\"enabled\":true}}");
    }

    protected static String newDomain(String body) {
        String name = newName();
        asAdmin().body(body).put(DOMAINS + name).then().statusCode(201);
        return name;
    }

    /** A new key of this role. */
    protected static String newKey(String role, String... domains) {
        String list = Arrays.stream(domains).map(name -> '"' + name + '"').collect(Collectors.joining(","));
        return asAdmin()
                .body("{\"role\":\"" + role + "\",\"domains\":[" + list + "]}")
                .post("/api/v1/api-keys")
                .then()
                .statusCode(201)
                .extract()
                .path("key");
    }

    /** The id of a new peer. */
    protected static String newPeer(String domain, String body) {
        return asAdmin()
                .body(body)
                .post(DOMAINS + domain + "/tls-peers")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    /** A new submission credential, with its secret. */
    protected static JsonPath newCredential(String domain, String user) {
        return asAdmin()
                .body("{\"user\":\"" + user + "\"}")
                .post(DOMAINS + domain + "/submission-credentials")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
    }
}
