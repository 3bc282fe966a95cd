package io.sekisho.policyservice.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.sekisho.policyservice.PolicyTestSetup;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class DecisionResourceTest extends PolicyTestSetup {
    private static final String DECISIONS = "/api/v1/decisions";

    @Test
    void joinsTheRulesOfAddressAndDomain() {
        String domain = newDomain();
        String address = newPeer(domain, peer("192.0.2.0/24", "MANDATORY", ",\"minimumVersion\":\"TLSv1.3\""));
        String wide = newPeer(domain, peer("192.0.0.0/16", "OPPORTUNISTIC", ""));
        String exact = newPeer(domain, peer("partner.example", "VERIFIED", ""));
        String other = newPeer(domain, peer("other.example", "MANDATORY", ""));
        JsonPath answer = ask(inbound(domain, "192.0.2.1", "alice@Partner.Example", ""));
        assertThat(answer.getString("desired.level")).isEqualTo("VERIFIED");
        assertThat(answer.getString("desired.minimumVersion")).isEqualTo("TLSv1.3");
        assertThat(answer.<String>getList("matched.id")).containsExactlyInAnyOrder(address, exact);
        assertThat(answer.<String>getList("matched.kind")).containsExactlyInAnyOrder("ADDRESS", "DOMAIN");
        assertThat(answer.getString("matched.find { it.id == '" + address + "' }.level"))
                .isEqualTo("MANDATORY");
        assertThat(answer.getString("matched.find { it.id == '" + address + "' }.why"))
                .contains("192.0.2.1");
        assertThat(answer.getString("revision")).matches("[0-9a-z]{12}:\\d+");
        assertThat(why(answer, wide)).contains("longer prefix");
        assertThat(why(answer, other)).contains("is not the sender's domain, partner.example");
        assertThat(answer.getMap("")).doesNotContainKeys("verdict", "reply");
    }

    @Test
    void letsAnOverridingAddressRuleDecideAlone() {
        String domain = newDomain();
        String address = newPeer(domain, peer("192.0.2.1", "OPPORTUNISTIC", ",\"override\":true"));
        String exact = newPeer(domain, peer("partner.example", "MANDATORY", ""));
        JsonPath answer = ask(inbound(domain, "192.0.2.1", "alice@partner.example", ""));
        assertThat(answer.getString("desired.level")).isEqualTo("OPPORTUNISTIC");
        assertThat(answer.<String>getList("matched.id")).containsExactly(address);
        assertThat(why(answer, exact)).contains(address).contains("override");
    }

    @Test
    void tellsWhyEachOtherRuleHadNoSay() {
        String domain = newOutboundDomain();
        asAdmin()
                .body("{\"level\":\"MANDATORY\"}")
                .put(DOMAINS + domain + "/tls-defaults/inbound")
                .then()
                .statusCode(200);
        String disabled = newPeer(domain, peer("192.0.2.1", "MANDATORY", ",\"enabled\":false"));
        String apex = newPeer(domain, peer("*.partner.example", "MANDATORY", ""));
        String exact = newPeer(domain, peer("partner.example", "OPPORTUNISTIC", ""));
        newPeer(domain, "{\"direction\":\"OUTBOUND\",\"peer\":\"a.example\",\"level\":\"MANDATORY\"}");
        JsonPath answer = ask(inbound(domain, "192.0.2.1", "alice@partner.example", ""));
        assertThat(answer.<String>getList("matched.id")).containsExactly(exact);
        assertThat(why(answer, disabled)).isEqualTo("is disabled");
        assertThat(why(answer, apex)).contains("does not hold its apex");
        assertThat(why(answer, "default:inbound:" + domain)).contains("the default does not apply");
        assertThat(answer.getList("notMatched")).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"''", "<>", "alice@[192.0.2.1]"})
    void knowsSendersWithoutADomain(String sender) {
        String domain = newDomain();
        String rule = newPeer(domain, peer("partner.example", "MANDATORY", ""));
        JsonPath answer = ask(inbound(domain, "192.0.2.1", sender, ""));
        assertThat(answer.<String>getList("matched.id")).containsExactly("default:inbound");
        assertThat(answer.getString("matched[0].kind")).isEqualTo("DEFAULT");
        assertThat(why(answer, rule)).contains("null sender");
    }

    @ParameterizedTest
    @CsvSource({
        "NONE,    UNMET, 550, 5.7.10",
        "TLSv1,   UNMET, 550, 5.7.10",
        "TLSv1.2, MET,   250, 2.1.5",
        "TLSv1.3, MET,   250, 2.1.5"
    })
    void judgesASession(String version, String verdict, int code, String status) {
        String domain = newDomain();
        String rule = newPeer(domain, peer("partner.example", "MANDATORY", ""));
        JsonPath answer = ask(
                inbound(domain, "192.0.2.1", "a@partner.example", ",\"session\":{\"tlsVersion\":\"" + version + "\"}"));
        assertThat(answer.getString("verdict")).isEqualTo(verdict);
        assertThat(answer.getInt("reply.code")).isEqualTo(code);
        assertThat(answer.getString("reply.enhancedStatus")).isEqualTo(status);
        if (code == 550) {
            assertThat(answer.getString("reply.text")).contains("TLS required").contains(rule);
            assertThat(answer.getString("explanation")).isNotBlank();
        }
    }

    @Test
    void defersWhereTheRuleSaysSo() {
        String domain = newDomain();
        newPeer(domain, peer("partner.example", "MANDATORY", ",\"onViolation\":\"DEFER\""));
        JsonPath answer = ask(inbound(domain, "192.0.2.1", "a@partner.example", ",\"session\":{}"));
        assertThat(answer.getInt("reply.code")).isEqualTo(450);
        assertThat(answer.getString("reply.enhancedStatus")).isEqualTo("4.7.10");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"tlsVersion\":\"TLSv1.3\"}                                                                                   | UNMET",
                "{\"tlsVersion\":\"TLSv1.3\",\"certificate\":{\"trusted\":false,\"names\":[\"partner.example\"]}}               | UNMET",
                "{\"tlsVersion\":\"TLSv1.3\",\"certificate\":{\"trusted\":true,\"names\":[\"evil.example\"]}}                   | UNMET",
                "{\"tlsVersion\":\"TLSv1.3\",\"certificate\":{\"trusted\":true,\"names\":[\"a.example\",\"Partner.example\"]}}  | MET",
            })
    void judgesAnAssumedCertificate(String session, String verdict) {
        String domain = newDomain();
        newPeer(domain, peer("partner.example", "VERIFIED", ""));
        JsonPath answer = ask(inbound(domain, "192.0.2.1", "a@partner.example", ",\"session\":" + session));
        assertThat(answer.getString("verdict")).isEqualTo(verdict);
    }

    @Test
    void asksOutboundRulesByTheRecipientsDomain() {
        String domain = newOutboundDomain();
        String rule =
                newPeer(domain, "{\"direction\":\"OUTBOUND\",\"peer\":\"*.partner.example\",\"level\":\"MANDATORY\"}");
        String question = outbound(domain, "bob@mail.partner.example", ",\"session\":{\"tlsVersion\":\"NONE\"}");
        JsonPath answer = ask(question);
        assertThat(answer.<String>getList("matched.id")).containsExactly(rule);
        assertThat(answer.getString("verdict")).isEqualTo("UNMET");
        assertThat(answer.getMap("")).doesNotContainKey("reply");
        asAdmin()
                .body("{\"outbound\":{\"enabled\":false}}")
                .put(DOMAINS + domain)
                .then()
                .statusCode(200);
        JsonPath inert = ask(question);
        assertThat(inert.<String>getList("matched.id")).containsExactly("default:outbound");
        assertThat(why(inert, rule)).contains("inert");
    }

    @Test
    void joinsTheNextHopRequirementOfARecipientsDomainThatIsManagedToo() {
        String recipient = newDomain("{\"nextHopTls\":{\"level\":\"MANDATORY\"}}");
        JsonPath answer = ask(outbound(newOutboundDomain(), "bob@" + recipient, ""));
        assertThat(answer.getString("desired.level")).isEqualTo("MANDATORY");
        assertThat(answer.<String>getList("matched.id")).containsExactly("default:outbound", "nextHopTls:" + recipient);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                                             | direction | is required",
                "{\"direction\":\"INBOUND\",\"clientAddress\":\"192.0.2.1\"}                    | managedDomain | is required",
                "{\"direction\":\"INBOUND\",\"managedDomain\":\"a.example\"}                    | clientAddress | is required",
                "{\"direction\":\"OUTBOUND\",\"managedDomain\":\"a.example\"}                   | recipient | is required",
                "{\"direction\":\"INBOUND\",\"managedDomain\":\"a.example\",\"clientAddress\":\"192.0.2.0/24\"} | clientAddress | is not an IP address",
                "{\"direction\":\"INBOUND\",\"managedDomain\":\"a.example\",\"clientAddress\":\"192.0.2.1\",\"sender\":\"a@b c\"} | sender | has no domain",
                "{\"direction\":\"INBOUND\",\"managedDomain\":\"a.example\",\"clientAddress\":\"192.0.2.1\",\"recipient\":\"b@b.example\"} | recipient | not in the managed domain",
                "{\"direction\":\"INBOUND\",\"managedDomain\":\"a.example\",\"clientAddress\":\"192.0.2.1\",\"session\":{\"tlsVersion\":\"TLSv9\"}} | session.tlsVersion | NONE, SSLv3",
            })
    void refusesWhatIsWrongAndNamesIt(String body, String field, String message) {
        asAdmin()
                .body(body)
                .post(DECISIONS)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo(field))
                .body("errors[0].message", containsString(message));
    }

    @Test
    void staysWithinTheCallersDomains() {
        String domain = newDomain();
        String question = inbound(domain, "192.0.2.1", "a@partner.example", "");
        as(newKey("domain-admin", domain)).body(question).post(DECISIONS).then().statusCode(200);
        as(newKey("auditor")).body(question).post(DECISIONS).then().statusCode(200);
        as(newKey("domain-admin", newName()))
                .body(question)
                .post(DECISIONS)
                .then()
                .statusCode(404);
        asService().body(question).post(DECISIONS).then().statusCode(403);
        asAdmin()
                .body(inbound(newName(), "192.0.2.1", "", ""))
                .post(DECISIONS)
                .then()
                .statusCode(404);
    }

    @Test
    void boundsWhatItTells() {
        String domain = newDomain();
        for (int i = 0; i < 51; i++) {
            newPeer(domain, peer("p" + i + ".example", "MANDATORY", ""));
        }
        asAdmin()
                .body(inbound(domain, "192.0.2.1", "", ""))
                .post(DECISIONS)
                .then()
                .statusCode(200)
                .body("notMatched", hasSize(50))
                .body("$", not(hasKey("verdict")));
    }

    private static JsonPath ask(String question) {
        return asAdmin()
                .body(question)
                .post(DECISIONS)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static String why(JsonPath answer, String id) {
        List<Map<String, String>> rules = answer.getList("notMatched");
        return rules.stream()
                .filter(rule -> rule.get("id").equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError(id + " is not in " + rules))
                .get("why");
    }

    private static String peer(String peer, String level, String more) {
        String names =
                level.equals("VERIFIED") && peer.matches("[0-9./]+") ? ",\"certificateNames\":[\"a.example\"]" : "";
        return "{\"direction\":\"INBOUND\",\"peer\":\"" + peer + "\",\"level\":\"" + level + "\"" + names + more + "}";
    }

    private static String inbound(String domain, String client, String sender, String more) {
        return "{\"direction\":\"INBOUND\",\"managedDomain\":\"" + domain + "\",\"clientAddress\":\"" + client
                + "\",\"sender\":\"" + sender + "\",\"recipient\":\"bob@" + domain + "\"" + more + "}";
    }

    private static String outbound(String domain, String recipient, String more) {
        return "{\"direction\":\"OUTBOUND\",\"managedDomain\":\"" + domain + "\",\"sender\":\"alice@" + domain
                + "\",\"recipient\":\"" + recipient + "\"" + more + "}";
    }
}
