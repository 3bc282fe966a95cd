package io.sekisho.egress.brokentls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sekisho.egress.brokentls.BrokenTls.Broken;
import io.sekisho.egress.ledger.LedgerConnection;
import io.sekisho.egress.ledger.LedgerSettings;
import io.sekisho.localstack.Infrastructure;
import io.sekisho.localstack.LocalStack;
import io.sekisho.localstack.Piece;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisBrokenTlsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final TlsPeer ONE = new TlsPeer("MX1.partner.example", "192.0.2.1", 25);
    private static final TlsPeer TWO = new TlsPeer("mx1.partner.example", "2001:db8::2", 25);
    private static final TlsPeer THREE = new TlsPeer("mx1.partner.example", "192.0.2.1", 2525);

    private static Infrastructure stack;
    private static Vertx vertx;
    private static Redis redis;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final BrokenTls memory = memory(BrokenTlsSettings.STANDARD);

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

    @BeforeEach
    void forgetAll() {
        redis.send(Request.cmd(Command.FLUSHALL))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @Test
    void remembersForAllPodsWhenItBroke() {
        Instant before = Instant.now().minusSeconds(1);
        get(memory.remember(ONE));

        BrokenTls otherPod = memory(BrokenTlsSettings.STANDARD);
        assertThat(get(otherPod.since(ONE)))
                .hasValueSatisfying(
                        at -> assertThat(at).isBetween(before, Instant.now().plusSeconds(1)));
        assertThat(count("used")).isOne();
        assertThat(count("remembered")).isOne();
    }

    @Test
    void showsHowManyItRemembers() {
        get(memory.remember(ONE));
        get(memory.remember(TWO));
        get(memory.since(THREE));
        assertThat(meters.get("sekisho.delivery.broken.tls.peers").gauge().value())
                .isEqualTo(2);
    }

    @Test
    void keepsAddressesAndPortsOfAHostApart() {
        get(memory.remember(ONE));
        assertThat(get(memory.since(TWO))).isEmpty();
        assertThat(get(memory.since(THREE))).isEmpty();
    }

    @Test
    void forgetsWhatWorksAgain() {
        get(memory.remember(ONE));
        get(memory.forget(ONE));
        get(memory.forget(TWO));
        assertThat(get(memory.since(ONE))).isEmpty();
        assertThat(count("forgotten")).isOne();
    }

    @Test
    void forgetsWithTime() {
        BrokenTls brief = memory(new BrokenTlsSettings(Duration.ofMillis(200), 10));
        get(brief.remember(ONE));
        await().atMost(LIMIT).until(() -> get(brief.since(ONE)).isEmpty());
        assertThat(get(brief.latest(10))).isEmpty();
    }

    @Test
    void remembersNoMoreThanItMayTheLatestFirst() {
        BrokenTls small = memory(new BrokenTlsSettings(Duration.ofHours(1), 2));
        get(small.remember(ONE));
        // Redis' clock has milliseconds, and equal ones are in the order of names.
        await().atMost(LIMIT).until(() -> later(get(memory.latest(1)).getFirst().since()));
        get(small.remember(TWO));
        await().atMost(LIMIT).until(() -> later(get(memory.latest(1)).getFirst().since()));
        get(small.remember(THREE));
        assertThat(get(small.latest(10))).extracting(Broken::peer).containsExactly(THREE, TWO);
        assertThat(get(small.latest(1))).hasSize(1);
        assertThat(get(small.since(ONE))).isEmpty();
    }

    @Test
    void remembersNothingWhereItIsSwitchedOff() {
        BrokenTls off = memory(new BrokenTlsSettings(Duration.ZERO, 10));
        get(off.remember(ONE));
        assertThat(get(memory.latest(10))).isEmpty();
        assertThat(get(off.since(ONE))).isEmpty();
    }

    @Test
    void remembersNothingWithoutRedis() {
        Redis nowhere = Redis.createClient(vertx, "redis://127.0.0.1:1");
        LedgerSettings impatient = new LedgerSettings(
                Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMillis(500), LIMIT);
        BrokenTls without = new RedisBrokenTls(
                new LedgerConnection(nowhere, impatient), BrokenTlsSettings.STANDARD, new SimpleMeterRegistry());
        get(without.remember(ONE));
        get(without.forget(ONE));
        assertThat(get(without.since(ONE))).isEmpty();
        assertThat(get(without.latest(3))).isEmpty();
        nowhere.close();
    }

    private static boolean later(Instant than) {
        return Instant.now().isAfter(than.plusMillis(1));
    }

    private BrokenTls memory(BrokenTlsSettings settings) {
        return new RedisBrokenTls(new LedgerConnection(redis, LedgerSettings.STANDARD), settings, meters);
    }

    private double count(String event) {
        return meters.counter("sekisho.delivery.broken.tls", "event", event).count();
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(LIMIT);
    }
}
