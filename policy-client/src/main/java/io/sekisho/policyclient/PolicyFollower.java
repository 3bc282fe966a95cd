package io.sekisho.policyclient;

import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.event.PolicySource;
import io.sekisho.mail.policy.CompiledDomain;
import io.sekisho.mail.policy.PolicyHead;
import io.sekisho.mail.policy.PolicyKeys;
import io.sekisho.mail.policy.PolicyRevision;
import io.sekisho.policyclient.match.PolicyTable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Keeps the table up: rounds that each read what is new, one at a time, on one event-loop context. A round reads the
 * change stream in Redis; where that fails, or its publisher is silent for longer than freshness allows, it asks
 * policy-service. Never gives up.
 */
final class PolicyFollower {

    private static final Logger LOG = Logger.getLogger(PolicyFollower.class);
    private static final long PAUSE_AFTER_FAILURE_MILLIS = 500;
    private static final long PAUSE_OF_FALLBACK_MILLIS = 1_000;

    private final Vertx vertx;
    private final Context context;
    private final PolicyClientSettings settings;
    private final Freshness freshness;
    private final HttpPolicySource http;

    private Optional<RedisPolicySource> redis = Optional.empty();
    private Optional<PolicyHead> lastHead = Optional.empty();
    private PolicyTable table = new PolicyTable();
    /** The change up to which the table is complete; {@link PolicyRevision#NONE} before the first snapshot. */
    private PolicyRevision position = PolicyRevision.NONE;

    /** When the publisher was last known to live. */
    private long aliveNanos = System.nanoTime();

    private String lastTrouble = "";
    private volatile boolean stopped;

