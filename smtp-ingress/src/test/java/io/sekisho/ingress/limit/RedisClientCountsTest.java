package io.sekisho.ingress.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekisho.ingress.limit.ClientLimits.Answer;
import io.sekisho.localstack.Infrastructure;
import io.sekisho.localstack.LocalStack;
import io.sekisho.localstack.Piece;
import io.sekisho.mail.address.IpAddress;
import io.sekisho.mail.address.IpNetwork;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two pods on a real Redis. */
class RedisClientCountsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final AtomicInteger TESTS = new AtomicInteger();

    private static Infrastructure stack;
    private static Vertx vertx;
    private static Redis redis;

    // Each test has a client of its own: Redis remembers for a while.
    private final IpAddress client = IpAddress.parse("203.0.113." + TESTS.incrementAndGet());
    private final CountedClients one = counted();
    private final CountedClients two = counted();
    private final RedisClientCounts first = RedisClientCounts.start(vertx, stack.redisUrl(), "one", one);
    private final RedisClientCounts second = RedisClientCounts.start(vertx, stack.redisUrl(), "two", two);

    @BeforeAll
    static void startRedis() {
        stack = LocalStack.start(EnumSet.of(Piece.REDIS));
        vertx = Vertx.vertx();
        redis = Redis.createClient(vertx, stack.redisUrl());
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
        vertx.close();
        stack.close();
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    @Test
    void addsUpTheConnectionsOfTwoPods() {
        connect(one, 2);
        connect(two, 1);

        await().atMost(LIMIT).untilAsserted(() -> assertThat(mayConnect(two)).isFalse());
        await().atMost(LIMIT).untilAsserted(() -> assertThat(mayConnect(one)).isFalse());
    }

    @Test
    void addsUpTheFailedLoginsOfTwoPods() {
        one.loginFailed(client);
        two.loginFailed(client);
        two.loginFailed(client);

        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(List.of(one.login(client), two.login(client)))
                        .containsExactly(Answer.BEYOND, Answer.BEYOND));
    }

    @Test
    void learnsSoonThatConnectionsInAnotherPodWereClosed() {
        List<ClientPlace> elsewhere = connect(one, 2);
        connect(two, 1);
        await().atMost(LIMIT).until(() -> !mayConnect(two));

        elsewhere.forEach(ClientPlace::give);

        await().atMost(LIMIT).until(() -> mayConnect(two));
    }

    @Test
    void forgetsAPodThatIsNoMore() {
        connect(one, 2);
        connect(two, 1);
        await().atMost(LIMIT).until(() -> !mayConnect(two));

        first.close();

        await().atMost(LIMIT).until(() -> mayConnect(two));
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(send(Command.HKEYS, key())).hasSize(1));
    }

    @Test
    void givesEveryKeyALifeOfSeconds() {
        connect(one, 2);

        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(send(Command.PTTL, key()).toLong()).isBetween(1L, 10_000L));
    }

    @Test
    void asksRedisForNothingWhereNobodyIsBusy() {
        CountedClients quiet = new CountedClients(
                new ClientAllowance(100, 1_000, 0, 0, 0),
                new ClientExemptions(List.of(), nobody -> false),
                exceeded -> {},
                System::nanoTime);
        quiet.connect(client);

        assertThat(quiet.shares(10)).isEmpty();
    }

    @Test
    void countsInThePodAloneWhileRedisIsAwayAndTogetherAfterwards() {
        connect(one, 1);
        connect(two, 2);
        await().atMost(LIMIT).until(() -> !mayConnect(one));

        stack.kill(Piece.REDIS);
        try {
            await().atMost(LIMIT).until(() -> !first.isShared());
            await().atMost(LIMIT).until(() -> mayConnect(one));
            connect(one, 2);
            assertThat(mayConnect(one)).isFalse();
        } finally {
            stack.restart(Piece.REDIS);
        }
        await().atMost(LIMIT).until(() -> first.isShared() && second.isShared());
        await().atMost(LIMIT).until(() -> !mayConnect(two));
    }

    @Test
    void countsInThePodAloneWhileRedisIsSlow() {
        connect(one, 1);
        connect(two, 2);
        await().atMost(LIMIT).until(() -> !mayConnect(one));

        stack.pause(Piece.REDIS);
        try {
            await().atMost(LIMIT).until(() -> mayConnect(one));
            assertThat(first.isShared()).isFalse();
        } finally {
            stack.resume(Piece.REDIS);
        }
        await().atMost(LIMIT).until(() -> !mayConnect(one));
        assertThat(first.isShared()).isTrue();
    }

    private List<ClientPlace> connect(CountedClients pod, int times) {
        return Stream.generate(() -> pod.connect(client).orElseThrow())
                .limit(times)
                .toList();
    }

    private boolean mayConnect(CountedClients pod) {
        Optional<ClientPlace> place = pod.connect(client);
        place.ifPresent(ClientPlace::give);
        return place.isPresent();
    }

    private String key() {
        return RedisClientCounts.KEY_PREFIX + IpNetwork.of(client);
    }

    private static Response send(Command command, String key) {
        return redis.send(Request.cmd(command).arg(key))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /** Three connections at once, and three failed logins, are allowed. */
    private static CountedClients counted() {
        return new CountedClients(
                new ClientAllowance(3, 0, 0, 0, 3),
                new ClientExemptions(List.of(), nobody -> false),
                exceeded -> {},
                System::nanoTime);
    }
}
