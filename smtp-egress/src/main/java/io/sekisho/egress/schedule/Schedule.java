package io.sekisho.egress.schedule;

import io.sekisho.mail.envelope.Envelope;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The mail that waits. Every result fails where the database is out of reach; what it would have remembered must then be
 * kept elsewhere, which is the uncommitted input.
 *
 * <p>Thread safety: may be called from any thread; works when subscribed to.
 */
public interface Schedule {

    /**
     * Makes rows. One that is there already (the input came twice) is left as it is.
     *
     * @param envelope with chunks
     * @param lease held by the attempt that still runs; empty where the rows wait
     */
    Uni<Void> insert(Envelope envelope, List<ScheduleEntry> entries, Optional<Lease> lease);

    /** Writes what the attempt of {@code owner} came to and gives the lease up; a row that another has by now is left alone. */
    Uni<Void> postpone(ScheduleEntry entry, String owner);

    /** Takes the row away: the recipient has its outcome. The message goes with its last row. */
    Uni<Void> remove(UUID message, String recipient);

    /**
     * Takes due rows under the lease, round robin by managed domain and in it by destination; rows of one message and
     * destination that are due come together as far as the bound allows. Those of suspended destinations stay, but for the
     * pod that has the probe.
     *
     * @param most rows at once
     * @param busy routes of which no more are wanted now
     */
    Uni<List<ScheduledMessage>> takeDue(Instant now, int most, Collection<String> busy, Lease lease);

    /**
     * Takes due rows under the lease that a suspended destination must not keep: those received before a time, and those that
     * have failed for TLS.
     *
     * @param most rows at once of either kind
     */
    Uni<List<ScheduledMessage>> takePressing(Instant now, Instant receivedBefore, int most, Lease lease);

    /** Takes rows whose sender is to be told of the delay, under the lease. */
    Uni<List<ScheduledMessage>> takeNoticesDue(Instant now, int most, Lease lease);

    /**
     * Takes rows that an operator cancelled, under the lease: those at which no attempt is.
     *
     * @param most rows at once
     */
    Uni<List<Cancellation>> takeCancelled(Instant now, int most, Lease lease);

    /** The sender was told; gives the lease up. */
    Uni<Void> noticed(UUID message, String recipient, String owner);

    /** Keeps leases of these messages alive. */
    Uni<Void> renew(Collection<UUID> messages, Lease lease);

    /** Ends the leases of earlier incarnations of a pod, which are dead. */
    Uni<Void> endLeasesOfEarlier(String pod, String incarnation);

    /** Ends all leases of an owner that attempts nothing any more. */
    Uni<Void> endLeases(String owner);

    /** How many rows there are. */
    Uni<Long> size();
}
