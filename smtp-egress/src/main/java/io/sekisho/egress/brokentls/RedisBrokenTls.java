package io.sekisho.egress.brokentls;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sekisho.egress.ledger.LedgerConnection;
import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/**
 * The memory in Redis, shared by all pods: one sorted set of peers by the time at which their TLS broke, Redis' clock.
 *
 * <p>Metrics: {@code sekisho.delivery.broken.tls} counts what was {@code remembered}, {@code used} (a handshake saved, and a
 * session in plain text) and {@code forgotten}; {@code sekisho.delivery.broken.tls.peers} is how many are remembered. Alert on
 * {@code used} if plain text is to be the exception.
 */
public final class RedisBrokenTls implements BrokenTls {

    private static final Logger LOG = Logger.getLogger(RedisBrokenTls.class);
    private static final String KEY = "sekisho:broken-tls";
    private static final String COUNTER = "sekisho.delivery.broken.tls";

    private static final String NOW = """
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            """;

    /** KEYS: the set. ARGV: peer, remember ms. Answers when it broke, or an empty string, and how many are remembered. */
    private static final String SINCE = NOW + """
            local since = redis.call('ZSCORE', KEYS[1], ARGV[1])
            if since and tonumber(since) <= now - tonumber(ARGV[2]) then
              since = false
            end
            return {since or '', redis.call('ZCARD', KEYS[1])}
            """;

    /** KEYS: the set. ARGV: peer, remember ms, entries. */
    private static final String REMEMBER = NOW + """
            redis.call('ZADD', KEYS[1], now, ARGV[1])
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - tonumber(ARGV[2]))
            redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -(tonumber(ARGV[3]) + 1))
            redis.call('PEXPIRE', KEYS[1], ARGV[2])
            return 1
            """;

    /** KEYS: the set. ARGV: peer. */
    private static final String FORGET = "return redis.call('ZREM', KEYS[1], ARGV[1])";

    /** KEYS: the set. ARGV: remember ms, count. */
    private static final String LATEST = NOW + """
            return redis.call('ZREVRANGEBYSCORE', KEYS[1], '+inf', '(' .. (now - tonumber(ARGV[1])),
              'WITHSCORES', 'LIMIT', 0, ARGV[2])
            """;

    private final LedgerConnection redis;
    private final BrokenTlsSettings settings;
    private final MeterRegistry meters;
    private volatile long peers;

    public RedisBrokenTls(LedgerConnection redis, BrokenTlsSettings settings, MeterRegistry meters) {
        this.redis = redis;
        this.settings = settings;
        this.meters = meters;
        Gauge.builder(COUNTER + ".peers", () -> peers)
                .description("Hosts whose TLS is remembered as broken, at the last look")
                .register(meters);
    }

    @Override
    public CompletionStage<Optional<Instant>> since(TlsPeer peer) {
        if (settings.remember().isZero()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return redis.run(SINCE, List.of(KEY), List.of(peer.key(), millis()))
                .map(answer -> {
                    peers = answer.get(1).toLong();
                    return instant(answer.get(0));
                })
                .invoke(since -> since.ifPresent(at -> used(peer, at)))
                .onFailure()
                .recoverWithItem(Optional.empty())
                .subscribeAsCompletionStage();
    }

    private void used(TlsPeer peer, Instant since) {
        count("used");
        LOG.debug(LogLine.of("plain text, as TLS broke").with(LogKey.HOST, peer).with(LogKey.DETAIL, "since " + since));
    }

    @Override
    public CompletionStage<Void> remember(TlsPeer peer) {
        if (settings.remember().isZero()) {
            return CompletableFuture.completedFuture(null);
        }
        return redis.run(REMEMBER, List.of(KEY), List.of(peer.key(), millis(), Integer.toString(settings.entries())))
                .invoke(() -> {
                    count("remembered");
                    LOG.info(LogLine.of("TLS is broken: opportunistic mail goes in plain text")
                            .with(LogKey.HOST, peer)
                            .with(LogKey.DETAIL, "for " + settings.remember()));
                })
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull()
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Void> forget(TlsPeer peer) {
        return redis.run(FORGET, List.of(KEY), List.of(peer.key()))
                .invoke(answer -> {
                    if (answer.toInteger() > 0) {
                        count("forgotten");
                        LOG.info(LogLine.of("TLS works again").with(LogKey.HOST, peer));
                    }
                })
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull()
                .subscribeAsCompletionStage();
    }

    @Override
    public Uni<List<Broken>> latest(int count) {
        return redis.run(LATEST, List.of(KEY), List.of(millis(), Integer.toString(count)))
                .map(RedisBrokenTls::broken)
                .onFailure()
                .recoverWithItem(List.of());
    }

    private static List<Broken> broken(Response answer) {
        List<Broken> all = new ArrayList<>();
        for (int i = 0; i + 1 < answer.size(); i += 2) {
            TlsPeer peer = TlsPeer.ofKey(answer.get(i).toString());
            instant(answer.get(i + 1)).ifPresent(since -> all.add(new Broken(peer, since)));
        }
        return all;
    }

    private static Optional<Instant> instant(Response score) {
        String text = score == null ? "" : score.toString();
        return text.isEmpty() ? Optional.empty() : Optional.of(Instant.ofEpochMilli((long) Double.parseDouble(text)));
    }

    private String millis() {
        return Long.toString(settings.remember().toMillis());
    }

    private void count(String what) {
        meters.counter(COUNTER, "event", what).increment();
    }
}
