package io.sekisho.egress;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.sekisho.localstack.Infrastructure;
import io.sekisho.localstack.LocalStackResource;
import io.sekisho.localstack.Piece;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.address.Peer;
import io.sekisho.mail.envelope.ContentChunk;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.policy.CompiledDomain;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.NextHop;
import io.sekisho.mail.policy.OutboundProtection;
import io.sekisho.mail.policy.PeerRule;
import io.sekisho.mail.policy.PolicyRevision;
import io.sekisho.mail.policy.SecurityLevel;
import io.sekisho.mail.policy.TlsSetting;
import io.sekisho.testkit.peer.Reaction;
import io.sekisho.testkit.peer.RecordedMessage;
import io.sekisho.testkit.peer.ScriptedSmtpServer;
import io.sekisho.testkit.peer.Step;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service on real infrastructure: queue records in; mail, events and rows out. */
@QuarkusTest
@QuarkusTestResource(value = LocalStackResource.class, initArgs = @ResourceArg(name = "database", value = "queue"))
@QuarkusTestResource(PartnersResource.class)
class EgressTest {

    private static final Duration LIMIT = Duration.ofSeconds(45);

    Infrastructure infrastructure;
    PartnersResource.Partners partners;

    @Inject
    Pool pool;

    private LivingPublisher publisher;
    private KafkaSide kafka;

    @BeforeEach
    void connect() {
        kafka = new KafkaSide(infrastructure.bootstrapServers());
        publisher = new LivingPublisher(infrastructure.redisUrl());
        publisher.publish(customer(partners.customer().port()));
        awaitReady();
    }

    @AfterEach
    void disconnect() {
        publisher.close();
        kafka.close();
        partners.partner().recover();
        partners.plain().recover();
        partners.customer().recover();
    }

    @Test
    void deliversToTheNextHopsUnderTlsTellsItAndCommits() throws Exception {
        TestMail mail = TestMail.mail().from("eve@partner.example").to(TestMail.inbound("bob@customer.example"));
        Envelope envelope = mail.envelope();
        RecordMetadata record = kafka.queue(envelope, mail.bytes());
        RecordedMessage arrived = arrived(partners.customer(), "bob@customer.example", envelope);
        assertThat(arrived.bytes()).isEqualTo(mail.bytes());
        assertThat(arrived.tls().orElseThrow().version()).isEqualTo("TLSv1.3");
        MailEvent delivered = event(envelope.id(), EventKind.DELIVERED);
        assertThat(delivered.hop().orElseThrow().tls().protocol()).isEqualTo("TLSv1.3");
        assertThat(delivered.policy().orElseThrow().ruleIds()).containsExactly("nextHopTls:customer.example");
        assertThat(delivered.ledgerAbsent()).isFalse();
        await().atMost(LIMIT).until(() -> kafka.isCommitted(record));
    }

    @Test
    void deliversAMessageInPartsByteForByte() throws Exception {
        byte[] message = large();
        TestMail mail = TestMail.mail().to(TestMail.outbound("large@partner.example"));
        Envelope envelope = mail.chunks(kafka.content(message)).envelope();
        kafka.queue(envelope, new byte[0]);
        assertThat(arrived(partners.partner(), "large@partner.example", envelope)
                        .bytes())
                .isEqualTo(message);
        event(envelope.id(), EventKind.DELIVERED);
    }

    @Test
    void defersIntoTheScheduleAndDeliversWhenDue() throws Exception {
        partners.partner().nowOn(Step.RCPT, "later@", Reaction.answer("450 4.2.1 come again"));
        TestMail mail = TestMail.mail().to(TestMail.outbound("later@partner.example"));
        Envelope envelope = mail.envelope();
        RecordMetadata record = kafka.queue(envelope, mail.bytes());
        assertThat(event(envelope.id(), EventKind.DEFERRED)
                        .reply()
                        .orElseThrow()
                        .code())
                .isEqualTo(450);
        await().atMost(LIMIT).until(() -> kafka.isCommitted(record));
        assertThat(rows(envelope.id())).isEqualTo(1);
        partners.partner().recover();
        makeDue(envelope.id());
        assertThat(arrived(partners.partner(), "later@partner.example", envelope)
                        .bytes())
                .isEqualTo(mail.bytes());
        assertThat(event(envelope.id(), EventKind.DELIVERED).attempt()).isEqualTo(2);
        await().atMost(LIMIT).until(() -> rows(envelope.id()) == 0);
    }

