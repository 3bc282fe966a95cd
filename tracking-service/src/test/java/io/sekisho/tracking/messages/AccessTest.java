package io.sekisho.tracking.messages;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.sekisho.mail.access.Role;
import io.sekisho.mail.address.DomainName;
import io.sekisho.tracking.SampleMail;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who sees what. */
@QuarkusTest
class AccessTest extends RestTest {
    private final DomainName a = SampleMail.newDomain();
    private final DomainName b = SampleMail.newDomain();
    private final SampleMail ofA = SampleMail.inbound(SampleMail.now(), a).subject("of " + a + b);
    private final SampleMail ofB = SampleMail.inbound(SampleMail.now(), b).subject("of " + a + b);
    private final String both = MESSAGES + "?subject=of " + a + b;

    @BeforeEach
    void tell() {
        stored(ofA.queued(), ofB.queued());
    }

    @Test
    void asksForAKey() {
        RestAssured.get(both).then().statusCode(401).contentType("application/problem+json");
        RestAssured.get(MESSAGES + "/" + ofA.id()).then().statusCode(401);
    }

    @Test
    void forbidsTheRoleOfServices() {
        as(Role.SERVICE).get(both).then().statusCode(403).contentType("application/problem+json");
        as(Role.SERVICE).get(MESSAGES + "/" + ofA.id()).then().statusCode(403);
    }

    @Test
    void showsAnAdminEverything() {
        as(Role.ADMIN).get(both).then().body("items.domain", containsInAnyOrder(a.ascii(), b.ascii()));
    }

    @Test
    void showsAnAuditorOfAllEverything() {
        as(Role.AUDITOR).get(both).then().body("items.domain", containsInAnyOrder(a.ascii(), b.ascii()));
    }

    @Test
    void showsAnAuditorOfADomainThatDomain() {
        as(Role.AUDITOR, a).get(both).then().body("items.domain", contains(a.ascii()));
    }

    @Test
    void showsADomainAdminItsDomains() {
        as(Role.DOMAIN_ADMIN, a).get(both).then().body("items.domain", contains(a.ascii()));
        as(Role.DOMAIN_ADMIN, a, b).get(both).then().body("items.domain", containsInAnyOrder(a.ascii(), b.ascii()));
        as(Role.DOMAIN_ADMIN).get(both).then().statusCode(200).body("items", empty());
    }

    @Test
    void showsNothingOfADomainOutsideOnesOwn() {
        as(Role.DOMAIN_ADMIN, a)
                .get(MESSAGES + "?domain=" + b)
                .then()
                .statusCode(200)
                .body("items", empty());
        as(Role.DOMAIN_ADMIN, a).get(MESSAGES + "?domain=*").then().body("items.domain", contains(a.ascii()));
        as(Role.DOMAIN_ADMIN, a).get(MESSAGES + "/" + ofB.id()).then().statusCode(404);
        as(Role.DOMAIN_ADMIN, a).get(MESSAGES + "/" + ofA.id()).then().statusCode(200);
    }
}
