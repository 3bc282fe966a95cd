package io.sekisho.egress.attempt;

import io.sekisho.egress.schedule.Cancellation;
import io.sekisho.egress.schedule.Cancellation.SenderNotice;
import io.sekisho.egress.schedule.Lease;
import io.sekisho.egress.schedule.Schedule;
import io.sekisho.egress.schedule.ScheduleEntry;
import io.sekisho.egress.schedule.ScheduledMessage;
import io.sekisho.mail.envelope.Envelope;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** The schedule in memory; leases never run out by themselves. */
final class MemorySchedule implements Schedule {

    private record Row(Envelope envelope, ScheduleEntry entry, Optional<String> owner) {}

    /** An order: whether the sender is told, and when it is due. */
    private record Order(SenderNotice notice, Instant due) {}

    private final Map<String, Order> cancelled = new HashMap<>();
    /** The latest time that a taker of cancelled rows told. */
    private Instant now = Instant.EPOCH;

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private volatile boolean down;
    private volatile BiPredicate<String, String> closed = (route, owner) -> false;

    /** Which routes are suspended, for whom. */
    void closed(BiPredicate<String, String> test) {
        closed = test;
    }

    /** As an operator's order does. */
    synchronized void cancel(UUID message, String recipient, SenderNotice notice) {
        cancelled.put(key(message, recipient), new Order(notice, now));
    }

    /** Lets every step fail, or work again. */
    void down(boolean now) {
        down = now;
    }

    synchronized List<ScheduleEntry> entries() {
        return rows.values().stream().map(Row::entry).toList();
    }

    synchronized Optional<String> owner(String recipient) {
        return rows.values().stream()
                .filter(row -> row.entry.recipient().equals(recipient))
                .findFirst()
                .flatMap(Row::owner);
    }

    private synchronized <T> Uni<T> step(java.util.function.Supplier<T> step) {
        return down
                ? Uni.createFrom().failure(new IllegalStateException("the database is down"))
                : Uni.createFrom().item(step.get());
    }

    private Uni<Void> run(Runnable step) {
        return step(() -> {
            step.run();
            return null;
        });
    }

    private static String key(UUID message, String recipient) {
        return message + " " + recipient;
    }

    @Override
    public Uni<Void> insert(Envelope envelope, List<ScheduleEntry> entries, Optional<Lease> lease) {
        return run(() -> entries.forEach(entry -> rows.putIfAbsent(
                key(entry.message(), entry.recipient()), new Row(envelope, entry, lease.map(Lease::owner)))));
    }

    @Override
    public Uni<Void> postpone(ScheduleEntry entry, String owner) {
        return run(() -> rows.computeIfPresent(key(entry.message(), entry.recipient()), (key, row) -> {
            if (row.owner.filter(o -> !o.equals(owner)).isPresent()) {
                return row;
            }
            cancelled.computeIfPresent(key, (any, order) -> new Order(order.notice, soonest(entry.due())));
            return new Row(row.envelope, entry, Optional.empty());
        }));
    }

    /** What is cancelled does not wait for its next attempt. */
    private Instant soonest(Instant due) {
        return due.isBefore(now) ? due : now;
    }

    @Override
    public Uni<Void> remove(UUID message, String recipient) {
        return run(() -> rows.remove(key(message, recipient)));
    }

    @Override
    public Uni<List<ScheduledMessage>> takeDue(Instant now, int most, Collection<String> busy, Lease lease) {
        return step(() -> take(
                row -> !row.entry.due().isAfter(now)
                        && !busy.contains(row.entry.route())
                        && !closed.test(row.entry.route(), lease.owner()),
                most,
                lease));
    }

    @Override
    public Uni<List<ScheduledMessage>> takePressing(Instant now, Instant receivedBefore, int most, Lease lease) {
        return step(() -> take(
                row -> !row.entry.due().isAfter(now)
                        && (!row.envelope.receivedAt().isAfter(receivedBefore)
                                || (closed.test(row.entry.route(), lease.owner())
                                        && row.entry.history().firstTlsFailure().isPresent())),
                most,
                lease));
    }

    @Override
    public Uni<List<ScheduledMessage>> takeNoticesDue(Instant now, int most, Lease lease) {
        return step(() -> take(
                row -> row.entry.noticeDue().filter(due -> !due.isAfter(now)).isPresent(), most, lease));
    }

    private List<ScheduledMessage> take(Predicate<Row> wanted, int most, Lease lease) {
        Map<Envelope, List<ScheduleEntry>> taken = new LinkedHashMap<>();
        int count = 0;
        for (Map.Entry<String, Row> each : rows.entrySet()) {
            Row row = each.getValue();
            if (count < most && row.owner.isEmpty() && !cancelled.containsKey(each.getKey()) && wanted.test(row)) {
                each.setValue(new Row(row.envelope, row.entry, Optional.of(lease.owner())));
                taken.computeIfAbsent(row.envelope, any -> new ArrayList<>()).add(row.entry);
                count++;
            }
        }
        return taken.entrySet().stream()
                .map(message -> new ScheduledMessage(message.getKey(), message.getValue()))
                .toList();
    }

    @Override
    public Uni<List<Cancellation>> takeCancelled(Instant time, int most, Lease lease) {
        return step(() -> {
            now = time;
            List<Cancellation> taken = new ArrayList<>();
            cancelled.forEach((key, order) -> {
                Row row = rows.get(key);
                if (row != null && row.owner.isEmpty() && !order.due.isAfter(time) && taken.size() < most) {
                    rows.put(key, new Row(row.envelope, row.entry, Optional.of(lease.owner())));
                    taken.add(new Cancellation(row.envelope, row.entry, "key-1", order.notice));
                }
            });
            return taken;
        });
    }

    @Override
    public Uni<Void> noticed(UUID message, String recipient, String owner) {
        return run(() -> rows.computeIfPresent(key(message, recipient), (any, row) -> {
            ScheduleEntry e = row.entry;
            return new Row(
                    row.envelope,
                    new ScheduleEntry(
                            e.message(),
                            e.recipient(),
                            e.managedDomain(),
                            e.destination(),
                            e.route(),
                            e.due(),
                            e.history(),
                            Optional.empty(),
                            e.lastReply(),
                            e.lastDetail()),
                    Optional.empty());
        }));
    }

    @Override
    public Uni<Void> renew(Collection<UUID> messages, Lease lease) {
        return run(() -> {});
    }

    @Override
    public Uni<Void> endLeasesOfEarlier(String pod, String incarnation) {
        return run(() -> rows.replaceAll((any, row) -> row.owner
                        .filter(owner -> owner.startsWith(pod + "/") && !owner.endsWith("/" + incarnation))
                        .isPresent()
                ? new Row(row.envelope, row.entry, Optional.empty())
                : row));
    }

    @Override
    public Uni<Void> endLeases(String owner) {
        return run(() ->
                rows.replaceAll((any, row) -> row.owner.filter(owner::equals).isPresent()
                        ? new Row(row.envelope, row.entry, Optional.empty())
                        : row));
    }

    @Override
    public Uni<Long> size() {
        return step(() -> (long) rows.size());
    }
}
