package io.sekisho.policyclient;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.json.WireJson;
import io.sekisho.mail.policy.CompiledDomain;
import io.sekisho.mail.policy.PolicyHead;
import io.sekisho.mail.policy.PolicyKeys;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The published policy in Redis, over one connection of its own, since reading the change stream blocks it.
 *
 * <p>Fails when Redis does not answer within a bounded time; then the connection is of no more use.
 */
final class RedisPolicySource {

    /** How long one read of the change stream waits for a change: the rate at which the head is looked at. */
    static final int BLOCK_MILLIS = 500;

    private static final int ANSWER_MILLIS = 2_000;
    private static final int CHANGES_PER_READ = 500;
    private static final int DOMAINS_PER_SCAN = 1_000;

    private final Vertx vertx;
    private final Redis redis;
    private final RedisConnection connection;

    private RedisPolicySource(Vertx vertx, Redis redis, RedisConnection connection) {
        this.vertx = vertx;
        this.redis = redis;
        this.connection = connection;
    }

    static Future<RedisPolicySource> connect(Vertx vertx, String uri) {
        Redis redis = Redis.createClient(
                vertx, new RedisOptions().setConnectionString(uri).setMaxPoolSize(1));
        return redis.connect()
                .timeout(ANSWER_MILLIS, TimeUnit.MILLISECONDS)
                .map(connection -> new RedisPolicySource(vertx, redis, connection))
                .onFailure(e -> redis.close());
    }

    void close() {
        redis.close();
    }

    /** What stands in Redis now; empty where nothing was published. */
    Future<Optional<PolicyHead>> head() {
        return send(Request.cmd(Command.GET).arg(PolicyKeys.HEAD))
                .map(answer ->
                        Optional.ofNullable(answer).map(head -> WireJson.read(head.toBytes(), PolicyHead.class)));
    }

    /** All domains of the snapshot, read piece by piece; parsed away from the event loop. */
    Future<List<CompiledDomain>> snapshot(String epoch) {
        return scan(epoch, "0", new ArrayList<>());
    }

    private Future<List<CompiledDomain>> scan(String epoch, String cursor, List<CompiledDomain> found) {
        Request request = Request.cmd(Command.HSCAN)
                .arg(PolicyKeys.snapshot(epoch))
                .arg(cursor)
                .arg("COUNT")
                .arg(DOMAINS_PER_SCAN);
        return send(request)
                .compose(answer -> parse(() -> {
                    Response fields = answer.get(1);
                    for (int value = 1; value < fields.size(); value += 2) {
                        found.add(WireJson.read(fields.get(value).toBytes(), CompiledDomain.class));
                    }
                    return answer.get(0).toString();
                }))
                .compose(next -> next.equals("0") ? Future.succeededFuture(found) : scan(epoch, next, found));
    }

    /** A change of the stream. */
    record Change(long n, String kind, String name) {}

    /** The next changes behind {@code n}, waiting {@link #BLOCK_MILLIS} at most; empty where there are none. */
    Future<List<Change>> changesAfter(String epoch, long n) {
        Request request = Request.cmd(Command.XREAD)
                .arg("COUNT")
                .arg(CHANGES_PER_READ)
                .arg("BLOCK")
                .arg(BLOCK_MILLIS)
                .arg("STREAMS")
                .arg(PolicyKeys.changes(epoch))
                .arg(n + "-0");
        return send(request).map(RedisPolicySource::changes);
    }

    private static List<Change> changes(Response answer) {
        List<Change> changes = new ArrayList<>();
        if (answer != null) {
            // RESP3 answers with a map of streams, RESP2 with a list of pairs.
            String stream = answer.isMap() ? answer.getKeys().iterator().next() : null;
            Response entries =
                    stream != null ? answer.get(stream) : answer.get(0).get(1);
            for (Response entry : entries) {
                String id = entry.get(0).toString();
                Response fields = entry.get(1);
                changes.add(new Change(
                        Long.parseLong(id.substring(0, id.indexOf('-'))),
                        field(fields, PolicyKeys.CHANGE_KIND),
                        field(fields, PolicyKeys.CHANGE_NAME)));
            }
        }
        return changes;
    }

    private static String field(Response fields, String name) {
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            if (fields.get(i).toString().equals(name)) {
                return fields.get(i + 1).toString();
            }
        }
        return "";
    }

    /** The domains as they are in the snapshot now, in the order asked; empty for one that is not in it. */
    Future<List<Optional<CompiledDomain>>> domains(String epoch, List<DomainName> names) {
        Request request = Request.cmd(Command.HMGET).arg(PolicyKeys.snapshot(epoch));
        names.forEach(name -> request.arg(name.ascii()));
        return send(request)
                .compose(answer -> parse(() -> {
                    List<Optional<CompiledDomain>> domains = new ArrayList<>();
                    for (Response value : answer) {
                        domains.add(Optional.ofNullable(value)
                                .map(json -> WireJson.read(json.toBytes(), CompiledDomain.class)));
                    }
                    return domains;
                }));
    }

    private <T> Future<T> parse(java.util.concurrent.Callable<T> work) {
        return vertx.executeBlocking(work);
    }

    private Future<Response> send(Request request) {
        return connection.send(request).timeout(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
    }
}
