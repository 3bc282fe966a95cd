package io.sekisho.policyclient;

import io.sekisho.mail.json.WireJson;
import io.sekisho.mail.policy.CompiledDomain;
import io.sekisho.mail.policy.PolicyHead;
import io.sekisho.mail.policy.PolicyKeys;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Writes Redis as the publisher does, a step at a time, so that a test can stop between any two. */
final class PublishedPolicy implements AutoCloseable {

    private final Redis redis;
    private final String epoch;
    private final Map<String, CompiledDomain> domains = new HashMap<>();
    private long n;
    private long beat;

    PublishedPolicy(Vertx vertx, String uri, String epoch) {
        this.redis = Redis.createClient(vertx, uri);
        this.epoch = epoch;
    }

    void change(CompiledDomain domain) {
        write(domain);
        announce(domain);
        beat();
    }

    /** The snapshot only: what a publisher that died in mid-step could not leave, but a trimmed stream does. */
    void changeWithoutAnnouncing(CompiledDomain domain) {
        write(domain);
        n++;
        beat();
    }

    void beat() {
        run(Request.cmd(Command.SET)
                .arg(PolicyKeys.HEAD)
                .arg(WireJson.string(new PolicyHead(epoch, n, domains.size(), ++beat))));
    }

    void flush() {
        run(Request.cmd(Command.FLUSHALL));
    }

    private void write(CompiledDomain domain) {
        String field = domain.domain().ascii();
        if (domain.deleted()) {
            domains.remove(field);
            run(Request.cmd(Command.HDEL).arg(PolicyKeys.snapshot(epoch)).arg(field));
        } else {
            domains.put(field, domain);
            run(Request.cmd(Command.HSET)
                    .arg(PolicyKeys.snapshot(epoch))
                    .arg(field)
                    .arg(WireJson.string(domain)));
        }
    }

    private void announce(CompiledDomain domain) {
        run(Request.cmd(Command.XADD)
                .arg(PolicyKeys.changes(epoch))
                .arg(++n + "-0")
                .arg(PolicyKeys.CHANGE_KIND)
                .arg(PolicyKeys.KIND_DOMAIN)
                .arg(PolicyKeys.CHANGE_NAME)
                .arg(domain.domain().ascii()));
    }

    private void run(Request request) {
        Future<Response> answer = redis.send(request);
        try {
            answer.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("Redis did not take " + request.command(), e);
        }
    }

    @Override
    public void close() {
        redis.close();
    }
}
