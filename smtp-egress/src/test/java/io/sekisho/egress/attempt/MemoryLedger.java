package io.sekisho.egress.attempt;

import io.sekisho.egress.ledger.ClaimAnswer;
import io.sekisho.egress.ledger.Ledger;
import io.sekisho.egress.ledger.LedgerClaim;
import io.sekisho.egress.ledger.PodIdentity;
import io.sekisho.egress.ledger.TestClaims;
import io.sekisho.mail.event.MailEvent;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The ledger as the scripts in Redis keep it, in memory; claims of another pod never run out. */
final class MemoryLedger implements Ledger {

    /** What survives a pod. */
    static final class Memory {
        private final Map<String, Entry> entries = new HashMap<>();

        synchronized Entry of(UUID message, String recipient) {
            return entries.computeIfAbsent(message + " " + recipient, any -> new Entry());
        }

        /** Forgets who attempts what, as if all leases had run out. */
        synchronized void endClaims() {
            entries.values().forEach(entry -> entry.owner = null);
        }

        /** The short while that a conclusion with a committed input is remembered is over. */
        synchronized void forgetSettled() {
            entries.values().removeIf(entry -> entry.settled && entry.outcome != null);
        }
    }

    static final class Entry {
        PodIdentity owner;
        int ends;
        boolean row;
        List<MailEvent> outcome;
        boolean settled;
    }

    private final Memory memory;
    private final PodIdentity self;

    MemoryLedger(Memory memory, PodIdentity self) {
        this.memory = memory;
        this.self = self;
    }

    @Override
    public Uni<Map<String, ClaimAnswer>> claim(
            UUID message, Map<String, Integer> attempts, Origin origin, Company company) {
        Map<String, ClaimAnswer> answers = new LinkedHashMap<>();
        attempts.keySet().forEach(to -> answers.put(to, claim(message, to, origin, company)));
        return Uni.createFrom().item(answers);
    }

    private ClaimAnswer claim(UUID message, String recipient, Origin origin, Company company) {
        Entry entry = memory.of(message, recipient);
        synchronized (memory) {
            boolean dead = entry.owner != null && entry.owner.pod().equals(self.pod()) && !entry.owner.equals(self);
            if (dead && entry.outcome == null) {
                entry.ends++;
                entry.owner = null;
            }
            if (entry.outcome != null) {
                return new ClaimAnswer.Concluded(entry.outcome);
            }
            if (entry.row && origin == Origin.QUEUE) {
                return new ClaimAnswer.Scheduled();
            }
            if (entry.owner != null) {
                return new ClaimAnswer.Held(Duration.ofMillis(100));
            }
            if (entry.ends >= 3) {
                return new ClaimAnswer.Poisonous();
            }
            if (entry.ends == 2 && company == Company.ANY) {
                return new ClaimAnswer.Suspect();
            }
            entry.owner = self;
            return new ClaimAnswer.Granted(TestClaims.claim(message, recipient));
        }
    }

    @Override
    public Uni<Void> renew(Collection<LedgerClaim> claims) {
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> release(Collection<LedgerClaim> claims) {
        claims.forEach(claim -> giveUp(memory.of(claim.message(), claim.recipient())));
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Written> conclude(UUID message, String recipient, List<MailEvent> events) {
        Entry entry = memory.of(message, recipient);
        entry.outcome = List.copyOf(events);
        entry.settled = false;
        entry.owner = null;
        entry.row = false;
        return Uni.createFrom().item(Written.RECORDED);
    }

    @Override
    public Uni<Written> scheduled(UUID message, Collection<String> recipients, Attempt attempt) {
        for (String recipient : recipients) {
            Entry entry = memory.of(message, recipient);
            if (entry.outcome == null) {
                entry.row = true;
                if (attempt == Attempt.OVER) {
                    giveUp(entry);
                    entry.ends = 0;
                }
            }
        }
        return Uni.createFrom().item(Written.RECORDED);
    }

    @Override
    public Uni<Written> forget(UUID message, Collection<String> recipients) {
        for (String recipient : recipients) {
            Entry entry = memory.of(message, recipient);
            entry.outcome = null;
            entry.ends = 0;
            entry.row = false;
        }
        return Uni.createFrom().item(Written.RECORDED);
    }

    @Override
    public Uni<Void> spend(UUID message, Collection<String> recipients) {
        for (String recipient : recipients) {
            Entry entry = memory.of(message, recipient);
            if (entry.outcome != null) {
                entry.outcome = List.of();
                entry.settled = false;
            }
        }
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> settle(UUID message, Collection<String> recipients) {
        recipients.forEach(recipient -> memory.of(message, recipient).settled = true);
        return Uni.createFrom().voidItem();
    }

    private void giveUp(Entry entry) {
        if (Optional.ofNullable(entry.owner).filter(self::equals).isPresent()) {
            entry.owner = null;
        }
    }
}
