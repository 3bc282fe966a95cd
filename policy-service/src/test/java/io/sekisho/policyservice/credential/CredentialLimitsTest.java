package io.sekisho.policyservice.credential;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.sekisho.policyservice.PolicyTestSetup;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CredentialLimitsTest extends PolicyTestSetup {

    @Inject
    Pool pool;

    @Test
    void givesAUserFourCredentials() {
        String domain = newOutboundDomain();
        JsonPath first = newCredential(domain, "anna");
        newCredential(domain, "anna");
        newCredential(domain, "ANNA");
        newCredential(domain, "anna@" + domain);
        make(domain, "Anna")
                .statusCode(409)
                .body("errors[0].field", equalTo("user"))
                .body("detail", containsString("has 4 credentials"))
                .body("detail", containsString("delete one"));
        make(domain, "anna+more").statusCode(201);
        asAdmin()
                .delete(DOMAINS + domain + "/submission-credentials/" + first.getString("id"))
                .then()
                .statusCode(204);
        make(domain, "anna").statusCode(201);
    }

    @Test
    void givesADomainAThousandCredentials() {
        String domain = newOutboundDomain();
        pool.preparedQuery("INSERT INTO submission_credential"
                        + " SELECT 'cred-' || $1 || i, $1, 'u' || i || '@' || $1, repeat('0', 64), '', now(), 0"
                        + " FROM generate_series(1, 999) i")
                .executeAndAwait(Tuple.of(domain));
        JsonPath last = newCredential(domain, "anna");
        make(domain, "berta")
                .statusCode(409)
                .body("detail", containsString("has 1000 submission credentials"))
                .body("detail", containsString("delete those"));
        make(newOutboundDomain(), "berta").statusCode(201);
        asAdmin()
                .delete(DOMAINS + domain + "/submission-credentials/" + last.getString("id"))
                .then()
                .statusCode(204);
        make(domain, "berta").statusCode(201);
    }

    private static ValidatableResponse make(String domain, String user) {
        return asAdmin()
                .body("{\"user\":\"" + user + "\"}")
                .post(DOMAINS + domain + "/submission-credentials")
                .then();
    }
}
