package io.sekisho.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.sekisho.egress.schedule.Lease;
import io.sekisho.localstack.Piece;
import io.sekisho.mail.access.Role;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.envelope.Envelope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What callers see of the queue. */
@QuarkusTest
class QueueViewTest extends OperatorTestSetup {

    @Test
    void countsWhatWaitsForADestination() {
        waiting("one");
        waiting("two");
        waiting("three");
        waiting("flying", destination, List.of(customer), Optional.of(new Lease("pod-x/1", Duration.ofMinutes(1))));
        get(pool.query("UPDATE schedule SET held_alone = 'OPERATOR' WHERE recipient = 'two@" + destination + "'")
                .execute());
        get(pool.query(
                        "INSERT INTO destination (name, concurrency, failures, suspensions, suspended_until, changed_at, used_at)"
                                + " VALUES ('" + destination + "', 1, 1, 1, '2099-01-01T00:00:00Z', now(), now())")
                .execute());
        admin().get(QUEUE + "?destination=" + destination)
                .then()
                .statusCode(200)
                .body("items.destination", contains(destination.ascii()))
                .body("items[0].waiting", equalTo(2))
                .body("items[0].held", equalTo(1))
                .body("items[0].inFlight", equalTo(1))
                .body("items[0].cancelled", equalTo(0))
                .body("items[0].oldest", equalTo("2026-11-24T07:00:00.000Z"))
                .body("items[0].dueNext", notNullValue())
                .body("items[0].suspendedUntil", equalTo("2099-01-01T00:00:00.000Z"))
                .body("items[0].lastReply.code", equalTo(450))
                .body("items[0].lastReply.enhancedStatus", equalTo("4.2.1"))
                .body("items[0].lastReply.text", equalTo("mailbox busy"))
                .body("items[0].lastDetail", equalTo("the host asks to come later"))
                .body("unread", greaterThanOrEqualTo(0))
                .body("nextCursor", nullValue());
    }

    @Test
    void showsRowsWithTheirMessages() {
        Envelope envelope = waiting("bob");
        admin().get(MESSAGES + "?message=" + envelope.id())
                .then()
                .statusCode(200)
                .body("items.message", contains(envelope.id().toString()))
                .body("items[0].recipient", equalTo("bob@" + destination))
                .body("items[0].sender", equalTo("alice@customer.example"))
                .body("items[0].subject", equalTo("hello"))
                .body("items[0].size", equalTo(90))
                .body("items[0].receivedAt", equalTo("2026-11-24T07:00:00.000Z"))
                .body("items[0].domains", contains(customer.ascii()))
                .body("items[0].attempt", equalTo(2))
                .body("items[0].firstFailure", equalTo("2026-11-24T07:00:05.000Z"))
                .body("items[0].inFlight", equalTo(false))
                .body("items[0].held", equalTo(false))
                .body("items[0].lastReply.code", equalTo(450));
    }

    @Test
    void neitherRepeatsNorSkipsRowsOfTheFirstPage() {
        List<String> before = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            before.add(waiting("user" + i).id().toString());
        }
        String list = MESSAGES + "?limit=3&destination=" + destination;
        List<String> seen = new ArrayList<>();
        JsonPath page = admin().get(list).jsonPath();
        String gone = page.getString("items[0].message");
        get(pool.query("DELETE FROM schedule WHERE message_id = '" + gone + "'").execute());
        waiting("later");
        while (true) {
            seen.addAll(page.getList("items.message", String.class));
            if (page.getString("nextCursor") == null) {
                break;
            }
            page = admin().queryParam("cursor", page.getString("nextCursor"))
                    .get(list)
                    .jsonPath();
        }
        assertThat(seen).doesNotHaveDuplicates().containsAll(before);
    }

    @Test
    void pagesDestinationsByName() {
        List<DomainName> names = List.of(newDomain(), newDomain(), newDomain());
        names.forEach(name -> waiting("bob", name, List.of(customer), Optional.empty()));
        List<String> seen = new ArrayList<>();
        String list = QUEUE + "?limit=2&domain=" + customer;
        JsonPath page = admin().get(list).jsonPath();
        assertThat(page.getList("items")).hasSize(2);
        seen.addAll(page.getList("items.destination", String.class));
        page = admin().queryParam("cursor", page.getString("nextCursor"))
                .get(list)
                .jsonPath();
        seen.addAll(page.getList("items.destination", String.class));
        assertThat(seen)
                .containsExactlyElementsOf(
                        names.stream().map(DomainName::ascii).sorted().toList());
        assertThat(page.getString("nextCursor")).isNull();
    }

    @Test
    void showsADomainAdminItsOwnMailAlone() {
        DomainName other = newDomain();
        waiting("mine");
        waiting("others", destination, List.of(other), Optional.empty());
        waiting("both", destination, List.of(other, customer), Optional.empty());
        String list = "?destination=" + destination;
        as(Role.DOMAIN_ADMIN, customer)
                .get(QUEUE + list)
                .then()
                .body("items[0].waiting", equalTo(2))
                .body("unread", nullValue());
        as(Role.DOMAIN_ADMIN, customer)
                .get(MESSAGES + list)
                .then()
                .body("items.recipient", containsInAnyOrder("mine@" + destination, "both@" + destination))
                .body("items.domains.flatten().unique()", contains(customer.ascii()));
        as(Role.DOMAIN_ADMIN, customer)
                .get(MESSAGES + list + "&domain=" + other)
                .then()
                .body("items.recipient", contains("both@" + destination));
        as(Role.DOMAIN_ADMIN, newDomain()).get(QUEUE + list).then().body("items", empty());
        as(Role.AUDITOR).get(QUEUE + list).then().statusCode(200).body("items[0].waiting", equalTo(3));
        as(Role.AUDITOR, customer).get(QUEUE + list).then().body("items[0].waiting", equalTo(2));
    }

    @ParameterizedTest
    @CsvSource({
        "destination, not a domain, is not a domain name",
        "domain, '', is empty",
        "message, 1234, is not a UUID",
        "limit, 501, 1 to 500",
        "cursor, stale, nextCursor",
        "destinaton, a.example, 'known are cursor, destination'",
    })
    void namesAWrongParameterAndWhatItTakes(String name, String value, String says) {
        admin().queryParam(name, value)
                .get(MESSAGES)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.field", hasItem(name))
                .body("errors[0].message", containsString(says));
    }

    @Test
    void saysSoWhereTheDatabaseIsAway() {
        infrastructure.kill(Piece.POSTGRES);
        try {
            for (String path : List.of(QUEUE, MESSAGES, QUARANTINE)) {
                admin().get(path)
                        .then()
                        .statusCode(503)
                        .contentType("application/problem+json")
                        .header("Retry-After", "5")
                        .body("detail", containsString("database cannot be reached"));
            }
            admin().body("{\"destination\":\"a.example\"}")
                    .post(QUEUE + "/hold")
                    .then()
                    .statusCode(503);
        } finally {
            infrastructure.restart(Piece.POSTGRES);
        }
    }
}
