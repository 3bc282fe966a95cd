package io.sekisho.policyservice.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import io.sekisho.policyservice.PolicyTestSetup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class CredentialResourceTest extends PolicyTestSetup {

    @Test
    void makesShowsAndDeletesACredential() {
        String domain = newOutboundDomain();
        ExtractableResponse<Response> made = asAdmin()
                .body("{\"user\":\"Anna\",\"description\":\"laptop\"}")
                .post(credentials(domain.toUpperCase(Locale.ROOT)))
                .then()
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .body("id", matchesPattern("cred-[a-z2-9]{12}"))
                .body("user", equalTo("anna@" + domain))
                .body("secret", matchesPattern("sc_[a-z2-9]{32}"))
                .body("description", equalTo("laptop"))
                .body("createdAt", matchesPattern(".*\\.\\d{3}Z"))
                .extract();
        String path = credentials(domain) + "/" + made.path("id");
        assertThat(made.header("Location")).endsWith(path);
        Map<String, Object> shown = new HashMap<>(made.<Map<String, Object>>path(""));
        shown.remove("secret");
        asAdmin()
                .get(path)
                .then()
                .statusCode(200)
                .header("ETag", made.header("ETag"))
                .body("", equalTo(shown));
        asAdmin().get(credentials(domain)).then().statusCode(200).body("items", equalTo(List.of(shown)));
        asAdmin().header("If-None-Match", made.header("ETag")).get(path).then().statusCode(304);
        asAdmin().header("If-Match", "\"1\"").delete(path).then().statusCode(412);
        asAdmin().header("If-Match", made.header("ETag")).delete(path).then().statusCode(204);
        asAdmin().get(path).then().statusCode(404);
        asAdmin().delete(path).then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                  | user        | is required",
                "{\"user\":null}                                     | user        | is required",
                "{\"user\":7}                                        | user        | a string",
                "{\"user\":\"\"}                                     | user        | 1 to 64",
                "{\"user\":\"an na\"}                                | user        | 1 to 64",
                "{\"user\":\"anna@other.example\"}                   | user        | end in @",
                "{\"user\":\"anna\",\"description\":\"a\\u0000b\"}   | description | U+0000",
                "{\"user\":\"anna\",\"secret\":\"chosen\"}           | secret      | there is no such field",
                "{\"user\":\"anna\",\"id\":\"mine\"}                 | id          | there is no such field",
            })
    void refusesWhatIsWrongAndNamesIt(String body, String field, String message) {
        asAdmin()
                .body(body)
                .post(credentials(newOutboundDomain()))
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].field", equalTo(field))
                .body("errors[0].message", containsString(message));
    }

    @Test
    void refusesALongDescriptionAndAnEmptyBody() {
        String list = credentials(newOutboundDomain());
        asAdmin()
                .body("{\"user\":\"a b\",\"description\":\"" + "x".repeat(1_001) + "\"}")
                .post(list)
                .then()
                .statusCode(400)
                .body("errors.field", equalTo(List.of("user", "description")));
        asAdmin().post(list).then().statusCode(400).body("errors[0].message", equalTo("must be a JSON object"));
    }

    @Test
    void takesCredentialsOnlyWithOutboundProtection() {
        String domain = newDomain();
        asAdmin()
                .body("{\"user\":\"anna\"}")
                .post(credentials(domain))
                .then()
                .statusCode(409)
                .body("detail", containsString("Outbound protection is not enabled"));
        setOutbound(domain, "true");
        String id = newCredential(domain, "anna").getString("id");
        setOutbound(domain, "false");
        asAdmin().body("{\"user\":\"anna\"}").post(credentials(domain)).then().statusCode(409);
        asAdmin().get(credentials(domain) + "/" + id).then().statusCode(200);
        asAdmin().delete(credentials(domain) + "/" + id).then().statusCode(204);
    }

    @Test
    void keepsTheCredentialsOfDomainsApart() {
        String domain = newOutboundDomain();
        String id = newCredential(domain, "anna").getString("id");
        String other = newOutboundDomain();
        newCredential(other, "anna");
        asAdmin().get(credentials(other) + "/" + id).then().statusCode(404);
        asAdmin().delete(credentials(other) + "/" + id).then().statusCode(404);
        asAdmin()
                .body("{\"user\":\"anna\"}")
                .post(credentials(newName()))
                .then()
                .statusCode(404);
        asAdmin().get(credentials(newName())).then().statusCode(404);
        asAdmin().get(credentials(domain)).then().body("items.id", equalTo(List.of(id)));
    }

    @Test
    void refusesAnIdThatNoneCanHave() {
        String path = credentials(newOutboundDomain()) + "/a%00b";
        asAdmin().urlEncodingEnabled(false).get(path).then().statusCode(400).body("errors[0].field", equalTo("id"));
        asAdmin().urlEncodingEnabled(false).delete(path).then().statusCode(400);
    }

    @Test
    void goesWithItsDomain() {
        String domain = newOutboundDomain();
        String id = newCredential(domain, "anna").getString("id");
        asAdmin().delete(DOMAINS + domain).then().statusCode(204);
        asAdmin().get(credentials(domain)).then().statusCode(404);
        asAdmin()
                .body("{\"outbound\":{\"enabled\":true}}")
                .put(DOMAINS + domain)
                .then()
                .statusCode(201);
        asAdmin().get(credentials(domain)).then().statusCode(200).body("items", hasSize(0));
        asAdmin().get(credentials(domain) + "/" + id).then().statusCode(404);
    }

    @Test
    void givesEachRoleItsCalls() {
        String domain = newOutboundDomain();
        String list = credentials(domain);
        String owner = newKey("domain-admin", domain);
        String body = "{\"user\":\"anna\"}";
        String id =
                as(owner).body(body).post(list).then().statusCode(201).extract().path("id");
        for (String stranger : new String[] {newKey("domain-admin", newDomain()), newKey("auditor", newDomain())}) {
            as(stranger).get(list).then().statusCode(404);
            as(stranger).get(list + "/" + id).then().statusCode(404);
        }
        String stranger = newKey("domain-admin", newDomain());
        as(stranger).body(body).post(list).then().statusCode(404);
        as(stranger).delete(list + "/" + id).then().statusCode(404);
        String auditor = newKey("auditor");
        as(auditor).get(list).then().statusCode(200);
        as(auditor).get(list + "/" + id).then().statusCode(200).body("$", not(hasKey("secret")));
        as(auditor).body(body).post(list).then().statusCode(403);
        as(auditor).delete(list + "/" + id).then().statusCode(403);
        asService().get(list).then().statusCode(403);
        asService().body(body).post(list).then().statusCode(403);
        as(owner).delete(list + "/" + id).then().statusCode(204);
    }

    @Test
    void listsThoseOfOneUser() {
        String domain = newOutboundDomain();
        String first = newCredential(domain, "anna+list").getString("id");
        newCredential(domain, "anna");
        String second = newCredential(domain, "ANNA+list@" + domain).getString("id");
        assertThat(ids(domain, "?user=anna%2Blist")).containsExactly(first, second);
        assertThat(ids(domain, "?user=Anna%2BList@" + domain)).containsExactly(first, second);
        assertThat(ids(domain, "?user=nobody")).isEmpty();
        asAdmin()
                .get(credentials(domain) + "?user=anna@other.example")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("user"));
    }

    @Test
    void pagesStablyWhileCredentialsComeAndGo() {
        String domain = newOutboundDomain();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(newCredential(domain, "u" + i).getString("id"));
        }
        String list = credentials(domain) + "?limit=2";
        ExtractableResponse<Response> first =
                asAdmin().get(list).then().statusCode(200).extract();
        assertThat(first.<List<String>>path("items.id")).isEqualTo(ids.subList(0, 2));
        asAdmin().delete(credentials(domain) + "/" + ids.get(1)).then().statusCode(204);
        ids.add(newCredential(domain, "a").getString("id"));
        ExtractableResponse<Response> second = asAdmin()
                .get(list + "&cursor=" + first.path("nextCursor"))
                .then()
                .statusCode(200)
                .extract();
        assertThat(second.<List<String>>path("items.id")).isEqualTo(ids.subList(2, 4));
        asAdmin()
                .get(list + "&cursor=" + second.path("nextCursor"))
                .then()
                .body("items.id", equalTo(ids.subList(4, 6)))
                .body("nextCursor", equalTo(null));
        asAdmin().get(list + "&cursor=eyJhIjoxfQ").then().statusCode(400).body("errors[0].field", equalTo("cursor"));
    }

    @Test
    void describesItselfInOpenApi() {
        String path = "paths.'/api/v1/domains/{domain}/submission-credentials'";
        asAdmin()
                .get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body(path + ".post.summary", equalTo("Make a submission credential"))
                .body(path + ".post.responses.'201'.content", hasKey("application/json"))
                .body("components.schemas.NewSubmissionCredential.required", equalTo(List.of("user")))
                .body("components.schemas.SubmissionCredential.properties.secret.examples", hasSize(1));
    }

    private static String credentials(String domain) {
        return DOMAINS + domain + "/submission-credentials";
    }

    private static void setOutbound(String domain, String enabled) {
        asAdmin()
                .body("{\"outbound\":{\"enabled\":" + enabled + "}}")
                .put(DOMAINS + domain)
                .then()
                .statusCode(200);
    }

    private static List<String> ids(String domain, String query) {
        return asAdmin()
                .urlEncodingEnabled(false)
                .get(credentials(domain) + query)
                .then()
                .statusCode(200)
                .extract()
                .path("items.id");
    }
}
