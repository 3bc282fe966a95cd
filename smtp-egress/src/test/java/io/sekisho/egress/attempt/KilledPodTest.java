package io.sekisho.egress.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekisho.egress.TestMail;
import io.sekisho.egress.attempt.Mortality.When;
import io.sekisho.egress.queue.QueueRecord;
import io.sekisho.egress.schedule.ScheduleEntry;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.json.WireJson;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A pod is killed at every step of a message's way, one after the other, and started again: nothing is lost, and nothing is
 * doubled but what lies between the host's 250 and the ledger.
 */
class KilledPodTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String GOOD = "good@partner.example";
    private static final String LATER = "later@partner.example";
    private static final String NEVER = "never@partner.example";
    private static final String SENDER = "alice@customer.example";

    @ParameterizedTest
    @EnumSource(When.class)
    void losesNothingAtWhateverStepItIsKilled(When when) {
        int step = 1;
        while (killedAt(step, when, Duration.ofSeconds(30), "")) {
            step++;
        }
        // The way has at least claim, courier, report, and conclusion of three recipients, one of them twice.
        assertThat(step).isGreaterThan(12);
    }

    @ParameterizedTest
    @EnumSource(When.class)
    void losesNothingOfAttemptsThatGoOnBesideTheirRows(When when) {
        int step = 1;
        while (killedAt(step, when, Duration.ofMillis(1), "slow-")) {
            step++;
        }
        // The rows come and go beside all that.
        assertThat(step).isGreaterThan(15);
    }

    /** Whether the pod came so far. */
    private static boolean killedAt(int step, When when, Duration patience, String prefix) {
        try (World world = new World()) {
            TestMail mail = TestMail.mail()
                    .receivedAt(world.clock.instant())
                    .to(TestMail.outbound(prefix + GOOD, "SUCCESS,FAILURE"))
                    .to(TestMail.outbound(prefix + LATER))
                    .to(TestMail.outbound(prefix + NEVER));
            Envelope envelope = mail.envelope();
            QueueRecord record = new QueueRecord(0, 7, Optional.of(WireJson.bytes(envelope)), mail.bytes());

            Mortality mortality = new Mortality(step, when);
            Attempts doomed = world.pod("pod", World.settings(patience, 100), mortality);
            TestReceipt first = new TestReceipt();
            doomed.intake().accept(record, first);
            soon("the pod dies or is done").until(() -> mortality.isDead() || first.isAcknowledged());
            List.of(GOOD, LATER, NEVER).forEach(to -> world.courier.letGo(prefix + to));
            if (!mortality.isDead()) {
                soon("the pod dies or is done").until(() -> mortality.isDead() || isEmptyInTime(world));
            }
            doomed.drain(Duration.ZERO).subscribe().with(any -> {});

            Attempts next = world.pod("pod", World.settings());
            String where = "killed at step " + step + ", " + mortality.lastStep();
            if (!first.isAcknowledged()) {
                TestReceipt second = new TestReceipt();
                next.intake().accept(record, second);
                soon("input acknowledged, " + where).until(second::isAcknowledged);
            }
            soon("schedule empty, " + where).until(() -> isEmptyInTime(world));
            next.drain(Duration.ZERO).subscribe().with(any -> {});
            assertNothingIsLost(world, envelope.id(), prefix, mortality);
            return mortality.isDead();
        }
    }

    private static ConditionFactory soon(String what) {
        return await(what).atMost(LIMIT).pollInterval(Duration.ofMillis(5));
    }

    /** Lets time go by where the rows wait for nothing else. */
    private static boolean isEmptyInTime(World world) {
        List<ScheduleEntry> rows = world.schedule.entries();
        if (!rows.isEmpty() && rows.stream().allMatch(row -> row.due().isAfter(world.clock.instant()))) {
            world.clock.forward(Duration.ofMinutes(1));
        }
        return rows.isEmpty();
    }

    private static void assertNothingIsLost(World world, UUID id, String prefix, Mortality mortality) {
        String where = "killed at " + mortality.lastStep();
        for (String recipient : List.of(prefix + GOOD, prefix + LATER)) {
            int taken = Collections.frequency(world.courier.taken, id + " " + recipient);
            boolean mayDouble = Set.of("courier", "conclude").contains(mortality.lastStep());
            assertThat(taken).as(where + " " + recipient).isBetween(1, mayDouble ? 2 : 1);
            assertThat(world.kinds(id, recipient)).as(where).contains(EventKind.ATTEMPTED, EventKind.DELIVERED);
        }
        assertThat(world.kinds(id, prefix + LATER)).as(where).contains(EventKind.DEFERRED);
        assertThat(world.kinds(id, prefix + NEVER)).as(where).contains(EventKind.BOUNCED, EventKind.DSN_SENT);
        // However often a report was written, it is one message: of the failure, and of the success that was asked for.
        Set<UUID> reports =
                world.queue.stream().map(queued -> queued.envelope().id()).collect(Collectors.toSet());
        assertThat(reports).as(where).hasSize(2);
        reports.forEach(
                report -> assertThat(world.kinds(report, SENDER)).as(where).contains(EventKind.QUEUED));
        assertThat(world.kinds(id, prefix + GOOD)).as(where).contains(EventKind.DSN_SENT);
        assertThat(world.falseRows).as(where).isEmpty();
        assertThat(finalEvents(world, id)).as(where).hasSize(3);
    }

    /** A repetition is the same event, so each recipient has one end. */
    private static Set<UUID> finalEvents(World world, UUID id) {
        return world.events.stream()
                .filter(event -> event.message().orElseThrow().id().equals(id))
                .filter(event ->
                        event.kind().status().filter(status -> status.isFinal()).isPresent())
                .map(MailEvent::id)
                .collect(Collectors.toSet());
    }
}
