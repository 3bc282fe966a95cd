package io.sekisho.policyservice.publication;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.sekisho.mail.json.WireJson;
import io.sekisho.mail.policy.PolicyHead;
import io.sekisho.mail.policy.PolicyKeys;
import io.sekisho.mail.policy.PolicyRevision;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What stands in Redis, and the steps that change it: each is one script, and goes through only if the head is what the caller saw.
 *
 * <p><b>Fails when</b> Redis does not answer within two seconds: {@link PublicationFailure}. A step that was given up may still happen; its condition keeps it harmless.
 */
@Singleton
class PublishedPolicy {
    /** Unfinished snapshots, and what an older epoch left, go away by themselves after this. */
    private static final Duration LEFTOVERS_KEPT = Duration.ofMinutes(10);

    private final ReactiveRedisDataSource redis;

    PublishedPolicy(ReactiveRedisDataSource redis) {
        this.redis = redis;
    }

    /**
     * The head as it stands in Redis.
     *
     * @param text empty where there is none
     * @param head empty where there is none, or something that is no head
     */
    record Seen(String text, Optional<PolicyHead> head) {}

    /** Whether a step was made. */
    enum Step {
        MADE,
        /** The head is another one than expected: look again. */
        REFUSED
    }

    Uni<Seen> head() {
        return PublicationFailure.orOfRedis(redis.value(String.class).get(PolicyKeys.HEAD))
                .map(text -> text == null ? new Seen("", Optional.empty()) : new Seen(text, parse(text)));
    }

    private static Optional<PolicyHead> parse(String text) {
        try {
            return Optional.ofNullable(WireJson.read(text, PolicyHead.class)).filter(head -> head.epoch() != null);
        } catch (UncheckedIOException noHead) {
            return Optional.empty();
        }
    }

    /** Shows that the publisher lives, if the head is that of {@code revision}. */
    Uni<Step> beat(PolicyRevision revision) {
        return run(RedisScripts.BEAT, List.of(PolicyKeys.HEAD), List.of(revision.epoch(), Long.toString(revision.n())));
    }

    /** Publishes a change, if the head is that of the change before it. */
    Uni<Step> change(String epoch, PublishedChange change) {
        return run(
                RedisScripts.CHANGE,
                List.of(PolicyKeys.HEAD, PolicyKeys.snapshot(epoch), PolicyKeys.changes(epoch), PolicyKeys.API_KEYS),
                List.of(
                        epoch,
                        Long.toString(change.n()),
                        change.kind(),
                        change.name(),
                        verb(change.effect()),
                        change.effect() instanceof PublishedChange.Put put ? put.json() : "",
                        Integer.toString(PolicyKeys.CHANGES_KEPT)));
    }

    private static String verb(PublishedChange.Effect effect) {
        return switch (effect) {
            case PublishedChange.Put put -> "put";
            case PublishedChange.Remove remove -> "remove";
            case PublishedChange.Keep keep -> "keep";
        };
    }

    /** Adds to a hash that is being filled aside, and keeps it from being forgotten for ever. */
    Uni<Void> fill(String key, Map<String, String> entries) {
        return PublicationFailure.orOfRedis(redis.hash(String.class).hset(key, entries))
                .chain(() -> PublicationFailure.orOfRedis(redis.key().expire(key, LEFTOVERS_KEPT)))
                .replaceWithVoid();
    }

    /** Puts the two filled hashes in place of what is published, if the head is still the one that was seen. */
    Uni<Step> replace(Seen seen, PolicyRevision revision, String filledDomains, String filledKeys) {
        String epoch = revision.epoch();
        String oldEpoch = seen.head()
                .map(PolicyHead::epoch)
                .filter(old -> !old.equals(epoch))
                .orElse("");
        return run(
                RedisScripts.REPLACE,
                List.of(
                        PolicyKeys.HEAD,
                        PolicyKeys.snapshot(epoch),
                        PolicyKeys.changes(epoch),
                        PolicyKeys.API_KEYS,
                        filledDomains,
                        filledKeys,
                        PolicyKeys.snapshot(oldEpoch),
                        PolicyKeys.changes(oldEpoch)),
                List.of(seen.text(), epoch, Long.toString(revision.n()), Long.toString(LEFTOVERS_KEPT.toSeconds())));
    }

    private Uni<Step> run(String script, List<String> keys, List<String> arguments) {
        List<String> words = new ArrayList<>();
        words.add(script);
        words.add(Integer.toString(keys.size()));
        words.addAll(keys);
        words.addAll(arguments);
        return PublicationFailure.orOfRedis(redis.execute("EVAL", words.toArray(String[]::new)))
                .map(answer -> Objects.toString(answer).equals("MADE") ? Step.MADE : Step.REFUSED);
    }
}
