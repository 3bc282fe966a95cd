package io.sekisho.egress.attempt;

import io.sekisho.egress.schedule.Cancellation;
import io.sekisho.egress.schedule.Lease;
import io.sekisho.egress.schedule.Schedule;
import io.sekisho.egress.schedule.ScheduleEntry;
import io.sekisho.egress.schedule.ScheduledMessage;
import io.sekisho.mail.envelope.Envelope;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The schedule as a pod reaches it that may be killed. Looking for due rows is no step to be killed at (it happens all the
 * time), but a dead pod does not look.
 */
record MortalSchedule(Schedule schedule, Mortality mortality) implements Schedule {

    @Override
    public Uni<Void> insert(Envelope envelope, List<ScheduleEntry> entries, Optional<Lease> lease) {
        return mortality.step("insert", () -> schedule.insert(envelope, entries, lease));
    }

    @Override
    public Uni<Void> postpone(ScheduleEntry entry, String owner) {
        return mortality.step("postpone", () -> schedule.postpone(entry, owner));
    }

    @Override
    public Uni<Void> remove(UUID message, String recipient) {
        return mortality.step("remove", () -> schedule.remove(message, recipient));
    }

    @Override
    public Uni<List<ScheduledMessage>> takeDue(Instant now, int most, Collection<String> busy, Lease lease) {
        return mortality.isDead() ? Uni.createFrom().nothing() : schedule.takeDue(now, most, busy, lease);
    }

    @Override
    public Uni<List<ScheduledMessage>> takePressing(Instant now, Instant receivedBefore, int most, Lease lease) {
        return mortality.isDead()
                ? Uni.createFrom().nothing()
                : schedule.takePressing(now, receivedBefore, most, lease);
    }

    @Override
    public Uni<List<ScheduledMessage>> takeNoticesDue(Instant now, int most, Lease lease) {
        return mortality.isDead() ? Uni.createFrom().nothing() : schedule.takeNoticesDue(now, most, lease);
    }

    @Override
    public Uni<List<Cancellation>> takeCancelled(Instant now, int most, Lease lease) {
        return mortality.isDead() ? Uni.createFrom().nothing() : schedule.takeCancelled(now, most, lease);
    }

    @Override
    public Uni<Void> noticed(UUID message, String recipient, String owner) {
        return mortality.step("noticed", () -> schedule.noticed(message, recipient, owner));
    }

    @Override
    public Uni<Void> renew(Collection<UUID> messages, Lease lease) {
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> endLeasesOfEarlier(String pod, String incarnation) {
        return schedule.endLeasesOfEarlier(pod, incarnation);
    }

    @Override
    public Uni<Void> endLeases(String owner) {
        return mortality.isDead() ? Uni.createFrom().nothing() : schedule.endLeases(owner);
    }

    @Override
    public Uni<Long> size() {
        return schedule.size();
    }
}
