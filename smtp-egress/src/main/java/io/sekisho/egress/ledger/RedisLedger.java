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

/** The ledger in Redis, one script a step. */
public final class RedisLedger implements Ledger {

    private final LedgerConnection redis;
    private final PodIdentity self;
    private final LedgerSettings settings;
    private final AtomicLong tokens = new AtomicLong();

    public RedisLedger(LedgerConnection redis, PodIdentity self, LedgerSettings settings) {
        this.redis = redis;
        this.self = self;
        this.settings = settings;
    }

    @Override
    public Uni<Map<String, ClaimAnswer>> claim(
            UUID message, Map<String, Integer> attempts, Origin origin, Company company) {
        List<String> recipients = List.copyOf(attempts.keySet());
        Map<String, ClaimAnswer> answers = new LinkedHashMap<>();
        return LedgerBatches.inTurn(
                        recipients,
                        batch -> claimBatch(message, batch, origin, company).invoke(answers::putAll))
                .replaceWith(answers);
    }

    private Uni<Map<String, ClaimAnswer>> claimBatch(
            UUID message, List<String> recipients, Origin origin, Company company) {
        String token = self.incarnation() + ":" + tokens.incrementAndGet();
        return redis.run(
                        LedgerScripts.CLAIM,
                        keys(message, recipients),
                        List.of(
                                self.pod(),
                                self.toString(),
                                token,
                                millis(settings.lease()),
                                millis(settings.unsettled()),
                                origin.name(),
                                company.name()))
                .map(response -> {
                    Map<String, ClaimAnswer> answers = new LinkedHashMap<>();
                    for (int i = 0; i < recipients.size(); i++) {
                        String recipient = recipients.get(i);
                        answers.put(
                                recipient,
                                answer(
                                        response.get(2 * i).toString(),
                                        response.get(2 * i + 1),
                                        new LedgerClaim(message, recipient, token)));
                    }
                    return answers;
                })
                .onFailure()
                .recoverWithItem(absent -> {
                    Map<String, ClaimAnswer> answers = new LinkedHashMap<>();
                    recipients.forEach(recipient -> answers.put(recipient, new ClaimAnswer.Unrecorded()));
                    return answers;
                });
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
        return written(redis.run(
                LedgerScripts.CONCLUDE,
                keys(message, List.of(recipient)),
                List.of(WireJson.string(events), millis(settings.unsettled()))));
    }

    @Override
    public Uni<Written> scheduled(UUID message, Collection<String> recipients, Attempt attempt) {
        return written(LedgerBatches.inTurn(
                List.copyOf(recipients),
                batch -> redis.run(
                        LedgerScripts.SCHEDULED,
                        keys(message, batch),
                        List.of(self.toString(), millis(settings.unsettled()), attempt.name()))));
    }

    @Override
    public Uni<Void> settle(UUID message, Collection<String> recipients) {
        return LedgerBatches.inTurn(
                List.copyOf(recipients),
                batch -> redis.run(LedgerScripts.SETTLE, keys(message, batch), List.of(millis(settings.settled())))
                        .onFailure()
                        .recoverWithNull());
    }

    private static Uni<Written> written(Uni<?> write) {
        return write.replaceWith(Written.RECORDED).onFailure().recoverWithItem(Written.ABSENT);
    }

    private static List<String> keys(UUID message, List<String> recipients) {
        return recipients.stream().map(recipient -> key(message, recipient)).toList();
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
