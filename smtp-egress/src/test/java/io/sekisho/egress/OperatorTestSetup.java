package io.sekisho.egress;

import static org.awaitility.Awaitility.await;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import io.sekisho.egress.failure.History;
import io.sekisho.egress.schedule.Lease;
import io.sekisho.egress.schedule.PgSchedule;
import io.sekisho.egress.schedule.ScheduleEntry;
import io.sekisho.localstack.Infrastructure;
import io.sekisho.localstack.LocalStackResource;
import io.sekisho.mail.access.ApiKeyGrant;
import io.sekisho.mail.access.Role;
import io.sekisho.mail.access.SecretHash;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.envelope.ContentChunk;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.envelope.Recipient;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.event.ReplyFacts;
import io.sekisho.mail.json.WireJson;
import io.sekisho.mail.policy.Direction;
import io.sekisho.mail.policy.PolicyKeys;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Calls of operators on the whole service, with keys as policy-service publishes them. Each test uses names of its own. */
@QuarkusTestResource(value = LocalStackResource.class, initArgs = @ResourceArg(name = "database", value = "queue"))
@QuarkusTestResource(PartnersResource.class)
abstract class OperatorTestSetup {

    static final Duration LIMIT = Duration.ofSeconds(45);
    static final String QUEUE = "/api/v1/queue";
    static final String MESSAGES = QUEUE + "/messages";
    static final String QUARANTINE = "/api/v1/quarantine";

    Infrastructure infrastructure;
    PartnersResource.Partners partners;

    @Inject
    Pool pool;

    @Inject
    RedisDataSource redis;

    KafkaSide kafka;
    private LivingPublisher publisher;

    /** A managed domain and a destination that no other test has. */
    final DomainName customer = newDomain();

    final DomainName destination = newDomain();

    @BeforeEach
    void connect() {
        kafka = new KafkaSide(infrastructure.bootstrapServers());
        publisher = new LivingPublisher(infrastructure.redisUrl());
        publisher.publish(EgressTest.customer(partners.customer().port()));
        await().atMost(LIMIT)
                .untilAsserted(() -> RestAssured.get("/q/health/ready").then().statusCode(200));
    }

    @AfterEach
    void disconnect() {
        get(pool.query("TRUNCATE hold").execute());
        publisher.close();
        kafka.close();
        partners.partner().recover();
    }

    static DomainName newDomain() {
        return DomainName.parse("d" + UUID.randomUUID().toString().substring(0, 13) + ".example");
    }

    /** A caller whose key has the role as its id. */
    RequestSpecification as(Role role, DomainName... domains) {
        String key = "sk_" + UUID.randomUUID();
        redis.hash(String.class)
                .hset(
                        PolicyKeys.API_KEYS,
                        SecretHash.of(key),
                        WireJson.string(new ApiKeyGrant("key-of-" + role.label(), role, List.of(domains))));
        return RestAssured.given().header("Authorization", "Bearer " + key).contentType("application/json");
    }

    RequestSpecification admin() {
        return as(Role.ADMIN);
    }

    /** A row that is due tomorrow, so that no pod takes it by itself. */
    Envelope waiting(String localPart) {
        return waiting(localPart, destination, List.of(customer), Optional.empty());
    }

    Envelope waiting(String localPart, DomainName to, List<DomainName> senders, Optional<Lease> lease) {
        String address = localPart + "@" + to;
        Envelope envelope = TestMail.mail()
                .receivedAt(Instant.parse("2026-11-24T07:00:00Z"))
                .to(new Recipient(address, to, Direction.OUTBOUND, senders, Optional.empty(), Optional.empty()))
                .chunks(List.of(new ContentChunk("topic", 0, 0, 90, "00")))
                .envelope();
        ScheduleEntry row = new ScheduleEntry(
                envelope.id(),
                address,
                senders.get(0).ascii(),
                to.ascii(),
                to.ascii(),
                tomorrow(),
                new History(2, Optional.of(Instant.parse("2026-11-24T07:00:05Z")), Optional.empty()),
                Optional.empty(),
                Optional.of(new ReplyFacts(450, Optional.of("4.2.1"), "mailbox busy")),
                Optional.of("the host asks to come later"));
        get(new PgSchedule(pool).insert(envelope, List.of(row), lease));
        return envelope;
    }

    static Instant tomorrow() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofDays(1));
    }

    MailEvent event(UUID message, EventKind kind) {
        await(kind + " of " + message)
                .atMost(LIMIT)
                .until(() -> kafka.events(message).stream().anyMatch(event -> event.kind() == kind));
        return kafka.events(message).stream()
                .filter(event -> event.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    long rows(UUID message) {
        return row("SELECT count(*) FROM schedule WHERE message_id = '" + message + "'")
                .getLong(0);
    }

    Row row(String query) {
        return get(pool.query(query).execute()).iterator().next();
    }

    static <T> T get(Uni<T> uni) {
        return uni.await().atMost(LIMIT);
    }
}
