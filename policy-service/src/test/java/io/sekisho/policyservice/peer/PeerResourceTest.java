package io.sekisho.policyservice.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import io.sekisho.policyservice.PolicyTestSetup;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class PeerResourceTest extends PolicyTestSetup {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"direction\":\"INBOUND\",\"peer\":\"Partner.Example.\",\"level\":\"VERIFIED\"}           | partner.example",
                "{\"direction\":\"INBOUND\",\"peer\":\"*.BÜCHER.example\",\"level\":\"MANDATORY\"}          | *.xn--bcher-kva.example",
                "{\"direction\":\"INBOUND\",\"peer\":\"::ffff:192.0.2.7\",\"level\":\"OPPORTUNISTIC\"}      | 192.0.2.7",
                "{\"direction\":\"INBOUND\",\"peer\":\"10.0.0.0/8\",\"level\":\"MANDATORY\"}                | 10.0.0.0/8",
                "{\"direction\":\"INBOUND\",\"peer\":\"2001:DB8:0:0::/48\",\"level\":\"MANDATORY\"}         | 2001:db8::/48",
                "{\"direction\":\"OUTBOUND\",\"peer\":\"partner.example\",\"level\":\"NEVER\"}              | partner.example",
                "{\"direction\":\"OUTBOUND\",\"peer\":\"partner.example\",\"level\":\"VERIFIED\"}           | partner.example",
                "{\"direction\":\"INBOUND\",\"peer\":\"a.example\",\"level\":\"MANDATORY\",\"minimumVersion\":\"SSLv3\"}     | a.example",
                "{\"direction\":\"INBOUND\",\"peer\":\"*.a.example\",\"level\":\"MANDATORY\",\"minimumVersion\":\"TLSv1\"}   | *.a.example",
                "{\"direction\":\"INBOUND\",\"peer\":\"192.0.2.0/24\",\"level\":\"MANDATORY\",\"minimumVersion\":\"TLSv1\"}  | 192.0.2.0/24",
                "{\"direction\":\"INBOUND\",\"peer\":\"2001:db8::/48\",\"level\":\"MANDATORY\",\"minimumVersion\":\"TLSv1.1\"} | 2001:db8::/48",
                "{\"direction\":\"INBOUND\",\"peer\":\"10.0.0.0/8\",\"level\":\"MANDATORY\",\"minimumVersion\":\"TLSv1.2\"}  | 10.0.0.0/8",
                "{\"direction\":\"INBOUND\",\"peer\":\"192.0.2.1\",\"level\":\"MANDATORY\",\"override\":true}              | 192.0.2.1",
                "{\"direction\":\"INBOUND\",\"peer\":\"192.0.2.1\",\"level\":\"VERIFIED\",\"certificateNames\":[\"*.A.example\"]} | 192.0.2.1",
                "{\"direction\":\"OUTBOUND\",\"peer\":\"a.example\",\"level\":\"MANDATORY\",\"tlsGiveUpAfter\":\"PT0S\"}     | a.example",
                "{\"direction\":\"OUTBOUND\",\"peer\":\"a.example\",\"level\":\"MANDATORY\",\"tlsGiveUpAfter\":\"P5D\"}      | a.example",
            })
    void takesAPeerInAnySpellingAndShowsTheOneItIsStoredIn(String body, String shown) {
        String domain = newOutboundDomain();
        asAdmin()
                .body(body)
                .post(DOMAINS + domain + "/tls-peers")
                .then()
                .statusCode(201)
                .body("peer", equalTo(shown))
                .body("enabled", is(true))
                .body("id", matchesPattern("tp-[a-z2-9]{12}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"peer\":\"a.example\",\"level\":\"MANDATORY\"}                        | direction | is required",
                "{\"direction\":\"INBOUND\",\"level\":\"MANDATORY\"}                     | peer      | is required",
                "{\"direction\":\"INBOUND\",\"peer\":\"a.example\"}                      | level     | is required",
                "{\"direction\":\"UP\",\"peer\":\"a.example\",\"level\":\"MANDATORY\"}   | direction | INBOUND, OUTBOUND",
                "{\"direction\":\"INBOUND\",\"peer\":\"a b\",\"level\":\"MANDATORY\"}    | peer      | is not a domain name",
                "{\"direction\":\"INBOUND\",\"peer\":\"a.*.example\",\"level\":\"MANDATORY\"} | peer | is not a domain name",
                "{\"direction\":\"INBOUND\",\"peer\":\"10.0.0.1/8\",\"level\":\"MANDATORY\"}  | peer | did you mean '10.0.0.0/8'?",
                "{\"direction\":\"INBOUND\",\"peer\":\"10.0.0.0/33\",\"level\":\"MANDATORY\"} | peer | 0 to 32",
                "{\"direction\":\"OUTBOUND\",\"peer\":\"192.0.2.1\",\"level\":\"MANDATORY\"}  | peer | not an address",
                "{\"direction\":\"OUTBOUND\",\"peer\":\"192.0.2.0/24\",\"level\":\"MANDATORY\"} | peer | not an address",
                "{\"direction\":\"INBOUND\",\"peer\":\"a.example\",\"level\":\"NEVER\"}       | level | is for outbound mail",
                "{\"direction\":\"INBOUND\",\"peer\":\"a.example\",\"level\":\"DANE\"}        | level | not yet supported",
                "{\"direction\":\"OUTBOUND\",\"peer\":\"a.example\",\"level\":\"DANE\"}       | level | not yet supported",
                "{\"direction\":\"INBOUND\",\"peer\":\"a.example\",\"level\":\"MANDATORY\",\"override\":true}  | override | INBOUND peer that is an address",
                "{\"direction\":\"OUTBOUND\",\"peer\":\"a.example\",\"level\":\"MANDATORY\",\"override\":true} | override | INBOUND peer that is an address",
                "{\"direction\":\"INBOUND\",\"peer\":\"192.0.2.1\",\"level\":\"VERIFIED\"}    | certificateNames | is required",
                "{\"direction\":\"INBOUND\",\"peer\":\"a.example\",\"level\":\"VERIFIED\",\"certificateNames\":[\"ok.example\",\"-\"]} | certificateNames[1] | host name",
                "{\"direction\":\"INBOUND\",\"peer\":\"192.0.2.0/23\",\"level\":\"MANDATORY\",\"minimumVersion\":\"TLSv1.1\"}  | minimumVersion | /24 (IPv4)",
                "{\"direction\":\"INBOUND\",\"peer\":\"2001:db8::/47\",\"level\":\"MANDATORY\",\"minimumVersion\":\"TLSv1.1\"} | minimumVersion | /48 (IPv6)",
                "{\"direction\":\"OUTBOUND\",\"peer\":\"a.example\",\"level\":\"MANDATORY\",\"minimumVersion\":\"SSLv3\"}      | minimumVersion | inbound mail only",
                "{\"direction\":\"OUTBOUND\",\"peer\":\"a.example\",\"level\":\"MANDATORY\",\"minimumVersion\":\"TLSv1.4\"}    | minimumVersion | TLSv1.3",
                "{\"direction\":\"OUTBOUND\",\"peer\":\"a.example\",\"level\":\"MANDATORY\",\"tlsGiveUpAfter\":\"PT-1S\"}      | tlsGiveUpAfter | PT0S",
                "{\"direction\":\"OUTBOUND\",\"peer\":\"a.example\",\"level\":\"MANDATORY\",\"tlsGiveUpAfter\":\"P5DT1S\"}     | tlsGiveUpAfter | P5D",
                "{\"direction\":\"OUTBOUND\",\"peer\":\"a.example\",\"level\":\"MANDATORY\",\"tlsGiveUpAfter\":\"1h\"}         | tlsGiveUpAfter | ISO-8601",
                "{\"direction\":\"INBOUND\",\"peer\":\"a.example\",\"level\":\"MANDATORY\",\"onViolation\":\"BOUNCE\"}         | onViolation | DEFER, REJECT",
                "{\"direction\":\"INBOUND\",\"peer\":\"a.example\",\"level\":\"MANDATORY\",\"id\":\"mine\"}                    | id | given by the service",
                "{\"direction\":\"INBOUND\",\"peer\":\"a.example\",\"level\":\"MANDATORY\",\"colour\":1}                       | colour | there is no such field",
                "{\"direction\":\"INBOUND\",\"peer\":\"a.example\",\"level\":\"MANDATORY\",\"description\":\"\\u0000\"}       | description | U+0000",
                "{\"direction\":\"INBOUND\",\"peer\":\"a.example\",\"level\":\"MANDATORY\",\"description\":\"\\udc00\"}       | description | surrogate",
            })
    void refusesWhatIsWrongAndNamesIt(String body, String field, String message) {
        asAdmin()
                .body(body)
                .post(DOMAINS + newOutboundDomain() + "/tls-peers")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].field", equalTo(field))
                .body("errors[0].message", containsString(message));
    }

    @ParameterizedTest
    @CsvSource({
        "a.example,         A.Example.",
        "*.bücher.example,  *.xn--bcher-kva.example",
        "192.0.2.1,         192.0.2.1/32",
        "192.0.2.1,         ::ffff:192.0.2.1",
        "2001:db8::/48,     2001:0db8:0000::/48"
    })
    void refusesADuplicateInAnySpelling(String peer, String again) {
        String domain = newDomain();
        String id = newPeer(domain, inbound(peer));
        asAdmin()
                .body(inbound(again))
                .post(DOMAINS + domain + "/tls-peers")
                .then()
                .statusCode(409)
                .body("errors[0].field", equalTo("peer"))
                .body("detail", containsString(id));
        newPeer(newDomain(), inbound(again));
    }

    @Test
    void refusesParametersThatCannotBeStored() {
        String peers = DOMAINS + newDomain() + "/tls-peers";
        asAdmin().urlEncodingEnabled(false).get(peers + "/tp-%00").then().statusCode(400);
        asAdmin()
                .urlEncodingEnabled(false)
                .get(peers + "?q=%00")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("q"));
    }

    @Test
    void refusesToBecomeADuplicate() {
        String domain = newDomain();
        newPeer(domain, inbound("a.example"));
        String id = newPeer(domain, inbound("b.example"));
        asAdmin()
                .body(inbound("a.example"))
                .put(DOMAINS + domain + "/tls-peers/" + id)
                .then()
                .statusCode(409);
        asAdmin()
                .body(inbound("c.example"))
                .put(DOMAINS + domain + "/tls-peers/" + id)
                .then()
                .statusCode(200);
    }

    @Test
    void takesOutboundPeersOnlyWithOutboundProtection() {
        String outbound = "{\"direction\":\"OUTBOUND\",\"peer\":\"a.example\",\"level\":\"MANDATORY\"}";
        String domain = newDomain();
        asAdmin()
                .body(outbound)
                .post(DOMAINS + domain + "/tls-peers")
                .then()
                .statusCode(409)
                .body("detail", containsString("Outbound protection is not enabled"));
        asAdmin()
                .body("{\"outbound\":{\"enabled\":true}}")
                .put(DOMAINS + domain)
                .then()
                .statusCode(200);
        String id = newPeer(domain, outbound);
        asAdmin()
                .body("{\"outbound\":{\"enabled\":false}}")
                .put(DOMAINS + domain)
                .then()
                .statusCode(200);
        asAdmin().get(DOMAINS + domain + "/tls-peers/" + id).then().statusCode(200);
        asAdmin()
                .body(outbound)
                .put(DOMAINS + domain + "/tls-peers/" + id)
                .then()
                .statusCode(409);
        asAdmin().delete(DOMAINS + domain + "/tls-peers/" + id).then().statusCode(204);
    }

    @Test
    void showsReplacesAndDeletesAPeer() {
        String domain = newDomain();
        ExtractableResponse<Response> created = asAdmin()
                .body(
                        "{\"direction\":\"INBOUND\",\"peer\":\"192.0.2.0/24\",\"level\":\"MANDATORY\",\"minimumVersion\":\"TLSv1.3\","
                                + "\"onViolation\":\"DEFER\",\"override\":true,\"description\":\"Partner\"}")
                .post(DOMAINS + domain + "/tls-peers")
                .then()
                .statusCode(201)
                .extract();
        String path = DOMAINS + domain + "/tls-peers/" + created.path("id");
        assertThat(created.header("Location")).endsWith(path);
        asAdmin()
                .get(path)
                .then()
                .statusCode(200)
                .header("ETag", created.header("ETag"))
                .body("", equalTo(created.path("")));
        asAdmin()
                .body(created.asString())
                .header("If-Match", created.header("ETag"))
                .put(path)
                .then()
                .statusCode(200)
                .header("ETag", created.header("ETag"));
        String changed = asAdmin()
                .header("If-Match", created.header("ETag"))
                .body(
                        "{\"direction\":\"INBOUND\",\"peer\":\"192.0.2.0/24\",\"level\":\"OPPORTUNISTIC\",\"enabled\":false}")
                .put(path)
                .then()
                .statusCode(200)
                .body("enabled", is(false))
                .body("override", is(false))
                .body("description", equalTo(""))
                .extract()
                .header("ETag");
        asAdmin().header("If-Match", created.header("ETag")).delete(path).then().statusCode(412);
        asAdmin().header("If-None-Match", changed).get(path).then().statusCode(304);
        asAdmin().header("If-Match", changed).delete(path).then().statusCode(204);
        asAdmin().get(path).then().statusCode(404);
        asAdmin().delete(path).then().statusCode(404);
    }

    @Test
    void keepsThePeersOfDomainsApart() {
        String id = newPeer(newDomain(), inbound("a.example"));
        String other = newDomain();
        asAdmin().get(DOMAINS + other + "/tls-peers/" + id).then().statusCode(404);
        asAdmin()
                .body(inbound("b.example"))
                .put(DOMAINS + other + "/tls-peers/" + id)
                .then()
                .statusCode(404);
        asAdmin().delete(DOMAINS + other + "/tls-peers/" + id).then().statusCode(404);
        asAdmin()
                .body(inbound("b.example"))
                .post(DOMAINS + newName() + "/tls-peers")
                .then()
                .statusCode(404);
        asAdmin().get(DOMAINS + newName() + "/tls-peers").then().statusCode(404);
    }

    @Test
    void givesEachRoleItsCalls() {
        String domain = newDomain();
        String peers = DOMAINS + domain + "/tls-peers";
        String owner = newKey("domain-admin", domain);
        String id = as(owner)
                .body(inbound("a.example"))
                .post(peers)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String stranger = newKey("domain-admin", newDomain());
        as(stranger).get(peers).then().statusCode(404);
        as(stranger).get(peers + "/" + id).then().statusCode(404);
        as(stranger).body(inbound("b.example")).post(peers).then().statusCode(404);
        as(stranger).delete(peers + "/" + id).then().statusCode(404);
        String auditor = newKey("auditor");
        as(auditor).get(peers + "/" + id).then().statusCode(200);
        as(auditor).body(inbound("b.example")).post(peers).then().statusCode(403);
        as(auditor).delete(peers + "/" + id).then().statusCode(403);
        asService().get(peers).then().statusCode(403);
        as(owner).delete(peers + "/" + id).then().statusCode(204);
    }

    @Test
    void filtersTheList() {
        String domain = newOutboundDomain();
        newPeer(domain, inbound("alpha.example"));
        newPeer(domain, inbound("*.Bücher.example"));
        newPeer(
                domain,
                "{\"direction\":\"INBOUND\",\"peer\":\"192.0.2.0/24\",\"level\":\"OPPORTUNISTIC\",\"description\":\"100% ALPHA_net\"}");
        newPeer(domain, "{\"direction\":\"OUTBOUND\",\"peer\":\"alpha.example\",\"level\":\"NEVER\"}");
        assertThat(peers(domain, "?direction=OUTBOUND")).containsExactly("alpha.example");
        assertThat(peers(domain, "?level=MANDATORY")).containsExactly("alpha.example", "*.xn--bcher-kva.example");
        assertThat(peers(domain, "?q=ALPHA")).containsExactly("alpha.example", "192.0.2.0/24", "alpha.example");
        assertThat(peers(domain, "?q=b%C3%BCcher.example")).containsExactly("*.xn--bcher-kva.example");
        assertThat(peers(domain, "?q=192.0")).containsExactly("192.0.2.0/24");
        assertThat(peers(domain, "?q=0%25%20a")).containsExactly("192.0.2.0/24");
        assertThat(peers(domain, "?q=a_e")).isEmpty();
        assertThat(peers(domain, "?q=nothing")).isEmpty();
        assertThat(peers(domain, "?direction=INBOUND&level=OPPORTUNISTIC&q=net"))
                .containsExactly("192.0.2.0/24");
        asAdmin()
                .get(DOMAINS + domain + "/tls-peers?level=SOMETIMES")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("level"));
    }

    @Test
    void pagesStablyWhilePeersComeGoAndChange() {
        String domain = newDomain();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(newPeer(domain, inbound("p" + i + ".example")));
        }
        String list = DOMAINS + domain + "/tls-peers?limit=2";
        ExtractableResponse<Response> first =
                asAdmin().get(list).then().statusCode(200).extract();
        assertThat(first.<List<String>>path("items.id")).containsExactly(ids.get(0), ids.get(1));
        // The last of the page goes, one of the next is renamed to sort first, and a new one comes.
        asAdmin().delete(DOMAINS + domain + "/tls-peers/" + ids.get(1)).then().statusCode(204);
        asAdmin()
                .body(inbound("a.example"))
                .put(DOMAINS + domain + "/tls-peers/" + ids.get(3))
                .then()
                .statusCode(200);
        newPeer(domain, inbound("0.example"));
        ExtractableResponse<Response> second = asAdmin()
                .get(list + "&cursor=" + first.path("nextCursor"))
                .then()
                .statusCode(200)
                .extract();
        assertThat(second.<List<String>>path("items.id")).containsExactly(ids.get(2), ids.get(3));
        asAdmin()
                .get(list + "&cursor=" + second.path("nextCursor"))
                .then()
                .body("items[0].id", equalTo(ids.get(4)))
                .body("items[1].peer", equalTo("0.example"))
                .body("nextCursor", equalTo(null));
    }

    @Test
    void pointsToItself() {
        String domain = newDomain();
        asAdmin()
                .body(inbound("a.example"))
                .post(DOMAINS + domain.toUpperCase(java.util.Locale.ROOT) + "/tls-peers")
                .then()
                .header("Location", containsString("/api/v1/domains/" + domain + "/tls-peers/tp-"));
    }

    private static List<String> peers(String domain, String query) {
        return asAdmin()
                .urlEncodingEnabled(false)
                .get(DOMAINS + domain + "/tls-peers" + query)
                .then()
                .statusCode(200)
                .extract()
                .path("items.peer");
    }

    private static String inbound(String peer) {
        return "{\"direction\":\"INBOUND\",\"peer\":\"" + peer + "\",\"level\":\"MANDATORY\"}";
    }
}
