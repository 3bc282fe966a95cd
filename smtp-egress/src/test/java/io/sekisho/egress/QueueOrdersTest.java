package io.sekisho.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.sekisho.egress.schedule.Lease;
import io.sekisho.mail.access.Role;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.event.EventKind;
import io.sekisho.testkit.peer.Reaction;
import io.sekisho.testkit.peer.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What operators' orders do, on rows and on mail under way. */
@QuarkusTest
class QueueOrdersTest extends OperatorTestSetup {

    private static final Lease POD = new Lease("pod-x/1", Duration.ofMinutes(1));

    @Test
    void holdsADestinationUntilItIsReleased() {
        Envelope before = waiting("before");
        order(admin(), "hold", "destination", destination)
                .body("rows", equalTo(1))
                .body("held", equalTo(1));
        Envelope after = waiting("after");
        assertThat(takable()).isZero();
        admin().get(QUEUE + "?destination=" + destination)
                .then()
                .body("items[0].held", equalTo(2))
                .body("items[0].waiting", equalTo(0))
                .body("holds.find { it.destination == '" + destination + "' }.authority", equalTo("OPERATOR"))
                .body("holds.find { it.destination == '" + destination + "' }.heldBy", equalTo("key-of-admin"));
        order(admin(), "hold", "destination", destination).body("rows", equalTo(0));
        order(admin(), "release", "destination", destination)
                .body("rows", equalTo(2))
                .body("held", equalTo(0));
        assertThat(due(before)).isBefore(Instant.now().plus(Duration.ofDays(2)));
        assertThat(due(after)).isBefore(Instant.now().plus(Duration.ofDays(2)));
        waiting("free");
        assertThat(takable()).isEqualTo(3);
        admin().get(QUEUE).then().body("holds.destination", not(hasItem(destination.ascii())));
    }

    @Test
    void holdsAManagedDomain() {
        waiting("mine");
        waiting("others", destination, List.of(newDomain()), Optional.empty());
        order(admin(), "hold", "domain", customer).body("rows", equalTo(1));
        assertThat(takable()).isEqualTo(1);
        order(admin(), "release", "domain", customer).body("rows", equalTo(1));
        assertThat(takable()).isEqualTo(2);
    }

    @Test
    void holdsAMessageOrOneRecipientOfIt() {
        Envelope envelope = waiting("bob");
        waiting("other");
        order(admin(), "hold", "message", envelope.id()).body("rows", equalTo(1));
        assertThat(takable()).isEqualTo(1);
        admin().get(MESSAGES + "?message=" + envelope.id()).then().body("items[0].held", equalTo(true));
        order(admin(), "release", "message", envelope.id()).body("rows", equalTo(1));
        admin().body("{\"message\":\"" + envelope.id() + "\",\"recipient\":\"bob@" + destination + "\"}")
                .post(QUEUE + "/hold")
                .then()
                .statusCode(200)
                .body("rows", equalTo(1));
        admin().body("{\"message\":\"" + envelope.id() + "\",\"recipient\":\"nobody@" + destination + "\"}")
                .post(QUEUE + "/hold")
                .then()
                .statusCode(404);
    }

    @Test
    void keepsWhatAnotherOrderHolds() {
        waiting("bob");
        order(admin(), "hold", "destination", destination);
        order(admin(), "hold", "domain", customer);
        order(admin(), "release", "destination", destination)
                .body("rows", equalTo(0))
                .body("held", equalTo(1));
        assertThat(takable()).isZero();
        order(admin(), "release", "domain", customer).body("rows", equalTo(1));
        assertThat(takable()).isEqualTo(1);
    }

    @Test
    void letsADomainAdminOrderAboutItsOwnMailAlone() {
        Envelope mine = waiting("mine");
        Envelope others = waiting("others", destination, List.of(newDomain()), Optional.empty());
        RequestSpecification caller = as(Role.DOMAIN_ADMIN, customer);
        order(caller, "hold", "destination", destination).body("rows", equalTo(1));
        waiting("later");
        assertThat(takable()).isEqualTo(1);
        caller.get(QUEUE).then().body("holds.domain", contains(customer.ascii()));
        order(caller, "release", "destination", destination).body("rows", equalTo(2));
        refused(caller, "hold", "message", others.id(), 404);
        refused(caller, "cancel", "domain", newDomain(), 404);
        order(as(Role.DOMAIN_ADMIN), "hold", "destination", destination).body("rows", equalTo(0));
        order(caller, "hold", "message", mine.id()).body("rows", equalTo(1));
    }

