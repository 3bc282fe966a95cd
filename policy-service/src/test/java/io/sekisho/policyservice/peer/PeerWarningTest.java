package io.sekisho.policyservice.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.sekisho.policyservice.PolicyTestSetup;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is stored, and may not do what its author hopes. */
@QuarkusTest
class PeerWarningTest extends PolicyTestSetup {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // The peer                                                                     | others
                //                                        | what is said
                "INBOUND,a.example,MANDATORY                                                    |                                                               |",
                "INBOUND,a.example,MANDATORY,'enabled':false                                    |                                                               | DISABLED",
                "INBOUND,a.example,OPPORTUNISTIC                                                | INBOUND,192.0.2.0/24,MANDATORY                                | STRICTER_PEER_APPLIES_TOO",
                "INBOUND,a.example,MANDATORY                                                    | INBOUND,192.0.2.0/24,MANDATORY                                |",
                "INBOUND,a.example,VERIFIED                                                     | INBOUND,192.0.2.0/24,MANDATORY                                |",
                "INBOUND,a.example,MANDATORY                                                    | INBOUND,192.0.2.0/24,MANDATORY,'minimumVersion':'TLSv1.3'     | STRICTER_PEER_APPLIES_TOO",
                "INBOUND,a.example,VERIFIED                                                     | INBOUND,192.0.2.0/24,VERIFIED,'certificateNames':['b.example'] | STRICTER_PEER_APPLIES_TOO",
                "INBOUND,a.example,VERIFIED                                                     | INBOUND,192.0.2.0/24,VERIFIED,'certificateNames':['a.example'] |",
                "INBOUND,a.example,OPPORTUNISTIC                                                | INBOUND,192.0.2.0/24,MANDATORY,'enabled':false                |",
                "INBOUND,a.example,OPPORTUNISTIC                                                | INBOUND,*.example,MANDATORY                                   |",
                "INBOUND,192.0.2.7,OPPORTUNISTIC                                                | INBOUND,192.0.2.0/24,MANDATORY                                |",
                "INBOUND,192.0.2.7,OPPORTUNISTIC                                                | INBOUND,a.example,MANDATORY                                   | STRICTER_PEER_APPLIES_TOO",
                "INBOUND,192.0.2.7,OPPORTUNISTIC,'override':true                                | INBOUND,a.example,MANDATORY                                   | OVERRIDES_STRICTER_PEER",
                "INBOUND,a.example,MANDATORY                                                    | INBOUND,192.0.2.7,OPPORTUNISTIC,'override':true               | OVERRIDDEN",
                "INBOUND,a.example,OPPORTUNISTIC                                                | INBOUND,192.0.2.7,MANDATORY,'override':true                   |",
                "INBOUND,192.0.2.0/31,MANDATORY                                                 | INBOUND,192.0.2.0,MANDATORY;INBOUND,192.0.2.1,OPPORTUNISTIC   | NEVER_APPLIES",
                "INBOUND,a.example,MANDATORY,'minimumVersion':'TLSv1'                           |                                                               | LEGACY_VERSION_NEEDS_ADDRESS_PEER",
                "INBOUND,a.example,MANDATORY,'minimumVersion':'TLSv1'                           | INBOUND,192.0.2.7,OPPORTUNISTIC,'minimumVersion':'TLSv1'      |",
                "INBOUND,a.example,MANDATORY,'minimumVersion':'TLSv1'                           | INBOUND,192.0.2.7,OPPORTUNISTIC,'minimumVersion':'TLSv1.1'    | STRICTER_PEER_APPLIES_TOO LEGACY_VERSION_NEEDS_ADDRESS_PEER",
                "INBOUND,192.0.2.7,MANDATORY,'minimumVersion':'SSLv3'                           |                                                               | LEGACY_LISTENER_NEEDED",
                "INBOUND,a.example,OPPORTUNISTIC,'minimumVersion':'TLSv1.3'                     |                                                               | MINIMUM_VERSION_WITHOUT_EFFECT",
                "INBOUND,192.0.2.7,OPPORTUNISTIC,'minimumVersion':'TLSv1'                       |                                                               |",
                "OUTBOUND,a.example,NEVER,'minimumVersion':'TLSv1.2'                            |                                                               | MINIMUM_VERSION_WITHOUT_EFFECT",
                "OUTBOUND,a.example,MANDATORY,'onViolation':'DEFER'                             |                                                               | ON_VIOLATION_WITHOUT_EFFECT",
                "INBOUND,a.example,OPPORTUNISTIC,'onViolation':'DEFER'                          |                                                               | ON_VIOLATION_WITHOUT_EFFECT",
                "INBOUND,a.example,MANDATORY,'tlsGiveUpAfter':'PT1H'                            |                                                               | GIVE_UP_WITHOUT_EFFECT",
                "OUTBOUND,a.example,OPPORTUNISTIC,'tlsGiveUpAfter':'PT1H'                       |                                                               | GIVE_UP_WITHOUT_EFFECT",
                "OUTBOUND,a.example,MANDATORY,'tlsGiveUpAfter':'PT1H'                           |                                                               |",
                "OUTBOUND,a.example,MANDATORY,'certificateNames':['mx.example']                 |                                                               | CERTIFICATE_NAMES_WITHOUT_EFFECT",
                "OUTBOUND,a.example,OPPORTUNISTIC                                               | INBOUND,192.0.2.0/24,MANDATORY                                |",
            })
    void saysWhatMayNotDoWhatItsAuthorHopes(String peer, String others, String expected) {
        String domain = newOutboundDomain();
        for (String other : others == null ? new String[0] : others.split(";")) {
            newPeer(domain, body(other));
        }
        List<String> codes = create(domain, peer).extract().path("warnings.code");
        assertThat(codes).isEqualTo(expected == null ? null : List.of(expected.split(" ")));
    }

    @Test
    void namesTheStricterPeers() {
        String domain = newDomain();
        String id = newPeer(domain, body("INBOUND,192.0.2.0/24,MANDATORY,'minimumVersion':'TLSv1.3'"));
        create(domain, "INBOUND,a.example,OPPORTUNISTIC")
                .body("warnings[0].field", equalTo("level"))
                .body("warnings[0].message", containsString("192.0.2.0/24 (" + id + ", MANDATORY TLSv1.3)"))
                .body("warnings[0].message", not(containsString("others")));
        for (int i = 0; i < 3; i++) {
            newPeer(domain, body("INBOUND,198.51.100." + i + ",MANDATORY"));
        }
        create(domain, "INBOUND,b.example,OPPORTUNISTIC").body("warnings[0].message", containsString("and others."));
    }

    @Test
    void warnsInAnswersToWritesAndTakesThemBack() {
        String domain = newDomain();
        String path = DOMAINS + domain + "/tls-peers/";
        var made = create(domain, "INBOUND,a.example,MANDATORY,'enabled':false").extract();
        String id = made.path("id");
        asAdmin().get(path + id).then().statusCode(200).body("warnings", equalTo(null));
        asAdmin()
                .body(made.asString())
                .put(path + id)
                .then()
                .statusCode(200)
                .header("ETag", equalTo(made.header("ETag")))
                .body("warnings.code", equalTo(List.of("DISABLED")));
        asAdmin()
                .body(body("INBOUND,a.example,MANDATORY"))
                .put(path + id)
                .then()
                .statusCode(200)
                .body("warnings", equalTo(null));
        asAdmin().get(DOMAINS + domain + "/audit").then().body("items.after.warnings", not(hasItems(hasSize(1))));
    }

    @Test
    void warnsOfADefaultThatRefusesEveryone() {
        String defaults = DOMAINS + newOutboundDomain() + "/tls-defaults/";
        asAdmin()
                .body("{\"level\":\"MANDATORY\"}")
                .put(defaults + "inbound")
                .then()
                .statusCode(200)
                .body("warnings.code", equalTo(List.of("MANDATORY_FOR_EVERYONE")))
                .body("warnings[0].message", containsString("RFC 3207"));
        asAdmin().get(defaults + "inbound").then().body("warnings", equalTo(null));
        asAdmin()
                .body("{\"level\":\"MANDATORY\"}")
                .put(defaults + "outbound")
                .then()
                .statusCode(200)
                .body("warnings", equalTo(null));
        asAdmin()
                .body("{\"level\":\"OPPORTUNISTIC\",\"tlsGiveUpAfter\":\"PT1H\",\"onViolation\":\"REJECT\"}")
                .put(defaults + "inbound")
                .then()
                .body("warnings.code", equalTo(List.of("ON_VIOLATION_WITHOUT_EFFECT", "GIVE_UP_WITHOUT_EFFECT")));
    }

    @Test
    void looksAtAWholeDomain() {
        String domain = newOutboundDomain();
        String weaker = newPeer(domain, body("INBOUND,a.example,OPPORTUNISTIC"));
        String outbound = newPeer(domain, body("OUTBOUND,a.example,MANDATORY"));
        asAdmin().body("{\"level\":\"MANDATORY\"}").put(DOMAINS + domain + "/tls-defaults/outbound");
        String warnings = DOMAINS + domain + "/warnings";
        asAdmin().get(warnings).then().statusCode(200).body("total", equalTo(0));
        // Another peer and another setting of the domain are what makes these two lose their effect.
        newPeer(domain, body("INBOUND,192.0.2.0/24,MANDATORY"));
        asAdmin().body("{}").put(DOMAINS + domain).then().statusCode(200);
        asAdmin()
                .get(warnings)
                .then()
                .statusCode(200)
                .body("total", equalTo(3))
                .body("items.code", equalTo(List.of("OUTBOUND_INERT", "STRICTER_PEER_APPLIES_TOO", "OUTBOUND_INERT")))
                .body("items.subjectId", equalTo(List.of("outbound", weaker, outbound)));
        asAdmin().get(warnings + "?limit=1").then().body("items", hasSize(1)).body("total", equalTo(3));
        asAdmin().get(DOMAINS + newName() + "/warnings").then().statusCode(404);
        as(newKey("domain-admin", newDomain())).get(warnings).then().statusCode(404);
        as(newKey("auditor", domain)).get(warnings).then().statusCode(200);
    }

    private static ValidatableResponse create(String domain, String peer) {
        return asAdmin()
                .body(body(peer))
                .post(DOMAINS + domain + "/tls-peers")
                .then()
                .statusCode(201);
    }

    /** Direction, peer, level, and more fields as they are in JSON. */
    private static String body(String peer) {
        String[] parts = peer.strip().split(",", 4);
        return "{\"direction\":\"%s\",\"peer\":\"%s\",\"level\":\"%s\"%s}"
                .formatted(parts[0], parts[1], parts[2], parts.length > 3 ? "," + parts[3].replace('\'', '"') : "");
    }
}
