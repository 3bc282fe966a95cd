package io.sekisho.egress.attempt;

import io.sekisho.egress.ledger.ClaimAnswer;
import io.sekisho.egress.ledger.Ledger;
import io.sekisho.egress.ledger.LedgerClaim;
import io.sekisho.mail.event.MailEvent;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * The ledger as a pod reaches it that may be killed.
 *
 * @param whenScheduled told of each note that rows are there
 */
record MortalLedger(Ledger ledger, Mortality mortality, BiConsumer<UUID, Collection<String>> whenScheduled)
        implements Ledger {

    @Override
    public Uni<Map<String, ClaimAnswer>> claim(
            UUID message, Map<String, Integer> attempts, Origin origin, Company company) {
        return mortality.step("claim", () -> ledger.claim(message, attempts, origin, company));
    }

    @Override
    public Uni<Void> renew(Collection<LedgerClaim> claims) {
        return ledger.renew(claims);
    }

    @Override
    public Uni<Void> release(Collection<LedgerClaim> claims) {
        return mortality.step("release", () -> ledger.release(claims));
    }

    @Override
    public Uni<Written> conclude(UUID message, String recipient, List<MailEvent> events) {
        return mortality.step("conclude", () -> ledger.conclude(message, recipient, events));
    }

    @Override
    public Uni<Written> scheduled(UUID message, Collection<String> recipients, Attempt attempt) {
        return mortality.step("scheduled", () -> {
            whenScheduled.accept(message, recipients);
            return ledger.scheduled(message, recipients, attempt);
        });
    }

    @Override
    public Uni<Written> forget(UUID message, Collection<String> recipients) {
        return mortality.step("forget", () -> ledger.forget(message, recipients));
    }

    @Override
    public Uni<Void> spend(UUID message, Collection<String> recipients) {
        return mortality.step("spend", () -> ledger.spend(message, recipients));
    }

    @Override
    public Uni<Void> settle(UUID message, Collection<String> recipients) {
        return mortality.step("settle", () -> ledger.settle(message, recipients));
    }
}
