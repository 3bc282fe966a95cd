package io.sekisho.egress.ledger;

import io.sekisho.mail.event.MailEvent;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What the pods tell each other about attempts, keyed by (message, recipient). It is a memory with a limit: without it
 * mail goes on, only that a repetition may not be noticed.
 *
 * <p>Thread safety: all methods may be called from any thread. No result fails because the ledger is out of reach: that is
 * {@link ClaimAnswer.Unrecorded}, or a {@link Written#ABSENT}.
 */
public interface Ledger {

    /** From where an attempt is begun. */
    enum Origin {
        /** The intake queue: a recipient that has a schedule row is none of its business. */
        QUEUE,
        SCHEDULE
    }

    /** Whether a message that may have ended pods is tried with no other of its kind beside it. */
    enum Company {
        ANY,
        ALONE
    }

    /** Whether the attempt that a claim was made for is over. */
    enum Attempt {
        OVER,
        GOES_ON
    }

    /** Whether the ledger has it now. */
    enum Written {
        RECORDED,
        ABSENT
    }

    /**
     * Claims recipients for an attempt.
     *
     * @param attempts recipient (forward-path) to the number of the attempt that is to be made
     * @return an answer for each
     */
    Uni<Map<String, ClaimAnswer>> claim(UUID message, Map<String, Integer> attempts, Origin origin, Company company);

    /** Keeps claims alive; those that another pod took meanwhile are told so ({@link LedgerClaim#isHeld}). */
    Uni<Void> renew(Collection<LedgerClaim> claims);

    /** Gives claims up without an outcome: the next one need not wait, and no end of a pod is counted. */
    Uni<Void> release(Collection<LedgerClaim> claims);

    /** Writes the end of a recipient with its events, and gives the claim up. */
    Uni<Written> conclude(UUID message, String recipient, List<MailEvent> events);

    /** Notes that a schedule row has these recipients; gives this pod's claims up where their attempt is over. */
    Uni<Written> scheduled(UUID message, Collection<String> recipients, Attempt attempt);

    /**
     * Forgets how these ended and how many pods did so at them: an operator lets them go once more. Nothing may be at them
     * meanwhile.
     */
    Uni<Written> forget(UUID message, Collection<String> recipients);

    /**
     * The schedule rows of these are gone: that they ended is remembered as long as their input may come again, their events
     * are not. A later claim is {@link ClaimAnswer.Concluded} without events.
     */
    Uni<Void> spend(UUID message, Collection<String> recipients);

    /** The input of these is committed: what was concluded need be remembered for a short while only. */
    Uni<Void> settle(UUID message, Collection<String> recipients);
}
