package io.sekisho.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.sekisho.egress.failure.History;
import io.sekisho.egress.operator.OperatorTools;
import io.sekisho.egress.quarantine.PgQuarantine;
import io.sekisho.egress.quarantine.QuarantineReason;
import io.sekisho.egress.quarantine.QuarantinedMail;
import io.sekisho.egress.schedule.Lease;
import io.sekisho.egress.schedule.PgSchedule;
import io.sekisho.egress.schedule.ScheduleEntry;
import io.sekisho.localstack.Piece;
import io.sekisho.mail.access.Role;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.envelope.ContentChunk;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.json.WireJson;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an operator sees of the quarantine, and lets out of it. */
@QuarkusTest
class QuarantineTest extends OperatorTestSetup {

    @Inject
    OperatorTools tools;

    private static final DomainName OWN = DomainName.parse("customer.example");

    @Test
    void listsWhatIsKept() {
        TestMail mail = TestMail.mail().to(TestMail.outbound("listed@partner.example"));
        UUID id = keep(mail, QuarantineReason.ENDED_PODS, Optional.of("listed@partner.example"));
        JsonPath entries = all(Role.ADMIN);
        String entry = "items.find { it.id == '" + id + "' }.";
        assertThat(entries.getString(entry + "reason")).isEqualTo("ENDED_PODS");
        assertThat(entries.getString(entry + "detail")).isEqualTo("kept by a test");
        assertThat(entries.getString(entry + "message"))
                .isEqualTo(mail.envelope().id().toString());
        assertThat(entries.getString(entry + "recipient")).isEqualTo("listed@partner.example");
        assertThat(entries.getString(entry + "sender")).isEqualTo("alice@customer.example");
        assertThat(entries.getString(entry + "subject")).isEqualTo("hello");
        assertThat(entries.getList(entry + "domains", String.class)).containsExactly("customer.example");
        assertThat(entries.getInt(entry + "keptOctets")).isEqualTo(mail.bytes().length);
        assertThat(entries.getString(entry + "position")).isEqualTo("3@1207");
    }

