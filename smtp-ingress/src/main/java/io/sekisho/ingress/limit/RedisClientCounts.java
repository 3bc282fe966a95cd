package io.sekisho.ingress.limit;

import io.sekisho.ingress.log.LogKey;
import io.sekisho.ingress.log.LogLine;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Shows the busy clients of this pod to the others and learns what they count, once a second in one script, over a
 * connection of its own. Nobody waits for it: while Redis is away or slow each pod counts alone.
 *
 * <p><b>Thread safety:</b> its own event loop; {@link #close} and {@link #isShared} from any thread.
 */
public final class RedisClientCounts implements AutoCloseable {

    /** KEYS: clients. ARGV: pod, ms after which a pod's numbers are old, ms to keep, then the numbers for each client. */
    private static final String EXCHANGE = """
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            local sums = {}
            for i, key in ipairs(KEYS) do
              redis.call('HSET', key, ARGV[1], string.format('%.0f', now) .. ' ' .. ARGV[i + 3])
              redis.call('PEXPIRE', key, ARGV[3])
              local sum = {}
              local pods = redis.call('HGETALL', key)
              for p = 1, #pods, 2 do
                if pods[p] ~= ARGV[1] then
                  local numbers = {}
                  for number in string.gmatch(pods[p + 1], '%d+') do
                    numbers[#numbers + 1] = tonumber(number)
                  end
                  if now - numbers[1] > tonumber(ARGV[2]) then
                    redis.call('HDEL', key, pods[p])
                  else
                    for n = 2, #numbers do
                      sum[n - 1] = (sum[n - 1] or 0) + numbers[n]
                    end
                  end
                end
              end
              sums[i] = table.concat(sum, ' ')
            end
            return sums
            """;

    static final String KEY_PREFIX = "sekisho:clients:";

    /** After which a pod that was killed counts no more. */
    static final Duration POD_OLD = Duration.ofSeconds(5);

    private static final Duration KEPT = Duration.ofSeconds(10);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** A few milliseconds of Redis; more busy clients than that take turns. */
    private static final int MOST_AT_ONCE = 500;

    private static final Logger LOG = Logger.getLogger(RedisClientCounts.class);

    private final Vertx vertx;
    private final String uri;
    private final String pod;
    private final CountedClients clients;

    private volatile Redis redis;
    private Future<RedisConnection> connection;
    private boolean asking;
    private long timer;
    private volatile boolean shared = true;
    private volatile boolean closed;

    private RedisClientCounts(Vertx vertx, String uri, String pod, CountedClients clients) {
        this.vertx = vertx;
        this.uri = uri;
        this.pod = pod;
        this.clients = clients;
    }

    /**
     * Begins to exchange counts.
     *
     * @param pod for whoever looks into Redis
     */
    public static RedisClientCounts start(Vertx vertx, String uri, String pod, CountedClients clients) {
        RedisClientCounts counts = new RedisClientCounts(vertx, uri, pod + "/" + UUID.randomUUID(), clients);
        counts.timer = vertx.setPeriodic(PERIOD.toMillis(), tick -> counts.exchange());
        return counts;
    }

    /** Whether the last exchange was answered. */
    public boolean isShared() {
        return shared;
    }

    private void exchange() {
        if (asking || closed) {
            return;
        }
        List<ClientShare> shares = clients.shares(MOST_AT_ONCE);
        if (shares.isEmpty()) {
            return;
        }
        asking = true;
        connected()
                .compose(connected -> connected.send(request(shares)))
                .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .map(answer -> others(shares, answer))
                .onComplete(done -> {
                    asking = false;
                    if (done.succeeded()) {
                        clients.hear(done.result());
                        present();
                    } else {
                        absent(done.cause());
                    }
                });
    }

    private Future<RedisConnection> connected() {
        if (connection == null) {
            redis = Redis.createClient(
                    vertx, new RedisOptions().setConnectionString(uri).setMaxPoolSize(1));
            connection = redis.connect();
        }
        return connection;
    }

    private Request request(List<ClientShare> shares) {
        Request request = Request.cmd(Command.EVAL).arg(EXCHANGE).arg(shares.size());
        shares.forEach(share -> request.arg(KEY_PREFIX + share.client()));
        request.arg(pod).arg(POD_OLD.toMillis()).arg(KEPT.toMillis());
        shares.forEach(share ->
                request.arg(share.counts().stream().map(String::valueOf).collect(Collectors.joining(" "))));
        return request;
    }

    private static List<ClientShare> others(List<ClientShare> shares, Response answer) {
        List<ClientShare> others = new ArrayList<>();
        for (int i = 0; i < shares.size(); i++) {
            String sums = answer.get(i).toString();
            // Nothing where no other pod has the client. A pod of another version may count less than we do, or more.
            Stream<Integer> known =
                    sums.isEmpty() ? Stream.of() : Stream.of(sums.split(" ")).map(Integer::valueOf);
            others.add(new ClientShare(
                    shares.get(i).client(),
                    Stream.concat(known, Stream.generate(() -> 0))
                            .limit(ClientLimit.COUNT)
                            .toList()));
        }
        return others;
    }

    private void present() {
        if (!shared) {
            shared = true;
            LOG.info(LogLine.of("share-client-counts").with(LogKey.RESULT, "resumed"));
        }
    }

    private void absent(Throwable cause) {
        redis.close();
        connection = null;
        if (shared && !closed) {
            shared = false;
            LOG.warn(LogLine.of("share-client-counts")
                    .with(LogKey.RESULT, "each pod counts alone")
                    .with(LogKey.REASON, cause));
        }
    }

    @Override
    public void close() {
        closed = true;
        vertx.cancelTimer(timer);
        if (redis != null) {
            redis.close();
        }
    }
}
