package io.sekisho.egress.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekisho.egress.QueueDatabase;
import io.sekisho.egress.TestMail;
import io.sekisho.egress.failure.History;
import io.sekisho.egress.quarantine.PgQuarantine;
import io.sekisho.egress.quarantine.QuarantineReason;
import io.sekisho.egress.quarantine.QuarantinedMail;
import io.sekisho.egress.quarantine.Reinstatement;
import io.sekisho.mail.address.DomainName;
import io.sekisho.mail.envelope.ContentChunk;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.envelope.MessageIds;
import io.sekisho.mail.envelope.Recipient;
import io.sekisho.mail.event.ReplyFacts;
import io.sekisho.mail.json.WireJson;
import io.sekisho.mail.policy.Direction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PgScheduleTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Instant NOW = Instant.parse("2026-11-24T07:00:00Z");
    private static final Lease MINE = new Lease("pod-a/1", Duration.ofMinutes(1));
    private static final Lease OTHERS = new Lease("pod-b/1", Duration.ofMinutes(1));
    private static final Lease SHORT = new Lease("pod-c/1", Duration.ofMillis(200));
    private static final List<ContentChunk> CHUNKS = List.of(new ContentChunk("topic", 1, 7, 90, "00"));

    private static QueueDatabase database;
    private static Pool pool;
    private static Schedule schedule;

    @BeforeAll
    static void start() {
        database = QueueDatabase.start(8);
        pool = database.pool();
        schedule = new PgSchedule(pool);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void empty() {
        get(pool.query("TRUNCATE schedule, scheduled_message, quarantine, destination")
                .execute());
    }

    @Test
    void givesBackWhatItWasGiven() {
        Envelope envelope = message("bob@partner.example");
        ScheduleEntry entry = new ScheduleEntry(
                envelope.id(),
                "bob@partner.example",
                "customer.example",
                "partner.example",
                "partner.example",
                NOW,
                new History(3, Optional.of(NOW.minusSeconds(60)), Optional.of(NOW.minusSeconds(30))),
                Optional.of(NOW.plusSeconds(100)),
                Optional.of(new ReplyFacts(450, Optional.of("4.2.0"), "busy")),
                Optional.of("the host is busy"));
        get(schedule.insert(envelope, List.of(entry), Optional.empty()));
        List<ScheduledMessage> taken = get(schedule.takeDue(NOW, 10, List.of(), MINE));
        assertThat(taken).containsExactly(new ScheduledMessage(envelope, List.of(entry)));
    }

    @Test
    void givesNothingBeforeItIsDue() {
        waiting("bob@partner.example", "customer.example", NOW.plusMillis(1));
        assertThat(get(schedule.takeDue(NOW, 10, List.of(), MINE))).isEmpty();
        assertThat(get(schedule.takeDue(NOW.plusMillis(1), 10, List.of(), MINE)))
                .hasSize(1);
    }

    @Test
    void givesARowToOnePodUntilItsLeaseRunsOut() {
        waiting("bob@partner.example", "customer.example", NOW);
        assertThat(get(schedule.takeDue(NOW, 10, List.of(), SHORT))).hasSize(1);
        assertThat(get(schedule.takeDue(NOW, 10, List.of(), MINE))).isEmpty();
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(get(schedule.takeDue(NOW, 10, List.of(), MINE)))
                        .hasSize(1));
    }

    @Test
    void keepsARenewedLease() {
        Envelope envelope = waiting("bob@partner.example", "customer.example", NOW);
        get(schedule.takeDue(NOW, 10, List.of(), SHORT));
        get(schedule.renew(List.of(envelope.id()), new Lease(SHORT.owner(), Duration.ofMinutes(1))));
        Instant end = Instant.now().plusMillis(400);
        await().pollInterval(Duration.ofMillis(50)).atMost(LIMIT).until(() -> {
            assertThat(get(schedule.takeDue(NOW, 10, List.of(), MINE))).isEmpty();
            return Instant.now().isAfter(end);
        });
    }

    @Test
    void endsTheLeasesOfEarlierIncarnationsOfAPodOnly() {
        waiting("bob@partner.example", "customer.example", NOW);
        waiting("eve@partner.example", "customer.example", NOW);
        get(schedule.takeDue(NOW, 1, List.of(), MINE));
        get(schedule.takeDue(NOW, 1, List.of(), OTHERS));
        get(schedule.endLeasesOfEarlier("pod-a", "1"));
        assertThat(get(schedule.takeDue(NOW, 10, List.of(), MINE))).isEmpty();
        get(schedule.endLeasesOfEarlier("pod-a", "2"));
        assertThat(get(schedule.takeDue(NOW, 10, List.of(), new Lease("pod-a/2", MINE.length()))))
                .hasSize(1);
        get(schedule.endLeases(OTHERS.owner()));
        assertThat(get(schedule.takeDue(NOW, 10, List.of(), MINE))).hasSize(1);
    }

    @Test
    void holdsTheLeaseOfAnAttemptThatStillRuns() {
        Envelope envelope = message("bob@partner.example");
        get(schedule.insert(envelope, List.of(entry(envelope, "customer.example", NOW)), Optional.of(MINE)));
        assertThat(get(schedule.takeDue(NOW, 10, List.of(), OTHERS))).isEmpty();
    }

    @Test
    void leavesARowThatIsThereAsItIs() {
        Envelope envelope = waiting("bob@partner.example", "customer.example", NOW);
        get(schedule.insert(
                envelope, List.of(entry(envelope, "customer.example", NOW.plusSeconds(900))), Optional.of(MINE)));
        assertThat(get(schedule.takeDue(NOW, 10, List.of(), OTHERS))).hasSize(1);
    }

    @Test
    void writesWhatAnAttemptCameToAndGivesTheLeaseUp() {
        waiting("bob@partner.example", "customer.example", NOW);
        ScheduleEntry taken =
                get(schedule.takeDue(NOW, 10, List.of(), MINE)).get(0).entries().get(0);
        Instant next = NOW.plusSeconds(300);
        ScheduleEntry after = taken.after(
                next,
                new History(1, Optional.of(NOW), Optional.empty()),
                Optional.of(new ReplyFacts(421, Optional.empty(), "later")),
                Optional.of("later"));
        get(schedule.postpone(after, MINE.owner()));
        assertThat(get(schedule.takeDue(NOW, 10, List.of(), MINE))).isEmpty();
        assertThat(get(schedule.takeDue(next, 10, List.of(), OTHERS)).get(0).entries())
                .containsExactly(after);
    }

    @Test
    void leavesARowAloneThatAnotherPodHasByNow() {
        waiting("bob@partner.example", "customer.example", NOW);
        ScheduleEntry taken = get(schedule.takeDue(NOW, 10, List.of(), OTHERS))
                .get(0)
                .entries()
                .get(0);
        get(schedule.postpone(taken.after(NOW, History.NONE, Optional.empty(), Optional.empty()), MINE.owner()));
        assertThat(get(schedule.takeDue(NOW, 10, List.of(), MINE))).isEmpty();
    }

    @Test
    void keepsAMessageUntilItsLastRowIsGone() {
        Envelope envelope = TestMail.mail()
                .to(TestMail.outbound("bob@partner.example"))
                .to(TestMail.outbound("eve@partner.example"))
                .chunks(CHUNKS)
                .envelope();
        List<ScheduleEntry> entries = envelope.recipients().stream()
                .map(to -> entry(envelope.id(), to.forwardPath(), "customer.example", NOW))
                .toList();
        get(schedule.insert(envelope, entries, Optional.empty()));
        get(schedule.remove(envelope.id(), "bob@partner.example"));
        assertThat(count("scheduled_message")).isEqualTo(1);
        assertThat(get(schedule.size())).isEqualTo(1);
        get(schedule.remove(envelope.id(), "eve@partner.example"));
        assertThat(count("scheduled_message")).isZero();
        // Again, as after a crash: nothing to do.
        get(schedule.remove(envelope.id(), "eve@partner.example"));
    }

    @Test
    void leavesNoMessageBehindWhenItsRowsGoAtTheSameTime() {
        List<Uni<Void>> removals = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Envelope envelope = TestMail.mail()
                    .to(TestMail.outbound("bob@partner.example"))
                    .to(TestMail.outbound("eve@partner.example"))
                    .chunks(CHUNKS)
                    .envelope();
            List<ScheduleEntry> entries = envelope.recipients().stream()
                    .map(to -> entry(envelope.id(), to.forwardPath(), "customer.example", NOW))
                    .toList();
            get(schedule.insert(envelope, entries, Optional.empty()));
            removals.add(schedule.remove(envelope.id(), "bob@partner.example"));
            removals.add(schedule.remove(envelope.id(), "eve@partner.example"));
        }
        get(Uni.join().all(removals).andFailFast());
        assertThat(count("scheduled_message")).isZero();
    }

    @Test
    void servesManagedDomainsInTurn() {
        for (int i = 0; i < 20; i++) {
            waiting("bob" + i + "@partner.example", "busy.example", NOW.minusSeconds(1000));
        }
        waiting("eve@partner.example", "quiet.example", NOW);
        List<ScheduledMessage> first = get(schedule.takeDue(NOW, 4, List.of(), MINE));
        assertThat(first.stream().flatMap(m -> m.entries().stream()).map(ScheduleEntry::managedDomain))
                .contains("busy.example", "quiet.example");
        assertThat(rows(first)).isLessThanOrEqualTo(4);
        int served = rows(first);
        while (served < 21) {
            List<ScheduledMessage> more = get(schedule.takeDue(NOW, 4, List.of(), MINE));
            assertThat(more).isNotEmpty();
            served += rows(more);
        }
        assertThat(get(schedule.takeDue(NOW, 4, List.of(), MINE))).isEmpty();
    }

    @Test
    void goesOnBehindTheLastDomainServed() {
        for (String domain : List.of("a.example", "b.example", "c.example", "d.example")) {
            waiting("one@partner.example", domain, NOW);
            waiting("two@partner.example", domain, NOW);
        }
        Schedule fresh = new PgSchedule(pool);
        assertThat(domains(get(fresh.takeDue(NOW, 2, List.of(), MINE))))
                .containsExactlyInAnyOrder("a.example", "b.example");
        assertThat(domains(get(fresh.takeDue(NOW, 2, List.of(), MINE))))
                .containsExactlyInAnyOrder("c.example", "d.example");
        assertThat(domains(get(fresh.takeDue(NOW, 2, List.of(), MINE))))
                .containsExactlyInAnyOrder("a.example", "b.example");
    }

    @Test
    void passesOverBusyDestinations() {
        waiting("bob@partner.example", "customer.example", NOW);
        assertThat(get(schedule.takeDue(NOW, 10, List.of("partner.example"), MINE)))
                .isEmpty();
        assertThat(get(schedule.takeDue(NOW, 10, List.of("other.example"), MINE)))
                .hasSize(1);
    }

    @Test
    void neverGivesARowToTwoPodsAtOnce() {
        for (int i = 0; i < 60; i++) {
            waiting("bob" + i + "@partner.example", i % 2 == 0 ? "a.example" : "b.example", NOW);
        }
        List<Uni<List<ScheduledMessage>>> takers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            takers.add(new PgSchedule(pool).takeDue(NOW, 10, List.of(), new Lease("pod-" + i + "/1", MINE.length())));
        }
        List<String> taken = get(Uni.join().all(takers).andFailFast()).stream()
                .flatMap(List::stream)
                .flatMap(m -> m.entries().stream())
                .map(ScheduleEntry::recipient)
                .toList();
        assertThat(taken).doesNotHaveDuplicates().isNotEmpty();
    }

    @Test
    void tellsOfADelayOnce() {
        Envelope envelope = waiting("bob@partner.example", "customer.example", NOW.plusSeconds(90_000));
        Instant noticeDue = NOW.plusSeconds(14_400);
        assertThat(get(schedule.takeNoticesDue(noticeDue.minusMillis(1), 10, MINE)))
                .isEmpty();
        assertThat(get(schedule.takeNoticesDue(noticeDue, 10, MINE))).hasSize(1);
        assertThat(get(schedule.takeNoticesDue(noticeDue, 10, OTHERS))).isEmpty();
        get(schedule.noticed(envelope.id(), "bob@partner.example", MINE.owner()));
        assertThat(get(schedule.takeNoticesDue(noticeDue, 10, OTHERS))).isEmpty();
        assertThat(get(schedule.takeDue(NOW.plusSeconds(90_000), 10, List.of(), MINE))
                        .get(0)
                        .entries()
                        .get(0)
                        .noticeDue())
                .isEmpty();
    }

    @Test
    void passesByWhatIsHeldAndTakesItWhenItIsReleased() {
        waiting("bob@partner.example", "customer.example", NOW);
        get(pool.query("UPDATE schedule SET held_alone = 'OPERATOR'").execute());
        assertThat(get(schedule.takeDue(NOW.plusSeconds(900_000), 10, List.of(), MINE)))
                .isEmpty();
        get(pool.query("UPDATE schedule SET held_alone = NULL").execute());
        ScheduleEntry taken =
                get(schedule.takeDue(NOW, 10, List.of(), MINE)).get(0).entries().get(0);
        assertThat(taken.due()).isEqualTo(NOW);
    }

    @Test
    void holdsWhatComesWhileAnOrderStands() {
        get(pool.query("INSERT INTO hold VALUES ('OPERATOR', 'customer.example', '', 'key')")
                .execute());
        try {
            waiting("bob@partner.example", "customer.example", NOW);
            assertThat(get(schedule.takeDue(NOW, 10, List.of(), MINE))).isEmpty();
            assertThat(get(pool.query("SELECT held_by_order, kept_due FROM schedule")
                                    .execute())
                            .iterator()
                            .next()
                            .getBoolean(0))
                    .isTrue();
        } finally {
            get(pool.query("TRUNCATE hold").execute());
        }
    }

    @Test
    void keepsWhatAnAttemptPostponedHeld() {
        Envelope envelope = waiting("bob@partner.example", "customer.example", NOW);
        ScheduleEntry taken =
                get(schedule.takeDue(NOW, 10, List.of(), MINE)).get(0).entries().get(0);
        get(pool.query("UPDATE schedule SET held_alone = 'DOMAIN'").execute());
        get(schedule.postpone(
                taken.after(NOW.plusSeconds(60), taken.history(), Optional.empty(), Optional.empty()), MINE.owner()));
        assertThat(get(schedule.takeDue(NOW.plusSeconds(900_000), 10, List.of(), MINE)))
                .isEmpty();
        get(pool.query("UPDATE schedule SET held_alone = NULL").execute());
        assertThat(get(schedule.takeDue(NOW.plusSeconds(59), 10, List.of(), MINE)))
                .isEmpty();
        assertThat(get(schedule.takeDue(NOW.plusSeconds(60), 10, List.of(), MINE)))
                .extracting(message -> message.envelope().id())
                .containsExactly(envelope.id());
    }

    @Test
    void givesCancelledRowsToOnePodOnceNoAttemptIsAtThem() {
        Envelope envelope = waiting("bob@partner.example", "customer.example", NOW);
        assertThat(get(schedule.takeDue(NOW, 10, List.of(), SHORT))).hasSize(1);
        get(pool.query("UPDATE schedule SET cancelled_by = 'key', cancel_told = true, due = '" + NOW + "'")
                .execute());
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(get(schedule.takeCancelled(NOW, 10, MINE)))
                        .hasSize(1)
                        .first()
                        .satisfies(cancelled -> {
                            assertThat(cancelled.envelope()).isEqualTo(envelope);
                            assertThat(cancelled.by()).isEqualTo("key");
                            assertThat(cancelled.notice()).isEqualTo(Cancellation.SenderNotice.REPORT);
                        }));
        assertThat(get(schedule.takeCancelled(NOW, 10, OTHERS))).isEmpty();
        assertThat(get(schedule.takeDue(NOW.plusSeconds(900_000), 10, List.of(), OTHERS)))
                .isEmpty();
    }

    @Test
    void endsWhatWasCancelledInFlightSoonAndNotAtItsNextRetry() {
        waiting("bob@partner.example", "customer.example", NOW);
        ScheduleEntry taken =
                get(schedule.takeDue(NOW, 10, List.of(), MINE)).get(0).entries().get(0);
        get(pool.query("UPDATE schedule SET cancelled_by = 'key', due = '" + NOW + "'")
                .execute());
        // The database's clock tells how soon.
        Instant nextRetry = Instant.now().plus(Duration.ofHours(4));
        get(schedule.postpone(
                taken.after(nextRetry, taken.history(), Optional.empty(), Optional.empty()), MINE.owner()));
        Instant soon = Instant.now().plus(Duration.ofMinutes(1));
        assertThat(get(schedule.takeDue(soon, 10, List.of(), MINE))).isEmpty();
        assertThat(get(schedule.takeCancelled(soon, 10, MINE))).hasSize(1);
    }

    @Test
    void leavesWhatWasNotCancelledToItsNextRetry() {
        waiting("bob@partner.example", "customer.example", NOW);
        ScheduleEntry taken =
                get(schedule.takeDue(NOW, 10, List.of(), MINE)).get(0).entries().get(0);
        Instant nextRetry = NOW.plus(Duration.ofDays(3650));
        get(schedule.postpone(
                taken.after(nextRetry, taken.history(), Optional.empty(), Optional.empty()), MINE.owner()));
        assertThat(get(schedule.takeDue(nextRetry.minusMillis(1), 10, List.of(), MINE)))
                .isEmpty();
        assertThat(get(schedule.takeDue(nextRetry, 10, List.of(), MINE))).hasSize(1);
    }

    @Test
    void tellsOfNoDelayOfWhatIsCancelled() {
        waiting("bob@partner.example", "customer.example", NOW.plusSeconds(90_000));
        get(pool.query("UPDATE schedule SET cancelled_by = 'key'").execute());
        assertThat(get(schedule.takeNoticesDue(NOW.plusSeconds(14_400), 10, MINE)))
                .isEmpty();
    }

    @Test
    void reinstatesNothingWhileARowOfItIsThereStill() {
        Envelope envelope = waiting("bob@partner.example", "customer.example", NOW);
        ScheduleEntry row = entry(envelope, "customer.example", NOW);
        PgQuarantine quarantine = new PgQuarantine(pool);
        UUID id = UUID.randomUUID();
        get(quarantine.keep(new QuarantinedMail(
                id,
                QuarantineReason.ENDED_PODS,
                "three attempts at it ended with their pod",
                Optional.of(envelope.id()),
                Optional.of(row.recipient()),
                3,
                Optional.empty(),
                Optional.of(WireJson.bytes(envelope)),
                Optional.empty())));
        List<String> steps = new ArrayList<>();
        Supplier<Uni<Void>> step = () -> Uni.createFrom().voidItem().invoke(() -> steps.add("forgotten"));
        assertThat(get(quarantine.reinstate(id, step, envelope, List.of(row)))).isEqualTo(Reinstatement.STILL_ENDING);
        assertThat(steps).isEmpty();
        assertThat(count("quarantine")).isEqualTo(1);

        get(schedule.remove(envelope.id(), row.recipient()));
        assertThat(count("quarantine")).isEqualTo(1);
        assertThat(get(quarantine.reinstate(id, step, envelope, List.of(row)))).isEqualTo(Reinstatement.DONE);
        assertThat(steps).containsExactly("forgotten");
        assertThat(count("quarantine")).isZero();
        assertThat(get(schedule.takeDue(NOW, 10, List.of(), MINE))).hasSize(1);
        assertThat(get(quarantine.reinstate(id, step, envelope, List.of(row)))).isEqualTo(Reinstatement.GONE);
    }

    @Test
    void reinstatesAllRowsOrNone() {
        Envelope envelope = TestMail.mail()
                .receivedAt(NOW)
                .to(TestMail.outbound("bob@partner.example"))
                .to(TestMail.outbound("eve@partner.example"))
                .chunks(CHUNKS)
                .envelope();
        List<ScheduleEntry> rows = envelope.recipients().stream()
                .map(to -> entry(envelope.id(), to.forwardPath(), "customer.example", NOW))
                .toList();
        get(schedule.insert(envelope, rows.subList(1, 2), Optional.empty()));
        PgQuarantine quarantine = new PgQuarantine(pool);
        UUID id = UUID.randomUUID();
        get(quarantine.keep(new QuarantinedMail(
                id,
                QuarantineReason.CONTENT_LOST,
                "lost",
                Optional.of(envelope.id()),
                Optional.empty(),
                1,
                Optional.empty(),
                Optional.of(WireJson.bytes(envelope)),
                Optional.empty())));
        Supplier<Uni<Void>> step = () -> Uni.createFrom().voidItem();
        assertThat(get(quarantine.reinstate(id, step, envelope, rows))).isEqualTo(Reinstatement.STILL_ENDING);
        assertThat(get(schedule.size())).isEqualTo(1);
        get(schedule.remove(envelope.id(), rows.get(1).recipient()));
        assertThat(get(quarantine.reinstate(id, step, envelope, rows))).isEqualTo(Reinstatement.DONE);
        assertThat(get(schedule.size())).isEqualTo(2);
    }

    @Test
    void notesAllDomainsThatMailBelongsTo() {
        Envelope envelope = TestMail.mail()
                .receivedAt(NOW)
                .to(new Recipient(
                        "bob@other.example",
                        DomainName.parse("other.example"),
                        Direction.INBOUND,
                        List.of(DomainName.parse("customer.example")),
                        Optional.empty(),
                        Optional.empty()))
                .chunks(CHUNKS)
                .envelope();
        get(schedule.insert(
                envelope, List.of(entry(envelope.id(), "bob@other.example", "other.example", NOW)), Optional.empty()));
        assertThat(get(pool.query("SELECT domains FROM schedule").execute())
                        .iterator()
                        .next()
                        .getArrayOfStrings(0))
                .containsExactly("other.example", "customer.example");
    }

    @Test
    void keepsQuarantinedMailOnceAndWhole() {
        QuarantinedMail mail = new QuarantinedMail(
                MessageIds.derived("x"),
                QuarantineReason.UNREADABLE,
                "no header",
                Optional.empty(),
                Optional.empty(),
                1,
                Optional.of(new QuarantinedMail.Position(3, 1207)),
                Optional.empty(),
                Optional.of(new byte[] {0, 1, (byte) 0xff}));
        PgQuarantine quarantine = new PgQuarantine(pool);
        get(quarantine.keep(mail));
        get(quarantine.keep(mail));
        assertThat(count("quarantine")).isEqualTo(1);
        assertThat(get(pool.query("SELECT content FROM quarantine").execute())
                        .iterator()
                        .next()
                        .getBuffer(0)
                        .getBytes())
                .containsExactly(0, 1, 0xff);
    }

    private static Envelope message(String recipient) {
        // Times are written with milliseconds.
        return TestMail.mail()
                .receivedAt(NOW)
                .to(TestMail.outbound(recipient))
                .chunks(CHUNKS)
                .envelope();
    }

    private static Envelope waiting(String recipient, String managedDomain, Instant due) {
        Envelope envelope = message(recipient);
        get(schedule.insert(envelope, List.of(entry(envelope.id(), recipient, managedDomain, due)), Optional.empty()));
        return envelope;
    }

    private static ScheduleEntry entry(Envelope envelope, String managedDomain, Instant due) {
        return entry(envelope.id(), envelope.recipients().get(0).forwardPath(), managedDomain, due);
    }

    private static ScheduleEntry entry(UUID message, String recipient, String managedDomain, Instant due) {
        return new ScheduleEntry(
                message,
                recipient,
                managedDomain,
                "partner.example",
                "partner.example",
                due,
                History.NONE,
                Optional.of(NOW.plusSeconds(14_400)),
                Optional.empty(),
                Optional.empty());
    }

    private static int rows(List<ScheduledMessage> messages) {
        return messages.stream().mapToInt(m -> m.entries().size()).sum();
    }

    private static List<String> domains(List<ScheduledMessage> messages) {
        return messages.stream()
                .flatMap(m -> m.entries().stream())
                .map(ScheduleEntry::managedDomain)
                .toList();
    }

    private static long count(String table) {
        return get(pool.query("SELECT count(*) FROM " + table).execute())
                .iterator()
                .next()
                .getLong(0);
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(LIMIT);
    }
}
