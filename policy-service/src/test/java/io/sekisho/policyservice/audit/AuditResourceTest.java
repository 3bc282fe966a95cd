package io.sekisho.policyservice.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.sekisho.policyservice.PolicyTestSetup;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AuditResourceTest extends PolicyTestSetup {

    @Test
    void tellsWhoChangedWhatWhenBeforeAndAfter() {
        String domain = newOutboundDomain();
        String peer = newPeer(domain, "{\"direction\":\"INBOUND\",\"peer\":\"a.example\",\"level\":\"MANDATORY\"}");
        String owner = newKey("domain-admin", domain);
        as(owner)
                .body("{\"direction\":\"INBOUND\",\"peer\":\"a.example\",\"level\":\"OPPORTUNISTIC\"}")
                .put(DOMAINS + domain + "/tls-peers/" + peer)
                .then()
                .statusCode(200);
        asAdmin()
                .body("{\"level\":\"MANDATORY\"}")
                .put(DOMAINS + domain + "/tls-defaults/outbound")
                .then()
                .statusCode(200);
        asAdmin().delete(DOMAINS + domain + "/tls-peers/" + peer).then().statusCode(204);
        JsonPath audit = as(owner)
                .get(DOMAINS + domain + "/audit")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(audit.getList("items.action"))
                .containsExactly("DELETED", "CREATED", "CHANGED", "CREATED", "CREATED");
        assertThat(audit.getList("items.subject"))
                .containsExactly("TLS_PEER", "TLS_DEFAULT", "TLS_PEER", "TLS_PEER", "DOMAIN");
        assertThat(audit.getList("items.subjectId")).containsExactly(peer, "outbound", peer, peer, domain);
        assertThat(audit.getString("items[0].who")).isEqualTo("bootstrap-admin");
        assertThat(audit.getString("items[2].who")).startsWith("key-");
        assertThat(audit.getString("items[2].before.level")).isEqualTo("MANDATORY");
        assertThat(audit.getString("items[2].after.level")).isEqualTo("OPPORTUNISTIC");
        assertThat(audit.getMap("items[0]")).containsKey("before").doesNotContainKey("after");
        assertThat(audit.getMap("items[4]")).containsKey("after").doesNotContainKey("before");
        assertThat(audit.getString("items[0].at")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    }

    @Test
    void recordsNothingWhereNothingChanged() {
        String domain = newDomain();
        asAdmin().body("{}").put(DOMAINS + domain).then().statusCode(200);
        asAdmin().body("{\"description\":7}").put(DOMAINS + domain).then().statusCode(400);
        asAdmin()
                .header("If-Match", "\"1\"")
                .body("{\"description\":\"x\"}")
                .put(DOMAINS + domain)
                .then()
                .statusCode(412);
        asAdmin().get(DOMAINS + domain + "/audit").then().body("items", hasSize(1));
    }

    @Test
    void outlivesTheDomain() {
        String domain = newDomain();
        asAdmin().delete(DOMAINS + domain).then().statusCode(204);
        asAdmin()
                .get(DOMAINS + domain + "/audit")
                .then()
                .statusCode(200)
                .body("items.action", contains("DELETED", "CREATED"))
                .body("items[0].at", matchesPattern(".*Z"));
    }

    @Test
    void pagesFromNewestToOldest() {
        String domain = newDomain();
        for (int i = 1; i < 5; i++) {
            asAdmin()
                    .body("{\"description\":\"" + i + "\"}")
                    .put(DOMAINS + domain)
                    .then()
                    .statusCode(200);
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonPath page = asAdmin()
                    .get(DOMAINS + domain + "/audit?limit=2" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            seen.addAll(page.getList("items.after.description"));
            cursor = page.getString("nextCursor");
        }
        assertThat(seen).containsExactly("4", "3", "2", "1", "");
    }

    @Test
    void staysWithinTheCallersDomains() {
        String domain = newDomain();
        as(newKey("domain-admin", newName()))
                .get(DOMAINS + domain + "/audit")
                .then()
                .statusCode(404);
        as(newKey("auditor", domain)).get(DOMAINS + domain + "/audit").then().statusCode(200);
        asService().get(DOMAINS + domain + "/audit").then().statusCode(403);
        asAdmin().get(DOMAINS + newName() + "/audit").then().statusCode(404).body("status", equalTo(404));
    }
}