    @Test
    void bouncesWithAReportThatComesHome() throws Exception {
        partners.partner().nowOn(Step.RCPT, "nobody@", Reaction.answer("550 5.1.1 no such user"));
        TestMail mail =
                TestMail.mail().from("bounced@customer.example").to(TestMail.outbound("nobody@partner.example"));
        Envelope envelope = mail.envelope();
        kafka.queue(envelope, mail.bytes());
        RecordedMessage report =
                partners.customer().awaitMessage(m -> m.forwardPaths().contains("bounced@customer.example"), LIMIT);
        assertThat(report.reversePath()).isEmpty();
        assertThat(report.text()).contains("550 5.1.1 no such user", "Final-Recipient: rfc822; nobody@partner.example");
        MailEvent sent = event(envelope.id(), EventKind.DSN_SENT);
        assertThat(event(envelope.id(), EventKind.BOUNCED).blockReason()).isEmpty();
        UUID reportId = sent.reportId().orElseThrow();
        MailEvent home = event(reportId, EventKind.DELIVERED);
        assertThat(home.message().orElseThrow().managedDomains()).containsExactly(DomainName.parse("customer.example"));
        assertThat(event(reportId, EventKind.QUEUED).attempt()).isZero();
    }

    @Test
    void blocksWhatMustBeEncryptedAndCannotBe() throws Exception {
        TestMail mail =
                TestMail.mail().from("blocked@customer.example").to(TestMail.outbound("bob@secure.plain.example"));
        Envelope envelope = mail.envelope();
        kafka.queue(envelope, mail.bytes());
        MailEvent bounced = event(envelope.id(), EventKind.BOUNCED);
        assertThat(bounced.blockReason()).contains(BlockReason.TLS_NOT_AVAILABLE);
        assertThat(bounced.policy().orElseThrow().ruleIds()).containsExactly("secure-rule");
        RecordedMessage report =
                partners.customer().awaitMessage(m -> m.forwardPaths().contains("blocked@customer.example"), LIMIT);
        assertThat(report.text())
                .contains("Status: 5.7.10", "X-Sekisho-Rule: secure-rule", "text/rfc822-headers")
                .doesNotContain("Hello.");
        assertThat(partners.plain().messages()).noneMatch(m -> m.forwardPaths().contains("bob@secure.plain.example"));
    }

    @Test
    void fallsBackToPlainTextWhereThatIsAllowed() throws Exception {
        TestMail mail = TestMail.mail().to(TestMail.outbound("bob@open.plain.example"));
        Envelope envelope = mail.envelope();
        kafka.queue(envelope, mail.bytes());
        assertThat(arrived(partners.plain(), "bob@open.plain.example", envelope).tls())
                .isEmpty();
        assertThat(event(envelope.id(), EventKind.DELIVERED)
                        .hop()
                        .orElseThrow()
                        .tls()
                        .protocol())
                .isEqualTo("NONE");
    }

    @Test
    void keepsAMessageWithADamagedPartAndTellsItsSender() throws Exception {
        List<ContentChunk> chunks = new ArrayList<>(kafka.content(large()));
        ContentChunk last = chunks.remove(chunks.size() - 1);
        chunks.add(new ContentChunk(last.topicId(), last.partition(), last.offset(), last.length(), "00".repeat(32)));
        Envelope envelope = TestMail.mail()
                .from("damaged@customer.example")
                .to(TestMail.outbound("bob@partner.example"))
                .chunks(chunks)
                .envelope();
        kafka.queue(envelope, new byte[0]);
        assertThat(event(envelope.id(), EventKind.QUARANTINED).detail().orElseThrow())
                .contains("differs");
        partners.customer().awaitMessage(m -> m.forwardPaths().contains("damaged@customer.example"), LIMIT);
        assertThat(quarantined("message_id = '" + envelope.id() + "' AND reason = 'CONTENT_LOST'"))
                .isEqualTo(1);
        assertThat(partners.partner().messages()).noneMatch(m -> m.octets() >= large().length);
    }

    @Test
    void keepsARecordThatCannotBeReadAndGoesOn() throws Exception {
        RecordMetadata unreadable = kafka.queueUnreadable();
        await().atMost(LIMIT).until(() -> kafka.isCommitted(unreadable));
        assertThat(quarantined("partition = " + unreadable.partition() + " AND record_offset = " + unreadable.offset()))
                .isEqualTo(1);
    }

