package io.sekisho.policyservice.defaults;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.sekisho.policyservice.PolicyTestSetup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class DefaultResourceTest extends PolicyTestSetup {

    @Test
    void isOpportunisticBeforeItIsSet() {
        asAdmin()
                .get(DOMAINS + newDomain() + "/tls-defaults/inbound")
                .then()
                .statusCode(200)
                .header("ETag", "\"0\"")
                .body("level", equalTo("OPPORTUNISTIC"))
                .body("minimumVersion", equalTo(null));
    }

    @Test
    void keepsWhatWasSet() {
        String path = DOMAINS + newOutboundDomain() + "/tls-defaults/";
        String inbound =
                "{\"level\":\"MANDATORY\",\"minimumVersion\":\"TLSv1.3\",\"onViolation\":\"DEFER\",\"tlsGiveUpAfter\":\"PT2H\"}";
        String tag = asAdmin()
                .header("If-Match", "\"0\"")
                .body(inbound)
                .put(path + "inbound")
                .then()
                .statusCode(200)
                .extract()
                .header("ETag");
        asAdmin()
                .get(path + "inbound")
                .then()
                .header("ETag", tag)
                .body("level", equalTo("MANDATORY"))
                .body("minimumVersion", equalTo("TLSv1.3"))
                .body("onViolation", equalTo("DEFER"))
                .body("tlsGiveUpAfter", equalTo("PT2H"));
        asAdmin().body(inbound).put(path + "inbound").then().statusCode(200).header("ETag", tag);
        asAdmin()
                .header("If-Match", "\"0\"")
                .body(inbound)
                .put(path + "inbound")
                .then()
                .statusCode(412);
        asAdmin().get(path + "outbound").then().body("level", equalTo("OPPORTUNISTIC"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "inbound  | {}                                                        | level | is required",
                "inbound  | {\"level\":\"NEVER\"}                                     | level | is for outbound mail",
                "inbound  | {\"level\":\"VERIFIED\"}                                  | level | no peer is named",
                "inbound  | {\"level\":\"DANE\"}                                      | level | not yet supported",
                "outbound | {\"level\":\"DANE\"}                                      | level | not yet supported",
                "inbound  | {\"level\":\"MANDATORY\",\"minimumVersion\":\"TLSv1.1\"}  | minimumVersion | only a named peer",
                "outbound | {\"level\":\"MANDATORY\",\"minimumVersion\":\"TLSv1\"}    | minimumVersion | only a named peer",
                "outbound | {\"level\":\"MANDATORY\",\"tlsGiveUpAfter\":\"P6D\"}      | tlsGiveUpAfter | P5D",
                "outbound | {\"level\":\"MANDATORY\",\"peer\":\"a.example\"}          | peer  | there is no such field",
                "sideways | {\"level\":\"MANDATORY\"}                                 | direction | inbound, outbound",
            })
    void refusesWhatIsWrongAndNamesIt(String direction, String body, String field, String message) {
        asAdmin()
                .body(body)
                .put(DOMAINS + newOutboundDomain() + "/tls-defaults/" + direction)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo(field))
                .body("errors[0].message", containsString(message));
    }

    @ParameterizedTest
    @CsvSource({"NEVER", "OPPORTUNISTIC", "MANDATORY", "VERIFIED"})
    void takesEveryOutboundLevelThatIsSupported(String level) {
        asAdmin()
                .body("{\"level\":\"" + level + "\"}")
                .put(DOMAINS + newOutboundDomain() + "/tls-defaults/outbound")
                .then()
                .statusCode(200)
                .body("level", equalTo(level));
    }

    @Test
    void takesAnOutboundDefaultOnlyWithOutboundProtectionAndKeepsItWithout() {
        String domain = newDomain();
        String path = DOMAINS + domain + "/tls-defaults/outbound";
        String body = "{\"level\":\"MANDATORY\"}";
        asAdmin().body(body).put(path).then().statusCode(409).body("detail", containsString("not enabled"));
        asAdmin()
                .body("{\"outbound\":{\"enabled\":true}}")
                .put(DOMAINS + domain)
                .then()
                .statusCode(200);
        asAdmin().body(body).put(path).then().statusCode(200);
        asAdmin().body("{}").put(DOMAINS + domain).then().statusCode(200);
        asAdmin().body(body).put(path).then().statusCode(409);
        asAdmin().get(path).then().statusCode(200).body("level", equalTo("MANDATORY"));
    }

    @Test
    void givesEachRoleItsCalls() {
        String domain = newDomain();
        String path = DOMAINS + domain + "/tls-defaults/inbound";
        String body = "{\"level\":\"MANDATORY\"}";
        as(newKey("domain-admin", domain)).body(body).put(path).then().statusCode(200);
        as(newKey("domain-admin", newName())).body(body).put(path).then().statusCode(404);
        as(newKey("domain-admin", newName())).get(path).then().statusCode(404);
        as(newKey("auditor")).get(path).then().statusCode(200);
        as(newKey("auditor")).body(body).put(path).then().statusCode(403);
        asService().get(path).then().statusCode(403);
        asAdmin()
                .body(body)
                .put(DOMAINS + newName() + "/tls-defaults/inbound")
                .then()
                .statusCode(404);
    }
}