    @Test
    void boundsTheStandingHoldsOfADomainsAdministrators() {
        RequestSpecification caller = as(Role.DOMAIN_ADMIN, customer);
        waiting("bob");
        get(pool.query("INSERT INTO hold SELECT 'DOMAIN', '" + customer.ascii()
                        + "', 'd' || n || '.example', 'key' FROM generate_series(1, 999) n")
                .execute());
        try {
            order(caller, "hold", "destination", "last.example");
            // What is ordered already is no further one.
            order(caller, "hold", "destination", "last.example");
            refused(caller, "hold", "destination", destination, 409);
            // Whole or not at all.
            assertThat(takable()).isEqualTo(1);
            order(as(Role.DOMAIN_ADMIN, newDomain()), "hold", "destination", "last.example");
            order(admin(), "hold", "domain", customer).body("rows", equalTo(1));
            order(admin(), "release", "domain", customer);
            order(caller, "release", "destination", "last.example");
            order(caller, "hold", "destination", destination).body("rows", equalTo(1));
        } finally {
            get(pool.query("DELETE FROM hold WHERE managed_domain = '" + customer.ascii() + "'")
                    .execute());
        }
    }

    @Test
    void keepsADomainAdminFromEndingWhatAnAdminOrdered() {
        Envelope envelope = waiting("bob");
        RequestSpecification caller = as(Role.DOMAIN_ADMIN, customer);
        order(admin(), "hold", "domain", customer);
        order(admin(), "hold", "message", envelope.id());
        order(caller, "release", "domain", customer).body("rows", equalTo(0)).body("held", equalTo(1));
        order(caller, "release", "message", envelope.id())
                .body("rows", equalTo(0))
                .body("held", equalTo(1));
        order(caller, "hold", "domain", customer);
        order(admin(), "release", "domain", customer).body("held", equalTo(1));
        order(admin(), "release", "message", envelope.id()).body("held", equalTo(0));
        caller.get(QUEUE).then().body("holds.domain", not(hasItem(customer.ascii())));
    }

    @Test
    void flushesRowsAndEndsTheWaitOfTheirDestination() {
        Envelope envelope = waiting("bob");
        get(pool.query("UPDATE schedule SET lease_owner = 'pod-x/1', lease_until = now() + interval '1 minute'"
                        + " WHERE recipient = 'bob@" + destination + "'")
                .execute());
        waiting("held");
        get(pool.query("UPDATE schedule SET held_alone = 'OPERATOR' WHERE recipient = 'held@" + destination + "'")
                .execute());
        get(pool.query(
                        "INSERT INTO destination (name, concurrency, failures, suspensions, suspended_until, changed_at, used_at)"
                                + " VALUES ('" + destination + "', 1, 1, 1, '2099-01-01T00:00:00Z', now(), now())")
                .execute());
        // One in flight, one held: neither is touched, and the destination is probed all the same.
        order(admin(), "flush", "destination", destination)
                .body("rows", equalTo(0))
                .body("inFlight", equalTo(1))
                .body("held", equalTo(1))
                .body("resumed", equalTo(1));
        assertThat(due(envelope)).isAfter(Instant.now().plus(Duration.ofHours(20)));
    }

    @Test
    void deliversDeferredMailWhenItIsFlushed() throws Exception {
        partners.partner().nowOn(Step.RCPT, "flushed@", Reaction.answer("450 4.2.1 come again"));
        TestMail mail = TestMail.mail().to(TestMail.outbound("flushed@partner.example"));
        Envelope envelope = mail.envelope();
        kafka.queue(envelope, mail.bytes());
        event(envelope.id(), EventKind.DEFERRED);
        await().atMost(LIMIT).until(() -> rows(envelope.id()) == 1);
        partners.partner().recover();
        await().atMost(LIMIT)
                .untilAsserted(
                        () -> order(admin(), "flush", "message", envelope.id()).body("rows", equalTo(1)));
        assertThat(event(envelope.id(), EventKind.DELIVERED).attempt()).isEqualTo(2);
        await().atMost(LIMIT).until(() -> rows(envelope.id()) == 0);
    }