    PolicyFollower(Vertx vertx, PolicyClientSettings settings, Freshness freshness) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.settings = settings;
        this.freshness = freshness;
        this.http = new HttpPolicySource(vertx, settings);
    }

    void start() {
        context.runOnContext(go -> round());
    }

    void stop() {
        stopped = true;
        context.runOnContext(go -> {
            redis.ifPresent(RedisPolicySource::close);
            http.close();
        });
    }

    private void round() {
        if (stopped) {
            return;
        }
        fromRedis().onSuccess(done -> afterRedis()).onFailure(e -> {
            trouble("redis", e);
            redis.ifPresent(RedisPolicySource::close);
            redis = Optional.empty();
            fallback();
        });
    }

    private void afterRedis() {
        if (System.nanoTime() - aliveNanos < PolicyClientSettings.FRESH_FOR.toNanos()) {
            trouble("", null);
            context.runOnContext(go -> round());
        } else {
            // Redis answers, but nobody publishes: ask the source of the truth.
            trouble("publisher", new IllegalStateException("its heartbeat in Redis does not move"));
            fallback();
        }
    }

    private void fallback() {
        if (stopped) {
            return;
        }
        fromHttp().onSuccess(done -> again(PAUSE_OF_FALLBACK_MILLIS)).onFailure(e -> {
            trouble("redis and policy-service", e);
            again(PAUSE_AFTER_FAILURE_MILLIS);
        });
    }

    private void again(long millis) {
        if (!stopped) {
            vertx.setTimer(millis, timer -> context.runOnContext(go -> round()));
        }
    }

    private Future<Void> fromRedis() {
        Future<RedisPolicySource> connected = redis.map(Future::succeededFuture)
                .orElseGet(() -> RedisPolicySource.connect(vertx, settings.redisUri())
                        .onSuccess(source -> redis = Optional.of(source)));
        return connected.compose(source -> source.head().compose(head -> follow(source, head)));
    }

    private Future<Void> follow(RedisPolicySource source, Optional<PolicyHead> head) {
        if (head.isEmpty()) {
            return Future.failedFuture(new IllegalStateException("nothing is published in Redis"));
        }
        String epoch = head.get().epoch();
        if (!epoch.equals(position.epoch())) {
            return load(source, head.get());
        }
        return source.changesAfter(epoch, position.n())
                .compose(changes -> isContinuous(changes)
                        ? apply(source, epoch, changes).compose(done -> check(source, head.get(), changes.isEmpty()))
                        : load(source, head.get()));
    }

    private boolean isContinuous(List<RedisPolicySource.Change> changes) {
        // Numbers have no gap: a missing one means that the stream was trimmed past us.
        long expected = position.n() + 1;
        for (RedisPolicySource.Change change : changes) {
            if (change.n() != expected++) {
                return false;
            }
        }
        return true;
    }

    private Future<Void> apply(RedisPolicySource source, String epoch, List<RedisPolicySource.Change> changes) {
        if (changes.isEmpty()) {
            return Future.succeededFuture();
        }
        PolicyRevision reached =
                new PolicyRevision(epoch, changes.get(changes.size() - 1).n());
        Set<DomainName> changed = new LinkedHashSet<>();
        changes.stream()
                .filter(change -> change.kind().equals(PolicyKeys.KIND_DOMAIN))
                .forEach(change -> changed.add(DomainName.parse(change.name())));
        List<DomainName> names = new ArrayList<>(changed);
        Future<List<Optional<CompiledDomain>>> read =
                names.isEmpty() ? Future.succeededFuture(List.of()) : source.domains(epoch, names);
        return read.map(domains -> {
            for (int i = 0; i < names.size(); i++) {
                DomainName name = names.get(i);
                table.put(domains.get(i).orElseGet(() -> CompiledDomain.tombstone(name, reached)));
            }
            position = reached;
            table.advance(reached);
            return null;
        });
    }

    /**
     * After a read of the stream: have we what the head promised before it, and does its publisher live? Only a beat
     * that was seen to move proves that it does.
     */
    private Future<Void> check(RedisPolicySource source, PolicyHead head, boolean idle) {
        boolean moved = lastHead.isPresent() && !lastHead.get().equals(head);
        lastHead = Optional.of(head);
        boolean lost = idle && position.n() < head.n();
        boolean miscounted = idle && position.n() == head.n() && table.size() != head.domains();
        if (lost || miscounted) {
            LOG.warnf("action=reload-policy position=%s head=%s table=%d", position, head, table.size());
            return load(source, head);
        }
        // A head behind us is a Redis that lost its last second: its publisher will write those changes again.
        if (moved && position.n() >= head.n()) {
            aliveNanos = System.nanoTime();
            freshness.confirm(table, PolicySource.STREAM);
        }
        return Future.succeededFuture();
    }

    private Future<Void> load(RedisPolicySource source, PolicyHead head) {
        return source.snapshot(head.epoch())
                .compose(domains -> vertx.executeBlocking(() -> PolicyTable.of(domains, head.revision())))
                .map(loaded -> {
                    LOG.infof("action=load-policy source=redis revision=%s domains=%d", head.revision(), loaded.size());
                    replace(loaded, head.revision());
                    lastHead = Optional.of(head);
                    aliveNanos = System.nanoTime();
                    return null;
                });
    }

    private Future<Void> fromHttp() {
        return http.since(position)
                .compose(answer -> vertx.executeBlocking(() -> {
                            if (answer.snapshot()) {
                                return PolicyTable.of(answer.domains(), answer.revision());
                            }
                            answer.domains().forEach(table::put);
                            return table;
                        })
                        .map(updated -> {
                            if (updated.size() != answer.total()) {
                                // Ask for everything next time.
                                position = PolicyRevision.NONE;
                                throw new IllegalStateException("the table has " + updated.size()
                                        + " domains, policy-service " + answer.total());
                            }
                            replace(updated, answer.revision());
                            freshness.confirm(table, PolicySource.HTTP);
                            return null;
                        }));
    }

    private void replace(PolicyTable updated, PolicyRevision revision) {
        table = updated;
        position = revision;
        table.advance(revision);
    }

    private void trouble(String what, Throwable cause) {
        String now = what + (cause == null ? "" : ": " + cause.getMessage());
        if (!now.equals(lastTrouble)) {
            lastTrouble = now;
            if (cause == null) {
                LOG.infof("action=follow-policy state=fresh revision=%s", position);
            } else {
                LOG.warnf("action=follow-policy state=trouble source=\"%s\" reason=\"%s\"", what, cause.getMessage());
            }
        }
    }
}
