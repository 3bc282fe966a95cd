package io.sekisho.egress.attempt;

import io.sekisho.egress.ledger.Ledger;
import io.sekisho.egress.ledger.LedgerClaim;
import io.sekisho.egress.log.LogKey;
import io.sekisho.egress.log.LogLine;
import io.sekisho.egress.schedule.Lease;
import io.sekisho.egress.schedule.Schedule;
import io.sekisho.egress.schedule.ScheduleEntry;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import org.jboss.logging.Logger;

/**
 * What this pod has in hand: one attempt at a (message, recipient) at a time, whatever the ledger knows, and whose claims
 * and leases are to be kept alive.
 *
 * <p>Thread safety: all methods.
 */
final class InHand {

    private static final Logger LOG = Logger.getLogger(InHand.class);

    private record Key(UUID message, String recipient) {}

    private final Ledger ledger;
    private final Schedule schedule;
    private final Lease lease;
    private final Set<Key> attempts = ConcurrentHashMap.newKeySet();
    private final Set<LedgerClaim> claims = ConcurrentHashMap.newKeySet();
    private final Map<Key, String> rows = new ConcurrentHashMap<>();

    private volatile boolean closing;

    InHand(Ledger ledger, Schedule schedule, Lease lease) {
        this.ledger = ledger;
        this.schedule = schedule;
        this.lease = lease;
    }

    Lease lease() {
        return lease;
    }

    /** Begins; false where this pod is at it already. */
    boolean enter(UUID message, String recipient) {
        return attempts.add(new Key(message, recipient));
    }

    void leave(UUID message, String recipient) {
        attempts.remove(new Key(message, recipient));
    }

    void keepAlive(LedgerClaim claim) {
        claims.add(claim);
    }

    void forget(LedgerClaim claim) {
        claims.remove(claim);
    }

    void keepRowAlive(ScheduleEntry row) {
        rows.put(new Key(row.message(), row.recipient()), row.route());
    }

    void forgetRow(UUID message, String recipient) {
        rows.remove(new Key(message, recipient));
    }

    /** How many rows of the schedule are in hand. */
    int rowCount() {
        return rows.size();
    }

    /** Routes of which as many rows are in hand as there is room for, at least one. */
    List<String> fullRoutes(ToIntFunction<String> room) {
        Map<String, Integer> counts = new HashMap<>();
        rows.values().forEach(route -> counts.merge(route, 1, Integer::sum));
        return counts.entrySet().stream()
                .filter(each -> each.getValue() >= room.applyAsInt(each.getKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** From now on nothing is begun. */
    void close() {
        closing = true;
    }

    boolean isClosing() {
        return closing;
    }

    /** How many attempts are between their claim and their end. */
    int attemptCount() {
        return attempts.size();
    }

    /** Renews everything; fails never. */
    Uni<Void> renew() {
        List<UUID> messages =
                rows.keySet().stream().map(Key::message).distinct().toList();
        Uni<Void> leases = messages.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.createFrom()
                        .deferred(() -> schedule.renew(messages, lease))
                        .onFailure()
                        .invoke(failure ->
                                LOG.warn(LogLine.of("leases not renewed").with(LogKey.CAUSE, failure)))
                        .onFailure()
                        .recoverWithNull();
        return Uni.join()
                .all(leases, ledger.renew(List.copyOf(claims)))
                .andFailFast()
                .replaceWithVoid();
    }
}