    @Test
    void holdsMailBeforeItsFirstAttemptToo() throws Exception {
        order(admin(), "hold", "destination", "partner.example");
        // An order is in force everywhere a second later; until then mail may slip through.
        Envelope[] held = new Envelope[1];
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(500)).until(() -> {
            TestMail mail = TestMail.mail().to(TestMail.outbound("held@partner.example"));
            held[0] = mail.envelope();
            kafka.queue(held[0], mail.bytes());
            await().atMost(LIMIT).until(() -> !kafka.events(held[0].id()).isEmpty());
            return kafka.events(held[0].id()).stream().allMatch(event -> event.kind() == EventKind.DEFERRED);
        });
        assertThat(event(held[0].id(), EventKind.DEFERRED).detail())
                .contains("an operator holds mail to partner.example");
        await().atMost(LIMIT).until(() -> rows(held[0].id()) == 1);
        assertThat(partners.partner().messages())
                .noneMatch(message -> message.text().contains(held[0].id().toString()));
        order(admin(), "release", "destination", "partner.example");
        order(admin(), "flush", "message", held[0].id());
        assertThat(event(held[0].id(), EventKind.DELIVERED).attempt()).isEqualTo(1);
    }

    @Test
    void cancelsWhatWaitsAndTellsTheSenderIfAsked() throws Exception {
        partners.partner().nowOn(Step.RCPT, "cancelled@", Reaction.answer("450 4.2.1 come again"));
        TestMail mail =
                TestMail.mail().from("canceller@customer.example").to(TestMail.outbound("cancelled@partner.example"));
        Envelope envelope = mail.envelope();
        kafka.queue(envelope, mail.bytes());
        event(envelope.id(), EventKind.DEFERRED);
        await().atMost(LIMIT).until(() -> rows(envelope.id()) == 1);
        admin().body("{\"message\":\"" + envelope.id() + "\",\"notifySender\":true}")
                .post(QUEUE + "/cancel")
                .then()
                .statusCode(200)
                .body("action", equalTo("CANCEL"))
                .body("rows", equalTo(1));
        assertThat(event(envelope.id(), EventKind.CANCELLED).detail())
                .contains("cancelled by an operator, key key-of-admin");
        event(envelope.id(), EventKind.DSN_SENT);
        assertThat(partners.customer()
                        .awaitMessage(m -> m.forwardPaths().contains("canceller@customer.example"), LIMIT)
                        .text())
                .contains(
                        "The operator of the gateway gave it up.",
                        "Final-Recipient: rfc822; cancelled@partner.example");
        await().atMost(LIMIT).until(() -> rows(envelope.id()) == 0);
        refused(admin(), "cancel", "message", envelope.id(), 404);
    }

    @Test
    void marksWhatIsInFlightAndLetsItsAttemptEnd() {
        Envelope envelope = waiting("bob", destination, List.of(customer), Optional.of(POD));
        order(admin(), "cancel", "message", envelope.id())
                .body("rows", equalTo(1))
                .body("inFlight", equalTo(1));
        admin().get(MESSAGES + "?message=" + envelope.id())
                .then()
                .body("items[0].cancelled", equalTo(true))
                .body("items[0].inFlight", equalTo(true));
        assertThat(rows(envelope.id())).isEqualTo(1);
        get(pool.query("UPDATE schedule SET lease_owner = NULL, lease_until = NULL WHERE message_id = '" + envelope.id()
                        + "'")
                .execute());
        event(envelope.id(), EventKind.CANCELLED);
        await().atMost(LIMIT).until(() -> rows(envelope.id()) == 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hold | {} | destination | name exactly one",
                "hold | {\"destination\":\"a.example\",\"domain\":\"b.example\"} | domain | name exactly one",
                "hold | {\"destination\":\"not a domain\"} | destination | is not a domain name",
                "hold | {\"message\":\"1234\"} | message | UUID",
                "hold | {\"destination\":\"a.example\",\"recipient\":\"b@a.example\"} | recipient | belongs to a message",
                "hold | {\"destination\":\"a.example\",\"notifySender\":true} | notifySender | cancel alone",
                "cancel | {\"destination\":\"a.example\",\"notifySender\":\"true\"} | notifySender | must be",
                "flush | {\"destinaton\":\"a.example\"} | destinaton | there is no such field",
            })
    void namesAWrongFieldAndWhatItTakes(String action, String body, String field, String says) {
        admin().body(body)
                .post(QUEUE + "/" + action)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.field", hasItem(field))
                .body("detail", containsString(says));
    }

    @Test
    void forbidsReadersToOrder() {
        for (String action : List.of("flush", "hold", "release", "cancel")) {
            refused(as(Role.AUDITOR), action, "destination", destination, 403);
            refused(as(Role.SERVICE), action, "destination", destination, 403);
        }
    }

    private static ValidatableResponse order(RequestSpecification caller, String action, String field, Object name) {
        return refused(caller, action, field, name, 200);
    }

    private static ValidatableResponse refused(
            RequestSpecification caller, String action, String field, Object name, int status) {
        return caller.body("{\"" + field + "\":\"" + name + "\"}")
                .post(QUEUE + "/" + action)
                .then()
                .statusCode(status);
    }

    /** How many rows of this test will be due some day. */
    private long takable() {
        return row("SELECT count(*) FROM schedule WHERE due < '9000-01-01' AND destination = '" + destination + "'")
                .getLong(0);
    }

    private Instant due(Envelope envelope) {
        return row("SELECT due FROM schedule WHERE message_id = '" + envelope.id() + "'")
                .getOffsetDateTime(0)
                .toInstant();
    }
}
