package io.sekisho.egress.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekisho.egress.TestMail;
import io.sekisho.egress.ledger.Ledger.Attempt;
import io.sekisho.egress.ledger.Ledger.Company;
import io.sekisho.egress.ledger.Ledger.Origin;
import io.sekisho.egress.ledger.Ledger.Written;
import io.sekisho.localstack.Infrastructure;
import io.sekisho.localstack.LocalStack;
import io.sekisho.localstack.Piece;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.envelope.MessageIds;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.event.MessageFacts;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisLedgerTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String BOB = "bob@partner.example";
    private static final LedgerSettings SHORT = new LedgerSettings(
            Duration.ofMillis(300),
            Duration.ofMinutes(5),
            Duration.ofSeconds(5),
            Duration.ofMillis(500),
            Duration.ofMillis(200));

    private static Infrastructure stack;
    private static Vertx vertx;
    private static Redis redis;

    private final UUID message = MessageIds.at(Instant.now());
    private final Ledger one = ledger("one", "1", LedgerSettings.STANDARD);
    private final Ledger two = ledger("two", "1", LedgerSettings.STANDARD);

    @BeforeAll
    static void start() {
        stack = LocalStack.start(EnumSet.of(Piece.REDIS));
        vertx = Vertx.vertx();
        redis = Redis.createClient(vertx, stack.redisUrl());
    }

    @AfterAll
    static void stop() {
        redis.close();
        vertx.close();
        stack.close();
    }

    @Test
    void grantsAClaimToOneAttemptOnly() {
        assertThat(claim(one)).isInstanceOf(ClaimAnswer.Granted.class);
        assertThat(claim(two))
                .isInstanceOfSatisfying(
                        ClaimAnswer.Held.class,
                        held -> assertThat(held.remaining()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60)));
        // Another attempt of the same process is no exception.
        assertThat(claim(one)).isInstanceOf(ClaimAnswer.Held.class);
    }

    @Test
    void grantsTheClaimOfAnEarlierIncarnationOfTheSamePodAtOnce() {
        claim(one);
        assertThat(claim(ledger("one", "2", LedgerSettings.STANDARD))).isInstanceOf(ClaimAnswer.Granted.class);
        assertThat(claim(ledger("on", "3", LedgerSettings.STANDARD))).isInstanceOf(ClaimAnswer.Held.class);
    }

    @Test
    void grantsAClaimThatRanOutAndTellsTheLoser() {
        LedgerClaim lost = granted(ledger("slow", "1", SHORT));
        await().atMost(LIMIT).untilAsserted(() -> assertThat(claim(two)).isInstanceOf(ClaimAnswer.Granted.class));
        assertThat(lost.isHeld()).isTrue();
        get(one.renew(List.of(lost)));
        assertThat(lost.isHeld()).isFalse();
    }

    @Test
    void keepsARenewedClaim() {
        Ledger slow = ledger("slow", "1", SHORT);
        LedgerClaim claim = granted(slow);
        Instant end = Instant.now().plusMillis(900);
        await().pollInterval(Duration.ofMillis(50)).atMost(LIMIT).until(() -> {
            get(slow.renew(List.of(claim)));
            assertThat(claim(two)).isInstanceOf(ClaimAnswer.Held.class);
            return Instant.now().isAfter(end);
        });
        assertThat(claim.isHeld()).isTrue();
    }

    @Test
    void grantsAReleasedClaim() {
        get(one.release(List.of(granted(one))));
        assertThat(claim(two)).isInstanceOf(ClaimAnswer.Granted.class);
    }

    @Test
    void repeatsWhatWasConcludedWithItsEvents() {
        granted(one);
        List<MailEvent> events = List.of(event(EventKind.ATTEMPTED), event(EventKind.DELIVERED));
        assertThat(get(one.conclude(message, BOB, events))).isEqualTo(Written.RECORDED);
        assertThat(claim(two)).isEqualTo(new ClaimAnswer.Concluded(events));
        assertThat(get(two.claim(message, Map.of(BOB, 2), Origin.SCHEDULE, Company.ANY))
                        .get(BOB))
                .isEqualTo(new ClaimAnswer.Concluded(events));
    }

    @Test
    void letsWhatEndedGoOnceMoreWhenItIsForgotten() {
        granted(one);
        get(one.conclude(message, BOB, List.of(event(EventKind.QUARANTINED))));
        assertThat(get(two.forget(message, List.of(BOB)))).isEqualTo(Written.RECORDED);
        assertThat(claim(two)).isInstanceOf(ClaimAnswer.Granted.class);
    }

    @Test
    void leavesScheduledRecipientsToTheSchedule() {
        granted(one);
        get(one.scheduled(message, List.of(BOB), Attempt.OVER));
        assertThat(claim(two)).isInstanceOf(ClaimAnswer.Scheduled.class);
        assertThat(get(two.claim(message, Map.of(BOB, 2), Origin.SCHEDULE, Company.ANY))
                        .get(BOB))
                .isInstanceOf(ClaimAnswer.Granted.class);
    }

    @Test
    void keepsTheClaimOfAnAttemptThatGoesOnBesideItsRow() {
        granted(one);
        get(one.scheduled(message, List.of(BOB), Attempt.GOES_ON));
        assertThat(claim(two)).isInstanceOf(ClaimAnswer.Scheduled.class);
        assertThat(get(two.claim(message, Map.of(BOB, 1), Origin.SCHEDULE, Company.ANY))
                        .get(BOB))
                .isInstanceOf(ClaimAnswer.Held.class);
    }

    @Test
    void isolatesWhatEndedTwoPodsAndQuarantinesWhatEndedThree() {
        for (int incarnation = 1; incarnation <= 2; incarnation++) {
            assertThat(claim(ledger("pod", "i" + incarnation, LedgerSettings.STANDARD)))
                    .isInstanceOf(ClaimAnswer.Granted.class);
        }
        Ledger third = ledger("pod", "i3", LedgerSettings.STANDARD);
        assertThat(claim(third)).isInstanceOf(ClaimAnswer.Suspect.class);
        // Asking again is not another end.
        assertThat(claim(third)).isInstanceOf(ClaimAnswer.Suspect.class);
        assertThat(get(third.claim(message, Map.of(BOB, 1), Origin.QUEUE, Company.ALONE))
                        .get(BOB))
                .isInstanceOf(ClaimAnswer.Granted.class);
        assertThat(claim(ledger("pod", "i4", LedgerSettings.STANDARD))).isInstanceOf(ClaimAnswer.Poisonous.class);
    }

    @Test
    void forgetsEndsOfPodsWhenAnAttemptComesToSomething() {
        claim(ledger("pod", "i1", LedgerSettings.STANDARD));
        Ledger second = ledger("pod", "i2", LedgerSettings.STANDARD);
        claim(second);
        get(second.scheduled(message, List.of(BOB), Attempt.OVER));
        Ledger third = ledger("pod", "i3", LedgerSettings.STANDARD);
        assertThat(get(third.claim(message, Map.of(BOB, 2), Origin.SCHEDULE, Company.ANY))
                        .get(BOB))
                .isInstanceOf(ClaimAnswer.Granted.class);
    }

    @Test
    void boundsTheLifeOfEveryKeyAndShortensItWhenSettled() {
        granted(one);
        assertThat(timeToLive())
                .isBetween(1L, LedgerSettings.STANDARD.unsettled().toMillis());
        get(one.settle(message, List.of(BOB)));
        assertThat(timeToLive()).isGreaterThan(LedgerSettings.STANDARD.settled().toMillis());
        get(one.conclude(message, BOB, List.of(event(EventKind.DELIVERED))));
        get(one.settle(message, List.of(BOB)));
        assertThat(timeToLive()).isBetween(1L, LedgerSettings.STANDARD.settled().toMillis());
    }

    @Test
    void remembersThatSomethingEndedWhoseRowIsGoneAsLongAsItsInputMayComeAgain() {
        granted(one);
        get(one.conclude(message, BOB, List.of(event(EventKind.DELIVERED))));
        get(one.spend(message, List.of(BOB)));
        assertThat(timeToLive()).isGreaterThan(LedgerSettings.STANDARD.settled().toMillis());
        assertThat(claim(two)).isEqualTo(new ClaimAnswer.Concluded(List.of()));
    }

    @Test
    void makesNoOutcomeOfARowThatGoesWithoutOne() {
        granted(one);
        get(one.spend(message, List.of(BOB)));
        assertThat(claim(two)).isInstanceOf(ClaimAnswer.Held.class);
    }

    @Test
    void claimsManyRecipientsAtOnce() {
        Map<String, Integer> many = new LinkedHashMap<>();
        for (int i = 0; i < 250; i++) {
            many.put("user" + i + "@partner.example", 1);
        }
        assertThat(get(one.claim(message, many, Origin.QUEUE, Company.ANY)))
                .hasSize(250)
                .allSatisfy((to, answer) -> assertThat(answer).isInstanceOf(ClaimAnswer.Granted.class));
    }

    @Test
    void goesOnUnrecordedWhileRedisIsAwayAndIsBackAfterwards() {
        LedgerConnection connection = new LedgerConnection(redis, SHORT);
        Ledger ledger = new RedisLedger(connection, new PodIdentity("pod", "1"), SHORT);
        LedgerClaim held = granted(ledger);
        stack.pause(Piece.REDIS);
        try {
            assertThat(claim(ledger)).isInstanceOf(ClaimAnswer.Unrecorded.class);
            assertThat(connection.isPresent()).isFalse();
            assertThat(get(ledger.conclude(message, BOB, List.of(event(EventKind.DELIVERED)))))
                    .isEqualTo(Written.ABSENT);
            get(ledger.renew(List.of(held)));
            // Nobody is known to have taken it.
            assertThat(held.isHeld()).isTrue();
        } finally {
            stack.resume(Piece.REDIS);
        }
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(claim(ledger)).isNotInstanceOf(ClaimAnswer.Unrecorded.class));
        assertThat(connection.isPresent()).isTrue();
    }

    @Test
    void letsOneStepWaitForAnAbsentRedisAndNoOther() {
        // Long enough for the steps to be seen side by side.
        LedgerSettings patient = new LedgerSettings(
                SHORT.lease(), SHORT.unsettled(), SHORT.settled(), Duration.ofSeconds(4), Duration.ofNanos(1));
        Ledger ledger = ledger("pod", "1", patient);
        stack.pause(Piece.REDIS);
        try {
            assertThat(claim(ledger)).isInstanceOf(ClaimAnswer.Unrecorded.class);
            CompletableFuture<?> probe = ledger.claim(message, Map.of(BOB, 1), Origin.QUEUE, Company.ANY)
                    .subscribeAsCompletionStage();

            assertThat(claim(ledger)).isInstanceOf(ClaimAnswer.Unrecorded.class);

            assertThat(probe).isNotDone();
        } finally {
            stack.resume(Piece.REDIS);
        }
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(claim(ledger)).isNotInstanceOf(ClaimAnswer.Unrecorded.class));
    }

    private Ledger ledger(String pod, String incarnation, LedgerSettings settings) {
        return new RedisLedger(new LedgerConnection(redis, settings), new PodIdentity(pod, incarnation), settings);
    }

    private ClaimAnswer claim(Ledger ledger) {
        return get(ledger.claim(message, Map.of(BOB, 1), Origin.QUEUE, Company.ANY))
                .get(BOB);
    }

    private LedgerClaim granted(Ledger ledger) {
        return ((ClaimAnswer.Granted) claim(ledger)).claim();
    }

    private long timeToLive() {
        return Uni.createFrom()
                .completionStage(
                        () -> redis.send(Request.cmd(Command.PTTL).arg("sekisho:ledger:" + message + ":" + BOB))
                                .toCompletionStage())
                .await()
                .atMost(LIMIT)
                .toLong();
    }

    private MailEvent event(EventKind kind) {
        Envelope envelope =
                TestMail.mail().id(message).to(TestMail.outbound(BOB)).envelope();
        // Times are written with milliseconds.
        Instant at = Instant.ofEpochMilli(Instant.now().toEpochMilli());
        Envelope whole = TestMail.mail()
                .id(message)
                .receivedAt(at)
                .to(envelope.recipients().get(0))
                .envelope();
        return MailEvent.of(kind, at, MessageFacts.of(whole, whole.recipients().get(0)), 1);
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(LIMIT);
    }
}
