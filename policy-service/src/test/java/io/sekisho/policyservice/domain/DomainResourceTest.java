package io.sekisho.policyservice.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.junit.QuarkusTest;
import io.sekisho.policyservice.PolicyTestSetup;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class DomainResourceTest extends PolicyTestSetup {
    private static final String FULL = """
            {"description":"The customer","nextHops":[{"host":"mail.example.com","port":2526,"preference":5},{"host":"2001:db8::1"}],
             "nextHopTls":{"level":"MANDATORY","minimumVersion":"TLSv1.3"},
             "outbound":{"enabled":true,"relaySources":["192.0.2.25","198.51.100.0/24","2001:db8::/48"],
                         "relayTls":{"level":"MANDATORY"},"foreignSenders":true}}""";

    @Test
    void createsAndShowsADomain() {
        String name = newName();
        asAdmin()
                .body(FULL)
                .put(DOMAINS + name)
                .then()
                .statusCode(201)
                .header("Location", endsWith("/api/v1/domains/" + name))
                .body("domain", equalTo(name));
        asAdmin()
                .get(DOMAINS + name)
                .then()
                .statusCode(200)
                .body("description", equalTo("The customer"))
                .body("nextHops[0].host", equalTo("mail.example.com"))
                .body("nextHops[0].port", equalTo(2526))
                .body("nextHops[1].host", equalTo("2001:db8::1"))
                .body("nextHops[1].port", equalTo(25))
                .body("nextHops[1].preference", equalTo(10))
                .body("nextHopTls.level", equalTo("MANDATORY"))
                .body("nextHopTls.minimumVersion", equalTo("TLSv1.3"))
                .body("outbound.enabled", is(true))
                .body("outbound.relaySources", equalTo(List.of("192.0.2.25", "198.51.100.0/24", "2001:db8::/48")))
                .body("outbound.relayTls.level", equalTo("MANDATORY"))
                .body("outbound.foreignSenders", is(true));
    }

    @Test
    void fillsInTheDefaults() {
        asAdmin()
                .get(DOMAINS + newDomain())
                .then()
                .statusCode(200)
                .body("nextHops", hasSize(0))
                .body("nextHopTls.level", equalTo("OPPORTUNISTIC"))
                .body("outbound.enabled", is(false))
                .body("outbound.relaySources", hasSize(0))
                .body("outbound.foreignSenders", is(false));
    }

    @Test
    void takesItsOwnAnswerBackWithoutAChange() {
        String name = newDomain(FULL);
        var answer = asAdmin().get(DOMAINS + name).then().extract();
        asAdmin()
                .body(answer.asString())
                .put(DOMAINS + name)
                .then()
                .statusCode(200)
                .header("ETag", answer.header("ETag"));
    }

    @Test
    void comparesNamesInTheirOneSpelling() {
        String label = newName().replace(".example", "");
        asAdmin()
                .body("{\"domain\":\"BÜCHER." + label + ".Example.\"}")
                .put(DOMAINS + "bücher." + label + ".example")
                .then()
                .statusCode(201)
                .body("domain", equalTo("xn--bcher-kva." + label + ".example"));
        asAdmin().get(DOMAINS + "XN--BCHER-KVA." + label + ".EXAMPLE.").then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"domain\":\"other.example\"}                                    | domain | cannot be renamed",
                "{\"nextHops\":[{\"port\":25}]}                                    | nextHops[0].host | host name or an IP address",
                "{\"nextHops\":[{\"host\":\"[192.0.2.1]\"}]}                       | nextHops[0].host | without brackets",
                "{\"nextHops\":[{\"host\":\"a.example\",\"port\":0}]}              | nextHops[0].port | 1 to 65535",
                "{\"nextHops\":[{\"host\":\"a.example\",\"port\":65536}]}          | nextHops[0].port | 1 to 65535",
                "{\"nextHops\":[{\"host\":\"a.example\",\"preference\":-1}]}       | nextHops[0].preference | 0 to 65535",
                "{\"nextHops\":[null]}                                             | nextHops[0] | must be an object",
                "{\"nextHopTls\":{\"level\":\"DANE\"}}                             | nextHopTls.level | not yet supported",
                "{\"nextHopTls\":{\"minimumVersion\":\"TLSv1.3\"}}                 | nextHopTls.level | is required",
                "{\"nextHopTls\":{\"level\":\"MANDATORY\",\"minimumVersion\":\"TLSv1.1\"}} | nextHopTls.minimumVersion | only a named peer",
                "{\"outbound\":{\"relayTls\":{\"level\":\"NEVER\"}}}               | outbound.relayTls.level | elects TLS itself",
                "{\"outbound\":{\"relayTls\":{\"level\":\"VERIFIED\"}}}            | outbound.relayTls.level | no peer is named",
                "{\"outbound\":{\"relayTls\":{\"level\":\"MANDATORY\",\"minimumVersion\":\"TLSv1\"}}} | outbound.relayTls.minimumVersion | only a named peer",
                "{\"outbound\":{\"relaySources\":[\"192.0.2.1\",\"10.0.0.0/23\"]}} | outbound.relaySources[1] | too wide",
                "{\"outbound\":{\"relaySources\":[\"2001:db8::/47\"]}}             | outbound.relaySources[0] | too wide",
                "{\"outbound\":{\"relaySources\":[\"0.0.0.0/0\"]}}                 | outbound.relaySources[0] | too wide",
                "{\"outbound\":{\"relaySources\":[\"::ffff:192.0.2.0/118\"]}}      | outbound.relaySources[0] | did you mean",
                "{\"outbound\":{\"relaySources\":[\"192.0.2.1/24\"]}}              | outbound.relaySources[0] | did you mean '192.0.2.0/24'?",
                "{\"outbound\":{\"relaySources\":[\"server.example\"]}}            | outbound.relaySources[0] | is not an IP address",
                "{\"owner\":\"me\"}                                                | owner | there is no such field",
            })
    void refusesWhatIsWrongAndNamesIt(String body, String field, String message) {
        asAdmin()
                .body(body)
                .put(DOMAINS + newName())
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].field", equalTo(field))
                .body("errors[0].message", containsString(message));
    }

    @Test
    void namesAllThatIsWrongAtOnce() {
        asAdmin()
                .body("{\"nextHops\":[{\"host\":\"-\",\"port\":0}],\"outbound\":{\"relaySources\":[\"10.0.0.0/8\"]}}")
                .put(DOMAINS + newName())
                .then()
                .statusCode(400)
                .body(
                        "errors.field",
                        equalTo(List.of("nextHops[0].port", "nextHops[0].host", "outbound.relaySources[0]")));
    }

    @Test
    void refusesAnEmptyBody() {
        asAdmin()
                .put(DOMAINS + newName())
                .then()
                .statusCode(400)
                .body("errors[0].message", equalTo("must be a JSON object"));
    }

    @Test
    void takesAWideRelaySourceWithinTheOperatorsNetworks() {
        newDomain("{\"outbound\":{\"enabled\":true,\"relaySources\":[\"127.0.0.0/16\",\"fd00:1::/32\"]}}");
        asAdmin()
                .body("{\"outbound\":{\"relaySources\":[\"126.0.0.0/7\"]}}")
                .put(DOMAINS + newName())
                .then()
                .statusCode(400);
    }

    @Test
    void holdsWritesToTheirConditions() {
        String name = newDomain();
        String first = asAdmin().get(DOMAINS + name).header("ETag");
        asAdmin()
                .header("If-None-Match", "*")
                .body("{}")
                .put(DOMAINS + name)
                .then()
                .statusCode(412);
        asAdmin()
                .header("If-Match", first)
                .body("{\"description\":\"second\"}")
                .put(DOMAINS + name)
                .then()
                .statusCode(200);
        asAdmin()
                .header("If-Match", first)
                .body("{\"description\":\"lost update\"}")
                .put(DOMAINS + name)
                .then()
                .statusCode(412)
                .contentType("application/problem+json");
        asAdmin().header("If-Match", first).delete(DOMAINS + name).then().statusCode(412);
        asAdmin().get(DOMAINS + name).then().body("description", equalTo("second"));
        asAdmin()
                .header("If-Match", "*")
                .body("{}")
                .put(DOMAINS + newName())
                .then()
                .statusCode(412);
        asAdmin()
                .header("If-None-Match", "*")
                .body("{}")
                .put(DOMAINS + newName())
                .then()
                .statusCode(201);
    }

    @Test
    void deletesADomainWithAllOfIt() {
        String name = newOutboundDomain();
        String peer = newPeer(name, "{\"direction\":\"INBOUND\",\"peer\":\"a.example\",\"level\":\"MANDATORY\"}");
        String tag = asAdmin().get(DOMAINS + name).header("ETag");
        asAdmin().delete(DOMAINS + name).then().statusCode(204);
        asAdmin().delete(DOMAINS + name).then().statusCode(404);
        asAdmin().get(DOMAINS + name).then().statusCode(404);
        asAdmin().body("{}").put(DOMAINS + name).then().statusCode(201);
        asAdmin().get(DOMAINS + name + "/tls-peers/" + peer).then().statusCode(404);
        assertThat(asAdmin().get(DOMAINS + name).header("ETag")).isNotEqualTo(tag);
    }

    @Test
    void letsOnlyAdminsCreateAndDelete() {
        String name = newName();
        String domainAdmin = newKey("domain-admin", name);
        as(domainAdmin).body("{}").put(DOMAINS + name).then().statusCode(403);
        asAdmin().body("{}").put(DOMAINS + name).then().statusCode(201);
        as(domainAdmin).delete(DOMAINS + name).then().statusCode(403);
        as(newKey("auditor")).body("{}").put(DOMAINS + name).then().statusCode(403);
        asService().get(DOMAINS + name).then().statusCode(403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"nextHops\":[]}                                     | nextHops",
                "{\"nextHops\":[{\"host\":\"evil.example\"}]}          | nextHops",
                "{\"outbound\":{\"relaySources\":[\"203.0.113.1\"]}}   | outbound.relaySources",
                "{\"outbound\":{\"relaySources\":[]}}                  | outbound.relaySources",
            })
    void letsOnlyAdminsSetNextHopsAndRelaySources(String body, String field) {
        String name = newDomain(FULL);
        as(newKey("domain-admin", name))
                .body(body)
                .put(DOMAINS + name)
                .then()
                .statusCode(403)
                .body("errors[0].field", equalTo(field));
    }

    @Test
    void letsADomainAdminSetTheRest() {
        String name = newDomain(FULL);
        as(newKey("domain-admin", name))
                .body(
                        "{\"description\":\"mine\",\"nextHopTls\":{\"level\":\"OPPORTUNISTIC\"},\"outbound\":{\"enabled\":false}}")
                .put(DOMAINS + name)
                .then()
                .statusCode(200)
                .body("description", equalTo("mine"))
                .body("nextHopTls.level", equalTo("OPPORTUNISTIC"))
                .body("outbound.enabled", is(false))
                .body("outbound.relaySources", hasSize(3))
                .body("nextHops", hasSize(2));
    }

    @Test
    void hidesDomainsOutsideOfOnesOwn() {
        String own = newDomain();
        String other = newDomain();
        String key = newKey("domain-admin", own);
        as(key).get(DOMAINS + own).then().statusCode(200);
        String missing = as(key).get(DOMAINS + newName())
                .then()
                .statusCode(404)
                .extract()
                .path("title");
        as(key).get(DOMAINS + other).then().statusCode(404).body("title", equalTo(missing));
        as(key).body("{}").put(DOMAINS + other).then().statusCode(404);
        as(key).get("/api/v1/domains").then().body("items.domain", equalTo(List.of(own)));
        as(newKey("auditor", other)).get("/api/v1/domains").then().body("items.domain", equalTo(List.of(other)));
        as(newKey("auditor")).get("/api/v1/domains?limit=500").then().body("items.domain", hasItem(other));
    }

    @Test
    void pagesWithoutRepeatingOrSkipping() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            names.add(newDomain());
        }
        names.sort(null);
        String key = newKey("auditor", names.toArray(String[]::new));
        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            var page = as(key).get("/api/v1/domains?limit=2" + (cursor == null ? "" : "&cursor=" + cursor))
                    .then()
                    .statusCode(200)
                    .extract();
            seen.addAll(page.path("items.domain"));
            cursor = page.path("nextCursor");
        } while (cursor != null);
        assertThat(seen).isEqualTo(names);
        as(key).get("/api/v1/domains?cursor=eyJhIjoxfQ")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("cursor"));
    }

    @Test
    void refusesTextThatCannotBeStored() {
        asAdmin()
                .body("{\"description\":\"a\\ud800\"}")
                .put(DOMAINS + newName())
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("description"));
        asAdmin().urlEncodingEnabled(false).get(DOMAINS + "a%00.example").then().statusCode(400);
        String cursor = java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"n\":1,\"id\":\"\\u0000\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        asAdmin()
                .get(DOMAINS + newDomain() + "/tls-peers?cursor=" + cursor)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("cursor"));
    }

    @Test
    void describesItselfInOpenApi() {
        asAdmin()
                .get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body("paths.'/api/v1/domains/{domain}'.put.summary", containsString("Create or replace"))
                .body("components.schemas.Domain.properties.nextHops.type", equalTo("array"))
                .body("components.schemas.TlsVersion.enum", everyItem(containsString("v")))
                .body("security[0]", equalTo(java.util.Map.of("apiKey", List.of())));
    }
}
