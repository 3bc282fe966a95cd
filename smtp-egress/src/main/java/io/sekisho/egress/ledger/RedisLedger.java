package io.sekisho.egress.ledger;

import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.json.WireJson;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** The ledger in Redis, one script a step, for many messages at once. */
public final class RedisLedger implements Ledger {

    private static final Duration SOMEBODY_WAITS = Duration.ofMillis(2);
    private static final Duration NOBODY_WAITS = Duration.ofMillis(50);

    private final LedgerConnection redis;
    private final PodIdentity self;
    private final LedgerSettings settings;
    private final LedgerLine claims;
    private final LedgerLine conclusions;
    private final LedgerLine rows;
    private final LedgerLine spent;
    private final LedgerLine settlements;
    private final AtomicLong tokens = new AtomicLong();

    public RedisLedger(LedgerConnection redis, PodIdentity self, LedgerSettings settings) {
        this.redis = redis;
        this.self = self;
        this.settings = settings;
        String unsettled = millis(settings.unsettled());
        claims = new LedgerLine(
                redis,
                LedgerScripts.CLAIM,
                List.of(self.pod(), self.toString(), millis(settings.lease()), unsettled),
                2,
                SOMEBODY_WAITS);
        conclusions = new LedgerLine(redis, LedgerScripts.CONCLUDE, List.of(unsettled), 0, SOMEBODY_WAITS);
        rows = new LedgerLine(redis, LedgerScripts.SCHEDULED, List.of(self.toString(), unsettled), 0, SOMEBODY_WAITS);
        spent = new LedgerLine(redis, LedgerScripts.SPEND, List.of(unsettled), 0, NOBODY_WAITS);
        settlements = new LedgerLine(redis, LedgerScripts.SETTLE, List.of(millis(settings.settled())), 0, NOBODY_WAITS);
    }

    @Override
    public Uni<Map<String, ClaimAnswer>> claim(
            UUID message, Map<String, Integer> attempts, Origin origin, Company company) {
        String token = self.incarnation() + ":" + tokens.incrementAndGet();
        return each(attempts.keySet(), recipient -> claim(new LedgerClaim(message, recipient, token), origin, company))
                .map(answers -> {
                    Map<String, ClaimAnswer> byRecipient = new LinkedHashMap<>();
                    int next = 0;
                    for (String recipient : attempts.keySet()) {
                        byRecipient.put(recipient, answers.get(next++));
                    }
                    return byRecipient;
                });
    }

    private Uni<ClaimAnswer> claim(LedgerClaim claim, Origin origin, Company company) {
        return claims.run(key(claim.message(), claim.recipient()), claim.token(), origin.name(), company.name())
                .map(values -> answer(values.get(0).toString(), values.get(1), claim))
                .onFailure()
                .recoverWithItem(absent -> new ClaimAnswer.Unrecorded());
    }

    private static ClaimAnswer answer(String kind, Response value, LedgerClaim claim) {
        return switch (kind) {
            case "granted" -> new ClaimAnswer.Granted(claim);
            case "concluded" -> new ClaimAnswer.Concluded(List.of(WireJson.read(value.toBytes(), MailEvent[].class)));
            case "scheduled" -> new ClaimAnswer.Scheduled();
            case "held" -> new ClaimAnswer.Held(Duration.ofMillis(Math.round(value.toDouble())));
            case "suspect" -> new ClaimAnswer.Suspect();
            case "poisonous" -> new ClaimAnswer.Poisonous();
            default -> throw new IllegalStateException("the claim script does not answer " + kind);
        };
    }

    @Override
    public Uni<Void> renew(Collection<LedgerClaim> claims) {
        return LedgerBatches.inTurn(List.copyOf(claims), batch -> {
            List<String> arguments = new ArrayList<>(List.of(millis(settings.lease())));
            batch.forEach(claim -> arguments.add(claim.token()));
            return redis.run(LedgerScripts.RENEW, claimKeys(batch), arguments)
                    .invoke(response -> {
                        for (int i = 0; i < batch.size(); i++) {
                            if (response.get(i).toInteger() == 0) {
                                batch.get(i).lose();
                            }
                        }
                    })
                    .onFailure()
                    .recoverWithNull();
        });
    }

    @Override
    public Uni<Void> release(Collection<LedgerClaim> claims) {
        return LedgerBatches.inTurn(
                List.copyOf(claims),
                batch -> redis.run(
                                LedgerScripts.RELEASE,
                                claimKeys(batch),
                                batch.stream().map(LedgerClaim::token).toList())
                        .onFailure()
                        .recoverWithNull());
    }

    @Override
    public Uni<Written> conclude(UUID message, String recipient, List<MailEvent> events) {
        return written(conclusions.run(key(message, recipient), WireJson.string(events)));
    }

    @Override
    public Uni<Written> scheduled(UUID message, Collection<String> recipients, Attempt attempt) {
        return written(each(recipients, recipient -> rows.run(key(message, recipient), attempt.name())));
    }

    @Override
    public Uni<Written> forget(UUID message, Collection<String> recipients) {
        return written(LedgerBatches.inTurn(
                List.copyOf(recipients),
                batch -> redis.run(
                        LedgerScripts.FORGET,
                        batch.stream().map(recipient -> key(message, recipient)).toList(),
                        List.of())));
    }

    @Override
    public Uni<Void> spend(UUID message, Collection<String> recipients) {
        return unanswered(spent, message, recipients);
    }

    @Override
    public Uni<Void> settle(UUID message, Collection<String> recipients) {
        return unanswered(settlements, message, recipients);
    }

    private static Uni<Void> unanswered(LedgerLine line, UUID message, Collection<String> recipients) {
        return each(recipients, recipient -> line.run(key(message, recipient)))
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull();
    }

    private static <T> Uni<List<T>> each(Collection<String> recipients, Function<String, Uni<T>> step) {
        List<Uni<T>> steps = recipients.stream().map(step).toList();
        return switch (steps.size()) {
            case 0 -> Uni.createFrom().item(List.of());
            case 1 -> steps.get(0).map(List::of);
            default -> Uni.join().all(steps).andFailFast();
        };
    }

    private static Uni<Written> written(Uni<?> write) {
        return write.replaceWith(Written.RECORDED).onFailure().recoverWithItem(Written.ABSENT);
    }

    private static List<String> claimKeys(List<LedgerClaim> claims) {
        return claims.stream()
                .map(claim -> key(claim.message(), claim.recipient()))
                .toList();
    }

    private static String key(UUID message, String recipient) {
        return "sekisho:ledger:" + message + ":" + recipient;
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
