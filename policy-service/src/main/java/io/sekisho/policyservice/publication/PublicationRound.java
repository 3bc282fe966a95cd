package io.sekisho.policyservice.publication;

import io.sekisho.mail.policy.PolicyHead;
import io.sekisho.mail.policy.PolicyRevision;
import io.sekisho.policyservice.compiled.ConsistentReads;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * One look at Redis and at the database, and the one thing that is to be done then:
 *
 * <pre>
 * Redis has                              so
 * no head, or one of another epoch       publish a snapshot
 * a number above the database's          the database was restored: begin a new epoch, then a snapshot
 * a number below the database's          publish the changes in between, each as one step
 * the database's number                  beat, once a second
 * </pre>
 */
@Singleton
class PublicationRound {
    private static final Logger LOG = Logger.getLogger(PublicationRound.class);
    private static final int CHANGES_PER_ROUND = 200;
    private static final int EPOCH_LENGTH = 12;
    /** Removing old changes is housekeeping: now and then is enough. */
    private static final int CHANGES_PER_TRIM = 1_000;

    private final PublisherLease lease;
    private final Outbox outbox;
    private final ConsistentReads reads;
    private final PublishedPolicy published;
    private final SnapshotWriter snapshots;
    private final PublisherState state;
    private long beatAt = System.nanoTime() - PublisherLease.RENEWAL.toNanos();
    private long trimmedUpTo;

    PublicationRound(
            PublisherLease lease,
            Outbox outbox,
            ConsistentReads reads,
            PublishedPolicy published,
            SnapshotWriter snapshots,
            PublisherState state) {
        this.lease = lease;
        this.outbox = outbox;
        this.reads = reads;
        this.published = published;
        this.snapshots = snapshots;
        this.state = state;
    }

    /** Whether the next round should begin at once. */
    enum Outcome {
        MORE,
        IDLE
    }

    Uni<Outcome> run() {
        return PublicationFailure.orOfDatabase(lease.hold())
                .flatMap(held -> held ? publish() : standBy())
                .onFailure(PublicationRound::isOfRedis)
                .call(lease::giveWay);
    }

    /** Then perhaps it is this pod that Redis cannot be reached from, and another one can. */
    private static boolean isOfRedis(Throwable failure) {
        return failure instanceof PublicationFailure known && known.phase() == PublisherState.Phase.REDIS_UNREACHABLE;
    }

    private Uni<Outcome> standBy() {
        // What made this pod give way is still what there is to say about it.
        return lease.isGivingWay()
                ? Uni.createFrom().item(Outcome.IDLE)
                : latest().invoke(state::standingBy).replaceWith(Outcome.IDLE);
    }

    private Uni<Outcome> publish() {
        // First Redis, then the database: so the database is never behind what is rightly published.
        return published.head().flatMap(seen -> latest().flatMap(latest -> compare(seen, latest)));
    }

    private Uni<PolicyRevision> latest() {
        return PublicationFailure.orOfDatabase(outbox.latest());
    }

    private Uni<Outcome> compare(PublishedPolicy.Seen seen, PolicyRevision latest) {
        Optional<PolicyHead> ours = seen.head().filter(head -> head.epoch().equals(latest.epoch()));
        if (ours.isEmpty()) {
            return snapshot(seen);
        }
        long publishedN = ours.get().n();
        if (publishedN > latest.n()) {
            return beginEpoch(latest, publishedN);
        }
        state.publishing(latest, publishedN);
        return publishedN < latest.n() ? changes(seen, ours.get().revision()) : beat(latest);
    }

    private Uni<Outcome> snapshot(PublishedPolicy.Seen seen) {
        return snapshots
                .write(seen)
                .invoke(result -> {
                    if (result.step() == PublishedPolicy.Step.MADE) {
                        LOG.infof("action=publish-snapshot revision=%s", result.revision());
                        state.publishing(result.revision(), result.revision().n());
                        beatAt = System.nanoTime();
                    }
                })
                .replaceWith(Outcome.MORE);
    }

    private Uni<Outcome> beginEpoch(PolicyRevision latest, long publishedN) {
        String fresh = UUID.randomUUID().toString().replace("-", "").substring(0, EPOCH_LENGTH);
        LOG.warnf(
                "action=begin-epoch reason=\"Redis has change %d, the database only %d: it was restored\" epoch=%s",
                publishedN, latest.n(), fresh);
        return outbox.beginEpoch(latest.epoch(), fresh, publishedN).replaceWith(Outcome.MORE);
    }

    private Uni<Outcome> changes(PublishedPolicy.Seen seen, PolicyRevision from) {
        return PublicationFailure.orOfDatabase(
                        reads.once(connection -> outbox.after(connection, from, CHANGES_PER_ROUND)))
                .flatMap(changes -> isContinuous(from.n(), changes) ? write(from, changes) : snapshot(seen));
    }

    /** Old changes are removed, also by a restore: what cannot be told one by one is told by a snapshot. */
    private static boolean isContinuous(long from, List<PublishedChange> changes) {
        long expected = from;
        for (PublishedChange change : changes) {
            if (change.n() != ++expected) {
                return false;
            }
        }
        return !changes.isEmpty();
    }

    private Uni<Outcome> write(PolicyRevision from, List<PublishedChange> changes) {
        return Multi.createFrom()
                .iterable(changes)
                .onItem()
                .transformToUniAndConcatenate(
                        change -> published.change(from.epoch(), change).invoke(step -> wrote(change, step)))
                .select()
                .first(step -> step == PublishedPolicy.Step.MADE)
                .collect()
                .asList()
                .flatMap(made -> trim(from.n() + made.size()))
                .replaceWith(Outcome.MORE);
    }

    private void wrote(PublishedChange change, PublishedPolicy.Step step) {
        if (step == PublishedPolicy.Step.MADE) {
            beatAt = System.nanoTime();
            state.published(change.n());
        }
    }

    private Uni<Void> trim(long publishedN) {
        if (publishedN - trimmedUpTo < CHANGES_PER_TRIM) {
            return Uni.createFrom().voidItem();
        }
        trimmedUpTo = publishedN;
        return outbox.trim(publishedN);
    }

    private Uni<Outcome> beat(PolicyRevision latest) {
        long now = System.nanoTime();
        if (now - beatAt < PublisherLease.RENEWAL.toNanos()) {
            return Uni.createFrom().item(Outcome.IDLE);
        }
        // Reached only after the database answered: without it there is no beat, and clients see that they may be
        // behind.
        return published.beat(latest).map(step -> {
            if (step == PublishedPolicy.Step.REFUSED) {
                return Outcome.MORE;
            }
            beatAt = now;
            return Outcome.IDLE;
        });
    }
}
