package io.sekisho.egress;

import io.sekisho.mail.json.WireJson;
import io.sekisho.mail.policy.CompiledDomain;
import io.sekisho.mail.policy.PolicyHead;
import io.sekisho.mail.policy.PolicyKeys;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Publishes one managed domain to Redis as policy-service does, with a beating heart. */
final class LivingPublisher implements AutoCloseable {

    private static final String EPOCH = "test";

    private final Vertx vertx = Vertx.vertx();
    private final Redis redis;
    private final AtomicLong beat = new AtomicLong();

    LivingPublisher(String redisUrl) {
        redis = Redis.createClient(vertx, redisUrl);
    }

    void publish(CompiledDomain domain) {
        send(Request.cmd(Command.HSET)
                .arg(PolicyKeys.snapshot(EPOCH))
                .arg(domain.domain().ascii())
                .arg(WireJson.string(domain)));
        beat();
        vertx.setPeriodic(500, any -> redis.send(head()));
    }

    private void beat() {
        send(head());
    }

    private Request head() {
        return Request.cmd(Command.SET)
                .arg(PolicyKeys.HEAD)
                .arg(WireJson.string(new PolicyHead(EPOCH, 1, 1, beat.incrementAndGet())));
    }

    private void send(Request request) {
        try {
            redis.send(request).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("Redis did not take " + request.command(), e);
        }
    }

    @Override
    public void close() {
        redis.close();
        vertx.close();
    }
}