    @Test
    void goesOnWithFirstAttemptsWithoutPostgresAndSaysSo() throws Exception {
        infrastructure.kill(Piece.POSTGRES);
        try {
            TestMail mail = TestMail.mail().to(TestMail.outbound("nopostgres@partner.example"));
            RecordMetadata record = kafka.queue(mail.envelope(), mail.bytes());
            arrived(partners.partner(), "nopostgres@partner.example", mail.envelope());
            await().atMost(LIMIT).until(() -> kafka.isCommitted(record));
            await().atMost(LIMIT)
                    .untilAsserted(
                            () -> given().when().get("/q/health/ready").then().statusCode(503));
            given().when().get("/q/health/live").then().statusCode(200);
        } finally {
            infrastructure.restart(Piece.POSTGRES);
        }
        awaitReady();
    }

    @Test
    void goesOnWithoutRedisAndSaysThatItMayRepeat() throws Exception {
        infrastructure.pause(Piece.REDIS);
        try {
            TestMail mail = TestMail.mail().to(TestMail.outbound("noredis@partner.example"));
            Envelope envelope = mail.envelope();
            kafka.queue(envelope, mail.bytes());
            arrived(partners.partner(), "noredis@partner.example", envelope);
            assertThat(event(envelope.id(), EventKind.DELIVERED).ledgerAbsent()).isTrue();
        } finally {
            infrastructure.resume(Piece.REDIS);
        }
    }

    @Test
    void showsWhatItCounts() throws Exception {
        TestMail mail = TestMail.mail().to(TestMail.outbound("counted@partner.example"));
        kafka.queue(mail.envelope(), mail.bytes());
        event(mail.envelope().id(), EventKind.DELIVERED);
        given().when()
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("sekisho_delivery_outcomes_total{"))
                .body(containsString("outcome=\"delivered\""))
                .body(containsString("sekisho_delivery_schedule_rows"));
        given().when()
                .get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'delivery' }.data.policyRevision", is("test:1"));
    }

    private void awaitReady() {
        await().atMost(LIMIT)
                .untilAsserted(
                        () -> given().when().get("/q/health/ready").then().statusCode(200));
    }

    private static RecordedMessage arrived(ScriptedSmtpServer server, String recipient, Envelope envelope) {
        return server.awaitMessage(
                message -> message.forwardPaths().contains(recipient)
                        && message.reversePath().equals(envelope.reversePath()),
                LIMIT);
    }

    private MailEvent event(UUID message, EventKind kind) {
        await(kind + " of " + message)
                .atMost(LIMIT)
                .until(() -> kafka.events(message).stream().anyMatch(event -> event.kind() == kind));
        return kafka.events(message).stream()
                .filter(event -> event.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private long rows(UUID message) {
        return count("SELECT count(*) FROM schedule WHERE message_id = '" + message + "'");
    }

    private long quarantined(String where) {
        return count("SELECT count(*) FROM quarantine WHERE " + where);
    }

    private long count(String query) {
        return pool.query(query)
                .execute()
                .await()
                .atMost(LIMIT)
                .iterator()
                .next()
                .getLong(0);
    }

    private void makeDue(UUID message) {
        pool.query("UPDATE schedule SET due = now() - interval '1 minute' WHERE message_id = '" + message + "'")
                .execute()
                .await()
                .atMost(LIMIT);
    }

    private static byte[] large() {
        return ("Subject: large\r\n\r\n" + "0123456789abcdef\r\n.leading dot\r\n".repeat(40_000))
                .getBytes(StandardCharsets.US_ASCII);
    }

    static CompiledDomain customer(int port) {
        PeerRule secure = new PeerRule(
                "secure-rule",
                Direction.OUTBOUND,
                Peer.parse("secure.plain.example"),
                SecurityLevel.MANDATORY,
                Optional.empty(),
                Optional.empty(),
                Optional.of(Duration.ZERO),
                List.of(),
                false);
        return new CompiledDomain(
                DomainName.parse("customer.example"),
                new PolicyRevision("test", 1),
                false,
                List.of(new NextHop("127.0.0.1", port, 10)),
                TlsSetting.OPPORTUNISTIC,
                new OutboundProtection(true, List.of(), TlsSetting.OPPORTUNISTIC, false),
                Optional.empty(),
                Optional.empty(),
                List.of(secure),
                List.of());
    }
}
