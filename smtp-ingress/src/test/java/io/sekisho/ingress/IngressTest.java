package io.sekisho.ingress;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.sekisho.localstack.Infrastructure;
import io.sekisho.localstack.LocalStackResource;
import io.sekisho.localstack.Piece;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.envelope.ContentChunk;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.event.PolicySource;
import io.sekisho.mail.topic.Topics;
import io.sekisho.testkit.outside.Outcome;
import io.sekisho.testkit.outside.OutsideClients;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service on real Kafka and Redis. */
@QuarkusTest
@QuarkusTestResource(value = LocalStackResource.class, initArgs = @ResourceArg(name = "pieces", value = "kafka,redis"))
@QuarkusTestResource(IngressTestSettings.class)
class IngressTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LETTERS = "..abcdefghijklmnopqrstuvwxyz 0123456789";

    Infrastructure infrastructure;

    @Inject
    Ingress ingress;

    @Inject
    RedisDataSource redis;

    private PublishedPolicy policy;
    private KafkaRecords kafka;

    @BeforeEach
    void publish() {
        policy = new PublishedPolicy(redis);
        kafka = new KafkaRecords(infrastructure.bootstrapServers());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> given().get("/q/health/ready").statusCode() == 200);
    }

    @AfterEach
    void stopPublishing() {
        policy.close();
    }

    @Test
    void isReadyWithPolicyTopicsAndListener() {
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.name", hasItems("policy", "kafka-topics", "smtp-listener"));
        given().get("/q/metrics")
                .then()
                .body(containsString("sekisho_ingress_connections_open "))
                .body(not(containsString("sekisho_ingress_connections_open NaN")));
    }

    @Test
    void queuesASmallMessageWithItsEnvelopeAndTellsIt() {
        String sender = sender();
        String content = "Subject: gr\u00fc\u00dfe\r\nMessage-ID: <" + sender + ">\r\n\r\n.\r\n..dots\r\nfin\r\n";

        String reply = deliver(sender, "user@open.example", content);

        ConsumerRecord<byte[], byte[]> record =
                kafka.queued(envelope -> envelope.reversePath().equals(sender));
        Envelope envelope = KafkaRecords.envelope(record);
        assertThat(reply).isEqualTo("250 2.0.0 OK queued as " + envelope.id());
        assertThat(record.key()).isNull();
        assertThat(text(record.value())).startsWith("Received: from client.example ([127.0.0.1])");
        assertThat(text(record.value())).endsWith("\r\n" + content);
        assertThat(envelope.size()).isEqualTo(record.value().length);
        assertThat(envelope.messageId()).contains("<" + sender + ">");
        List<ConsumerRecord<byte[], byte[]>> events = kafka.events(2, event -> isAbout(event, envelope.id()));
        assertThat(events)
                .extracting(event -> KafkaRecords.event(event).kind())
                .containsExactly(EventKind.RECEIVED, EventKind.QUEUED);
        assertThat(text(events.getFirst().key())).isEqualTo(envelope.id().toString());
        assertThat(text(events.getFirst().headers().lastHeader("ce_type").value()))
                .isEqualTo("io.sekisho.mail.RECEIVED");
        MailEvent queued = KafkaRecords.event(events.getLast());
        assertThat(queued.policy().orElseThrow().source()).contains(PolicySource.STREAM);
    }

    @Test
    void queuesALargeMessageInChunks() throws Exception {
        String sender = sender();
        String content = "Subject: large\r\n\r\n" + lines(3 * 1024 * 1024);

        deliver(sender, "user@open.example", content);

        ConsumerRecord<byte[], byte[]> record =
                kafka.queued(envelope -> envelope.reversePath().equals(sender));
        assertThat(record.value()).isEmpty();
        List<ContentChunk> chunks = KafkaRecords.envelope(record).chunks();
        assertThat(chunks).hasSizeGreaterThan(5);
        try (Admin admin = Admin.create(java.util.Map.of("bootstrap.servers", infrastructure.bootstrapServers()))) {
            String topicId = admin.describeTopics(List.of(Topics.CONTENT))
                    .allTopicNames()
                    .get()
                    .get(Topics.CONTENT)
                    .topicId()
                    .toString();
            assertThat(chunks).extracting(ContentChunk::topicId).containsOnly(topicId);
        }
        byte[] whole = kafka.content(record);
        assertThat(whole).hasSize(Math.toIntExact(KafkaRecords.envelope(record).size()));
        assertThat(text(whole)).endsWith("\r\n" + content);
    }

    @Test
    void queuesAMessageInChunksOfAClientBehindABalancer() {
        String sender = sender();
        String chunk = ("x".repeat(998) + "\r\n").repeat(1_000);
        try (SmtpClient client =
                new SmtpClient(ingress.port("balanced"), "PROXY TCP4 203.0.113.7 192.0.2.1 50000 25\r\n")) {
            client.say("MAIL FROM:<" + sender + "> RET=HDRS ENVID=QQ314159");
            assertThat(client.say("RCPT TO:<user@open.example> NOTIFY=NEVER ORCPT=rfc822;first@open.example"))
                    .startsWith("250");
            // Each chunk ends with the CRLF that say() adds.
            assertThat(client.say("BDAT 17\r\nSubject: x\r\n\r\n.")).startsWith("250 2.0.0 17 octets");
            assertThat(client.say("BDAT 1000002\r\n" + chunk)).startsWith("250 2.0.0 1000002 octets");
            assertThat(client.say("BDAT 0 LAST")).startsWith("250 2.0.0 OK queued");
        }

        ConsumerRecord<byte[], byte[]> record =
                kafka.queued(queued -> queued.reversePath().equals(sender));
        Envelope envelope = KafkaRecords.envelope(record);
        assertThat(envelope.upstream().clientAddress()).contains(IpAddress.parse("203.0.113.7"));
        assertThat(envelope.upstream().listener()).contains("balanced");
        assertThat(envelope.dsn().envid()).contains("QQ314159");
        assertThat(envelope.recipients().getFirst().notifyOn()).contains("NEVER");
        assertThat(envelope.subject()).contains("x");
        byte[] whole = kafka.content(record);
        assertThat(whole).hasSize(Math.toIntExact(envelope.size()));
        assertThat(text(whole)).endsWith("\r\nSubject: x\r\n\r\n.\r\n" + chunk + "\r\n");
    }

    @Test
    void tellsARefusedRecipient() {
        String sender = sender();
        try (SmtpClient client = new SmtpClient(ingress.port())) {
            assertThat(client.say("MAIL FROM:<" + sender + ">")).startsWith("250");
            assertThat(client.say("RCPT TO:<user@strict.example>"))
                    .startsWith("550 5.7.10 TLS required")
                    .contains("default:inbound:strict.example");
        }

        MailEvent event = KafkaRecords.event(kafka.events(
                        1,
                        told -> told.message()
                                .filter(m -> m.sender().equals(sender))
                                .isPresent())
                .getFirst());
        assertThat(event.kind()).isEqualTo(EventKind.REJECTED);
        assertThat(event.blockReason()).contains(BlockReason.TLS_NOT_AVAILABLE);
        assertThat(event.policy().orElseThrow().ruleIds()).containsExactly("default:inbound:strict.example");
    }

    @Test
    void answers451WhileKafkaIsSilentAndGoesOnAfterwards() {
        String sender = sender();
        try (SmtpClient client = new SmtpClient(ingress.port())) {
            client.say("MAIL FROM:<" + sender + ">");
            client.say("RCPT TO:<user@open.example>");
            assertThat(client.say("DATA")).startsWith("354");
            infrastructure.pause(Piece.KAFKA);
            try {
                assertThat(client.say("Subject: x\r\n\r\n.")).startsWith("451 4.3.0");
                // A refusal does not wait for Kafka either.
                client.say("MAIL FROM:<" + sender + ">");
                assertThat(client.say("RCPT TO:<user@strict.example>")).startsWith("550 5.7.10");
            } finally {
                infrastructure.resume(Piece.KAFKA);
            }
        }

        String later = sender();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> deliver(later, "user@open.example", "x\r\n").startsWith("250"));
        // The event that nobody could confirm is written when Kafka is back.
        kafka.events(
                1,
                event -> event.kind() == EventKind.REJECTED
                        && event.message()
                                .filter(m -> m.sender().equals(sender))
                                .isPresent());
    }

    @Test
    void takesMailFromSwaksInTls() {
        String sender = sender();
        Outcome outcome = OutsideClients.assumeInstalled("swaks")
                .run(
                        PATIENCE,
                        "--server",
                        "127.0.0.1:" + ingress.port(),
                        "--tls",
                        "--helo",
                        "client.example",
                        "--from",
                        sender,
                        "--to",
                        "user@strict.example");

        assertThat(outcome.isSuccess()).as(outcome.output()).isTrue();
        Envelope envelope = KafkaRecords.envelope(
                kafka.queued(queued -> queued.reversePath().equals(sender)));
        assertThat(envelope.upstream().tls().protocol()).isEqualTo("TLSv1.3");
        assertThat(envelope.recipients().getFirst().forwardPath()).isEqualTo("user@strict.example");
    }

    @Test
    void takesAFileOfFiftyMegabytesFromSwaks(@TempDir Path directory) throws IOException {
        String sender = sender();
        // 50 MiB is the limit of the content; the transparency dots are none of it.
        String content = "Subject: fifty\r\n\r\n.leading dot\r\n" + lines(50 * 1024 * 1024 - 4_096);
        Path file = Files.writeString(directory.resolve("fifty.eml"), content, StandardCharsets.ISO_8859_1);

        Outcome outcome = OutsideClients.assumeInstalled("swaks")
                .run(
                        PATIENCE,
                        "--server",
                        "127.0.0.1:" + ingress.port(),
                        "--helo",
                        "client.example",
                        "--from",
                        sender,
                        "--to",
                        "user@open.example",
                        "--suppress-data",
                        "--data",
                        "@" + file);

        assertThat(outcome.isSuccess()).as(outcome.output()).isTrue();
        byte[] whole =
                kafka.content(kafka.queued(envelope -> envelope.reversePath().equals(sender)));
        byte[] expected = content.getBytes(StandardCharsets.ISO_8859_1);
        int received = text(Arrays.copyOf(whole, 1_000)).indexOf("Subject: fifty");
        byte[] rest = Arrays.copyOfRange(whole, received, whole.length);
        // swaks ends data with a CRLF of its own.
        assertThat(Arrays.equals(rest, 0, expected.length, expected, 0, expected.length))
                .isTrue();
        assertThat(rest.length - expected.length).isBetween(0, 2);
    }

    @Test
    void takesMailFromPostfixInParallelSessions() {
        String sender = sender();
        Outcome outcome = OutsideClients.assumeInstalled("smtp-source")
                .run(
                        PATIENCE,
                        "-s",
                        "10",
                        "-m",
                        "100",
                        "-l",
                        "20000",
                        "-f",
                        sender,
                        "-t",
                        "user@open.example",
                        "127.0.0.1:" + ingress.port());

        assertThat(outcome.isSuccess()).as(outcome.output()).isTrue();
        kafka.events(
                100,
                event -> event.kind() == EventKind.QUEUED
                        && event.message()
                                .filter(m -> m.sender().equals(sender))
                                .isPresent());
    }

    @Test
    void shakesHandsWithOpenssl() {
        Outcome outcome = OutsideClients.assumeInstalled("openssl")
                .runWithInput(
                        PATIENCE,
                        "QUIT\r\n",
                        "s_client",
                        "-connect",
                        "127.0.0.1:" + ingress.port(),
                        "-starttls",
                        "smtp",
                        "-tls1_2",
                        "-crlf");

        assertThat(outcome.output()).contains("CN = gw.example", "New, TLSv1.2, Cipher is ECDHE-RSA-AES256-GCM-SHA384");
    }

    @Test
    void limitsTheConnectionsOfOneClientAndShowsThemToOtherPods() {
        String header = "PROXY TCP4 203.0.113.200 192.0.2.1 50000 25\r\n";
        List<SmtpClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                clients.add(new SmtpClient(ingress.port("balanced"), header));
            }
            assertThat(clients)
                    .allSatisfy(client -> assertThat(client.say("NOOP")).startsWith("250"));

            clients.add(new SmtpClient(ingress.port("balanced"), header));

            given().get("/q/metrics")
                    .then()
                    .body(containsString("sekisho_ingress_connections_refused_total{reason=\"client-limit\"} 1.0"))
                    .body(containsString("sekisho_ingress_client_limited_total{limit=\"connections-at-once\"} 1.0"))
                    .body(containsString("sekisho_ingress_clients_shared 1.0"));
            await().atMost(PATIENCE)
                    .until(() -> redis.hash(String.class).hvals("sekisho:clients:203.0.113.200").stream()
                            .anyMatch(counts -> counts.matches("\\d+ 100 100 0 0 0")));
        } finally {
            clients.forEach(SmtpClient::close);
        }
    }

    private static boolean isAbout(MailEvent event, UUID message) {
        return event.message().filter(facts -> facts.id().equals(message)).isPresent();
    }

    private String deliver(String sender, String recipient, String content) {
        try (SmtpClient client = new SmtpClient(ingress.port())) {
            client.say("MAIL FROM:<" + sender + ">");
            client.say("RCPT TO:<" + recipient + ">");
            String data = client.say("DATA");
            return data.startsWith("354") ? client.say(content.replace("\r\n.", "\r\n..") + ".") : data;
        }
    }

    private static String sender() {
        return UUID.randomUUID() + "@partner.example";
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    /** Lines of letters, digits and dots, some of which begin a line; swaks gives backslash and percent a meaning. */
    private static String lines(int octets) {
        Random random = new Random(octets);
        StringBuilder lines = new StringBuilder(octets + 80);
        while (lines.length() < octets) {
            for (int i = 0; i < 70; i++) {
                lines.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            lines.append("\r\n");
        }
        return lines.toString();
    }
}
