package io.sekisho.rest;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.sekisho.mail.access.Role;
import org.junit.jupiter.api.Test;

@QuarkusTest
class BearerAccessTest extends RestTestSetup {

    @Test
    void asksForAKeyWhereThereIsNone() {
        RestAssured.get("/ledger/example.com")
                .then()
                .statusCode(401)
                .contentType(Problem.MEDIA_TYPE)
                .header("WWW-Authenticate", "Bearer realm=\"sekisho\"")
                .body("status", equalTo(401))
                .body("title", equalTo("Unauthorized"))
                .body("detail", containsString("Bearer sk_"));
    }

    @Test
    void refusesAnUnknownKey() {
        as(newKey())
                .get("/ledger/example.com")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", containsString("error=\"invalid_token\""));
    }

    @Test
    void refusesAnotherScheme() {
        RestAssured.given()
                .auth()
                .preemptive()
                .basic("a", "b")
                .get("/ledger/example.com")
                .then()
                .statusCode(401);
    }

    @Test
    void looksAtTheKeyBeforeTheBody() {
        RestAssured.given()
                .contentType("application/json")
                .body("{")
                .put("/ledger/example.com")
                .then()
                .statusCode(401);
    }

    @Test
    void letsAnAllowedRoleIn() {
        as(publishKey(Role.ADMIN))
                .get("/ledger/example.com")
                .then()
                .statusCode(200)
                .body("caller", equalTo("key-of-admin"));
    }

    @Test
    void takesTheSchemeInAnyCase() {
        RestAssured.given()
                .header("Authorization", "bearer " + publishKey(Role.ADMIN))
                .get("/ledger/example.com")
                .then()
                .statusCode(200);
    }

    @Test
    void forbidsARoleThatIsNotNamed() {
        as(publishKey(Role.AUDITOR))
                .get("/ledger/example.com")
                .then()
                .statusCode(403)
                .contentType(Problem.MEDIA_TYPE)
                .body("detail", containsString("auditor"));
    }

    @Test
    void prefersTheMethodsOwnRoles() {
        as(publishKey(Role.ADMIN)).get("/ledger/example.com/secret").then().statusCode(403);
        as(publishKey(Role.SERVICE)).get("/ledger/example.com/secret").then().statusCode(200);
    }

    @Test
    void hidesWhatLiesOutsideOnesDomains() {
        String key = publishKey(Role.DOMAIN_ADMIN, "example.com");
        as(key).get("/ledger/EXAMPLE.com.").then().statusCode(200);
        as(key).get("/ledger/example.org")
                .then()
                .statusCode(404)
                .body("detail", equalTo("There is no managed domain example.org."));
    }

    @Test
    void leavesTheDocumentOpenAndNamesTheScheme() {
        RestAssured.get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body("components.securitySchemes.apiKey.scheme", equalTo("bearer"))
                .body("paths.'/ledger/{domain}'.get.responses.default.content", not(equalTo(null)));
    }
}
