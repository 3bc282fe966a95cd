package io.sekisho.egress.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sekisho.egress.TestMail;
import io.sekisho.egress.alert.AlertSettings.Protection;
import io.sekisho.egress.alert.AlertSettings.Server;
import io.sekisho.egress.failure.History;
import io.sekisho.egress.quarantine.PgQuarantine;
import io.sekisho.egress.quarantine.QuarantineReason;
import io.sekisho.egress.quarantine.QuarantinedMail;
import io.sekisho.egress.schedule.PgSchedule;
import io.sekisho.egress.schedule.ScheduleEntry;
import io.sekisho.localstack.Database;
import io.sekisho.localstack.Infrastructure;
import io.sekisho.localstack.LocalStack;
import io.sekisho.localstack.Piece;
import io.sekisho.mail.envelope.ContentChunk;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.event.Authentication;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.Hop;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.event.MessageFacts;
import io.sekisho.mail.tls.CertificateFacts;
import io.sekisho.mail.tls.TlsFacts;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the postmaster is written to, by however many pods. */
class AlertsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static Infrastructure stack;
    private static Vertx vertx;
    private static Pool pool;

    private final List<AlertMail> sent = new CopyOnWriteArrayList<>();
    private Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private boolean down;

    @BeforeAll
    static void start() {
        stack = LocalStack.start(EnumSet.of(Piece.POSTGRES));
        Flyway.configure()
                .dataSource(stack.jdbcUrl(Database.QUEUE), stack.username(), stack.password())
                .load()
                .migrate();
        vertx = Vertx.vertx();
        pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(8))
                .connectingTo(PgConnectOptions.fromUri(stack.reactiveUrl(Database.QUEUE))
                        .setUser(stack.username())
                        .setPassword(stack.password()))
                .using(vertx)
                .build();
    }

    @AfterAll
    static void stop() {
        get(pool.close());
        get(vertx.close());
        stack.close();
    }

    @BeforeEach
    void empty() {
        get(pool.query("TRUNCATE schedule, scheduled_message, quarantine, alert, alert_fact")
                .execute());
    }

    @Test
    void writesNothingWhereThereIsNothingToTell() {
        get(pod().lookOnce());
        assertThat(sent).isEmpty();
    }

    @Test
    void tellsOfTheQuarantineOnceHoweverManyPodsLook() {
        UUID id = quarantined();
        List<Alerts> pods = List.of(pod(), pod(), pod(), pod());
        get(Uni.join().all(pods.stream().map(Alerts::lookOnce).toList()).andFailFast());
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).subject()).isEqualTo("[gw.sekisho.example] mail was quarantined (1)");
        assertThat(sent.get(0).text()).contains(id.toString(), "UNREADABLE: no header", "/api/v1/quarantine");
        later(Duration.ofHours(2));
        get(pod().lookOnce());
        assertThat(sent).hasSize(1);
    }

    @Test
    void keepsTheHourAndTellsThenOfWhatCameMeanwhile() {
        quarantined();
        get(pod().lookOnce());
        UUID second = quarantined();
        later(Duration.ofMinutes(59));
        get(pod().lookOnce());
        assertThat(sent).hasSize(1);
        later(Duration.ofMinutes(1));
        get(pod().lookOnce());
        assertThat(sent).hasSize(2);
        assertThat(sent.get(1).text()).contains(second.toString());
        assertThat(sent.get(1).subject()).endsWith("(1)");
    }

    @Test
    void triesAgainLaterWhereTheServerDoesNotTakeIt() {
        quarantined();
        down = true;
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        get(pod(noCertificates(), List.of(), meters).lookOnce());
        assertThat(meters.counter("sekisho.delivery.alerts", "cause", "quarantine", "result", "failed")
                        .count())
                .isEqualTo(1);
        down = false;
        later(Duration.ofMinutes(9));
        get(pod().lookOnce());
        assertThat(sent).isEmpty();
        later(Duration.ofMinutes(1));
        get(pod(noCertificates(), List.of(), meters).lookOnce());
        assertThat(sent).hasSize(1);
        assertThat(meters.counter("sekisho.delivery.alerts", "cause", "quarantine", "result", "sent")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void tellsOfMailThatWaitsForTooLongAndRemindsTheNextDay() {
        waiting("old.example", now.minus(Duration.ofHours(9)));
        waiting("young.example", now.minus(Duration.ofHours(7)));
        get(pod().lookOnce());
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).text())
                .contains("old.example: waits since", "0 of 1 such recipients are held; the host asks to come later")
                .doesNotContain("young.example");
        get(pool.query("DELETE FROM schedule WHERE destination = 'young.example'")
                .execute());
        later(Duration.ofHours(23));
        get(pod().lookOnce());
        assertThat(sent).hasSize(1);
        later(Duration.ofHours(1));
        get(pod().lookOnce());
        assertThat(sent).hasSize(2);
    }

    @Test
    void tellsOfPartnersCertificatesThatAuthenticatedThem() {
        CertificateWatch watch = new CertificateWatch(
                any -> Uni.createFrom().voidItem(), Duration.ofDays(14), Clock.fixed(now, ZoneOffset.UTC));
        get(watch.publish(List.of(
                delivered("soon.example", Authentication.PKIX, Duration.ofDays(13)),
                delivered("late.example", Authentication.PKIX, Duration.ofDays(15)),
                delivered("unjudged.example", Authentication.NONE, Duration.ofDays(1)))));
        get(pod(watch, List.of(), new SimpleMeterRegistry()).lookOnce());
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).text())
                .contains("soon.example: expires at " + now.plus(Duration.ofDays(13)), "CN=soon.example")
                .doesNotContain("late.example", "unjudged.example");
    }

    @Test
    void tellsOfAPartitionOnceWhicheverPodHasIt() {
        String sentence = "partition 3 is paused at offset 7: its envelope is of version 2";
        get(pod(noCertificates(), List.of(sentence), new SimpleMeterRegistry()).lookOnce());
        get(pod(noCertificates(), List.of(sentence), new SimpleMeterRegistry()).lookOnce());
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).text()).contains("partition 3: seen at", "version 2");
    }

    @Test
    void listsTwentyAndCountsTheOthers() {
        for (int i = 0; i < 25; i++) {
            quarantined();
        }
        get(pod().lookOnce());
        assertThat(sent.get(0).subject()).endsWith("(25)");
        assertThat(sent.get(0).text()).contains("- and 5 more");
        assertThat(sent.get(0).text().lines().filter(line -> line.startsWith("- ")))
                .hasSize(21);
    }

    private Alerts pod() {
        return pod(noCertificates(), List.of(), new SimpleMeterRegistry());
    }

    private Alerts pod(CertificateWatch certificates, List<String> paused, SimpleMeterRegistry meters) {
        Postbox postbox = mail -> {
            if (down) {
                return Uni.createFrom().failure(new IllegalStateException("no answer"));
            }
            sent.add(mail);
            return Uni.createFrom().voidItem();
        };
        return new Alerts(
                vertx.getDelegate(),
                settings(),
                new AlertBook(pool),
                postbox,
                certificates,
                () -> paused,
                meters,
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private void later(Duration time) {
        now = now.plus(time);
    }

    private static CertificateWatch noCertificates() {
        return new CertificateWatch(any -> Uni.createFrom().voidItem(), Duration.ofDays(14), Clock.systemUTC());
    }

    private static AlertSettings settings() {
        return new AlertSettings(
                "gw.sekisho.example",
                new Server("127.0.0.1", 25, Protection.NONE, Optional.empty(), Optional.empty()),
                "postmaster@gw.sekisho.example",
                List.of("postmaster@operator.example"),
                AlertLanguage.ENGLISH,
                Duration.ofHours(8),
                Duration.ofDays(14));
    }

    private static UUID quarantined() {
        UUID id = UUID.randomUUID();
        get(new PgQuarantine(pool)
                .keep(new QuarantinedMail(
                        id,
                        QuarantineReason.UNREADABLE,
                        "no header",
                        Optional.empty(),
                        Optional.empty(),
                        1,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())));
        return id;
    }

    private static void waiting(String destination, Instant receivedAt) {
        Envelope envelope = TestMail.mail()
                .receivedAt(receivedAt)
                .to(TestMail.outbound("bob@" + destination))
                .chunks(List.of(new ContentChunk("topic", 0, 0, 90, "00")))
                .envelope();
        ScheduleEntry row = new ScheduleEntry(
                envelope.id(),
                "bob@" + destination,
                "customer.example",
                destination,
                destination,
                receivedAt,
                History.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.of("the host asks to come later"));
        get(new PgSchedule(pool).insert(envelope, List.of(row), Optional.empty()));
    }

    private MailEvent delivered(String host, Authentication authentication, Duration left) {
        Envelope envelope = TestMail.mail().to(TestMail.outbound("bob@" + host)).envelope();
        CertificateFacts certificate = new CertificateFacts("CN=" + host, "CN=Test CA", "00ff", now.plus(left));
        return MailEvent.of(
                        EventKind.DELIVERED,
                        now,
                        MessageFacts.of(envelope, envelope.recipients().get(0)),
                        1)
                .withHop(new Hop(
                        host,
                        Optional.empty(),
                        25,
                        new TlsFacts("TLSv1.3", Optional.empty(), Optional.empty(), Optional.of(certificate)),
                        authentication,
                        Optional.empty()));
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(LIMIT);
    }
}