    @Test
    void pagesWithoutRepeatingOrSkipping() {
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            kept.add(keep(
                            TestMail.mail().to(TestMail.outbound("paged@partner.example")),
                            QuarantineReason.UNREADABLE,
                            Optional.empty())
                    .toString());
        }
        List<String> seen = new ArrayList<>();
        JsonPath page = admin().get(QUARANTINE + "?limit=2").jsonPath();
        while (true) {
            seen.addAll(page.getList("items.id", String.class));
            if (page.getString("nextCursor") == null) {
                break;
            }
            page = admin().get(QUARANTINE + "?limit=2&cursor=" + page.getString("nextCursor"))
                    .jsonPath();
        }
        assertThat(seen).doesNotHaveDuplicates().containsSubsequence(kept);
    }

    @Test
    void releasesWhatEndedPodsAndDeliversIt() {
        TestMail mail = TestMail.mail().to(TestMail.outbound("released@partner.example"));
        Envelope envelope = mail.envelope();
        UUID id = keep(mail, QuarantineReason.ENDED_PODS, Optional.of("released@partner.example"));
        // As the ledger has it of such mail: without forgetting that, nothing would be attempted.
        redis.hash(String.class).hset("sekisho:ledger:" + envelope.id() + ":released@partner.example", "outcome", "[]");
        admin().post(QUARANTINE + "/" + id + "/release")
                .then()
                .statusCode(200)
                .body("action", equalTo("RELEASE"))
                .body("message", equalTo(envelope.id().toString()))
                .body("recipients", contains("released@partner.example"))
                .body("reports", equalTo(0));
        assertThat(partners.partner()
                        .awaitMessage(m -> m.forwardPaths().contains("released@partner.example"), LIMIT)
                        .bytes())
                .isEqualTo(mail.bytes());
        // Behind the three attempts that were made, so that its events are events of their own.
        assertThat(event(envelope.id(), EventKind.DELIVERED).attempt()).isEqualTo(4);
        assertThat(event(envelope.id(), EventKind.DEFERRED).detail())
                .contains("released from the quarantine by an operator, key key-of-admin");
        await().atMost(LIMIT).until(() -> rows(envelope.id()) == 0);
        admin().post(QUARANTINE + "/" + id + "/release").then().statusCode(404);
    }

    @Test
    void refusesToReleaseWhatIsStillBeingEnded() {
        TestMail mail = TestMail.mail().to(TestMail.outbound("ending@partner.example"));
        Envelope envelope = mail.envelope();
        UUID id = keep(mail, QuarantineReason.ENDED_PODS, Optional.of("ending@partner.example"));
        // As while its events wait for Kafka: the row is there, and the pod that ends it has its lease.
        ScheduleEntry row = new ScheduleEntry(
                envelope.id(),
                "ending@partner.example",
                "customer.example",
                "partner.example",
                "partner.example",
                Instant.now(),
                History.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        PgSchedule schedule = new PgSchedule(pool);
        get(schedule.insert(envelope, List.of(row), Optional.of(new Lease("other/1", Duration.ofHours(1)))));
        admin().post(QUARANTINE + "/" + id + "/release")
                .then()
                .statusCode(409)
                .body("detail", containsString("its end is still being written; try again in a moment"));
        assertThat(all(Role.ADMIN).getList("items.id", String.class)).contains(id.toString());
        get(schedule.remove(envelope.id(), "ending@partner.example"));
        admin().post(QUARANTINE + "/" + id + "/release").then().statusCode(200);
        event(envelope.id(), EventKind.DELIVERED);
    }

    @Test
    void refusesToReleaseWhatHasNoContent() {
        TestMail mail = TestMail.mail()
                .to(TestMail.outbound("lost@partner.example"))
                .chunks(List.of(new ContentChunk("4y3gKZSGQUqUZWrvnNxCLA", 0, 99_999_999, 90, "00".repeat(32))));
        UUID id = keep(mail, QuarantineReason.CONTENT_LOST, Optional.of("lost@partner.example"));
        admin().post(QUARANTINE + "/" + id + "/release")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString("its content is not there"));
        assertThat(all(Role.ADMIN).getList("items.id", String.class)).contains(id.toString());
    }

    @Test
    void releasesWhatWasLostOnceItsContentIsThereAgain() throws Exception {
        byte[] content = "Subject: found\r\n\r\nHere it is.\r\n".getBytes(StandardCharsets.US_ASCII);
        TestMail mail =
                TestMail.mail().to(TestMail.outbound("found@partner.example")).chunks(kafka.content(content));
        UUID id = keep(mail, QuarantineReason.CONTENT_LOST, Optional.of("found@partner.example"));
        admin().post(QUARANTINE + "/" + id + "/release").then().statusCode(200);
        assertThat(partners.partner()
                        .awaitMessage(m -> m.forwardPaths().contains("found@partner.example"), LIMIT)
                        .bytes())
                .isEqualTo(content);
    }

    @Test
    void refusesToReleaseWhatCannotBeRead() {
        UUID id = UUID.randomUUID();
        get(new PgQuarantine(pool)
                .keep(new QuarantinedMail(
                        id,
                        QuarantineReason.UNREADABLE,
                        "the record has no header",
                        Optional.empty(),
                        Optional.empty(),
                        1,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new byte[] {1, 2, 3}))));
        admin().post(QUARANTINE + "/" + id + "/release")
                .then()
                .statusCode(409)
                .body("detail", containsString("it cannot be read"));
        as(Role.DOMAIN_ADMIN, OWN)
                .post(QUARANTINE + "/" + id + "/bounce")
                .then()
                .statusCode(404);
        admin().post(QUARANTINE + "/" + id + "/bounce")
                .then()
                .statusCode(200)
                .body("recipients", empty())
                .body("message", nullValue())
                .body("reports", equalTo(0));
        assertThat(all(Role.ADMIN).getList("items.id", String.class)).doesNotContain(id.toString());
    }

    @Test
    void bouncesWithAReportToTheSender() {
        TestMail mail =
                TestMail.mail().from("quarantined@customer.example").to(TestMail.outbound("bounced@partner.example"));
        UUID id = keep(mail, QuarantineReason.ENDED_PODS, Optional.of("bounced@partner.example"));
        admin().post(QUARANTINE + "/" + id + "/bounce").then().statusCode(200).body("reports", equalTo(1));
        assertThat(partners.customer()
                        .awaitMessage(m -> m.forwardPaths().contains("quarantined@customer.example"), LIMIT)
                        .text())
                .contains(
                        "The operator of the gateway gave it up.", "Final-Recipient: rfc822; bounced@partner.example");
        assertThat(event(mail.envelope().id(), EventKind.BOUNCED).detail())
                .contains("given up in the quarantine by an operator, key key-of-admin");
        event(mail.envelope().id(), EventKind.DSN_SENT);
        admin().post(QUARANTINE + "/" + id + "/bounce").then().statusCode(404);
    }

    @Test
    void tellsNobodyTwiceOfLostContent() {
        TestMail mail = TestMail.mail()
                .from("told@customer.example")
                .to(TestMail.outbound("lost@partner.example"))
                .chunks(List.of(new ContentChunk("topic", 0, 1, 90, "00")));
        UUID id = keep(mail, QuarantineReason.CONTENT_LOST, Optional.of("lost@partner.example"));
        admin().post(QUARANTINE + "/" + id + "/bounce").then().statusCode(200).body("reports", equalTo(0));
        event(mail.envelope().id(), EventKind.BOUNCED);
    }

    @Test
    void showsADomainAdminItsOwnMailAndLetsItDecide() {
        TestMail mine = TestMail.mail().to(TestMail.outbound("mine@partner.example"));
        UUID own = keep(mine, QuarantineReason.UNREADABLE, Optional.of("mine@partner.example"));
        UUID ended = keep(
                TestMail.mail().to(TestMail.outbound("ended@partner.example")),
                QuarantineReason.ENDED_PODS,
                Optional.of("ended@partner.example"));
        UUID shared = keep(
                TestMail.mail()
                        .to(TestMail.outbound("mine@partner.example"))
                        .to(TestMail.inbound("theirs@other.example")),
                QuarantineReason.UNREADABLE,
                Optional.empty());
        assertThat(all(Role.DOMAIN_ADMIN, OWN).getList("items.id", String.class))
                .contains(own.toString(), ended.toString())
                .doesNotContain(shared.toString());
        assertThat(all(Role.DOMAIN_ADMIN, newDomain()).getList("items")).isEmpty();
        as(Role.AUDITOR).post(QUARANTINE + "/" + own + "/release").then().statusCode(403);
        as(Role.DOMAIN_ADMIN, newDomain())
                .post(QUARANTINE + "/" + own + "/release")
                .then()
                .statusCode(404);
        as(Role.DOMAIN_ADMIN, OWN)
                .post(QUARANTINE + "/" + shared + "/bounce")
                .then()
                .statusCode(404);
        as(Role.DOMAIN_ADMIN, OWN)
                .post(QUARANTINE + "/" + ended + "/release")
                .then()
                .statusCode(403);
        as(Role.DOMAIN_ADMIN, OWN)
                .post(QUARANTINE + "/" + own + "/release")
                .then()
                .statusCode(200);
        event(mine.envelope().id(), EventKind.DELIVERED);
    }

    @Test
    void saysSoWhereTheLedgerCannotForget() {
        UUID id = keep(
                TestMail.mail().to(TestMail.outbound("noredis@partner.example")),
                QuarantineReason.ENDED_PODS,
                Optional.of("noredis@partner.example"));
        infrastructure.pause(Piece.REDIS);
        try {
            assertThatThrownBy(() -> get(tools.quarantineDesk().release(id, "key")))
                    .hasMessageContaining("ledger is out of reach");
        } finally {
            infrastructure.resume(Piece.REDIS);
        }
        assertThat(all(Role.ADMIN).getList("items.id", String.class)).contains(id.toString());
        // It may be asked for again, once Redis is asked again.
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        admin().post(QUARANTINE + "/" + id + "/release").then().statusCode(200));
    }

    @Test
    void writesToThePostmaster() {
        keep(
                TestMail.mail().to(TestMail.outbound("alert@partner.example")),
                QuarantineReason.ENDED_PODS,
                Optional.empty());
        // Somebody looks every half minute; the mail of the hour may be that about another test's.
        assertThat(partners.customer()
                        .awaitMessage(
                                m -> m.forwardPaths().contains(PartnersResource.POSTMASTER)
                                        && m.text().contains("mail was quarantined"),
                                Duration.ofSeconds(90))
                        .header("Auto-Submitted"))
                .contains("auto-generated");
    }

    @Test
    void namesAnIdThatIsNone() {
        admin().post(QUARANTINE + "/1234/release").then().statusCode(400).body("errors.field", hasItem("id"));
    }

    private JsonPath all(Role role, DomainName... domains) {
        return as(role, domains).get(QUARANTINE + "?limit=500").jsonPath();
    }

    private UUID keep(TestMail mail, QuarantineReason reason, Optional<String> recipient) {
        UUID id = UUID.randomUUID();
        Envelope envelope = mail.envelope();
        get(new PgQuarantine(pool)
                .keep(new QuarantinedMail(
                        id,
                        reason,
                        "kept by a test",
                        Optional.of(envelope.id()),
                        recipient,
                        3,
                        Optional.of(new QuarantinedMail.Position(3, 1207)),
                        Optional.of(WireJson.bytes(envelope)),
                        envelope.isInline() ? Optional.of(mail.bytes()) : Optional.empty())));
        return id;
    }
}
