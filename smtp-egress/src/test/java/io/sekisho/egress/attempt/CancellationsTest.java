package io.sekisho.egress.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekisho.egress.TestMail;
import io.sekisho.egress.attempt.Mortality.When;
import io.sekisho.egress.queue.QueueRecord;
import io.sekisho.egress.schedule.Cancellation.SenderNotice;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.json.WireJson;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an operator cancelled gets one outcome, whoever is killed, and never one after another. */
class CancellationsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String LATER = "later@partner.example";

    @Test
    void endsWhatWaitsWithAnEventAndTellsNobodyElse() {
        try (World world = new World()) {
            Envelope envelope = deferred(world, world.pod("pod", World.settings()), LATER);
            world.schedule.cancel(envelope.id(), LATER, SenderNotice.NONE);
            soon("schedule empty").until(() -> world.schedule.entries().isEmpty());
            MailEvent cancelled = world.events(EventKind.CANCELLED).get(0);
            assertThat(cancelled.attempt()).isEqualTo(2);
            assertThat(cancelled.detail().orElseThrow()).isEqualTo("cancelled by an operator, key key-1");
            assertThat(world.queue).isEmpty();
            assertThat(world.events(EventKind.CANCELLED)).hasSize(1);
            // That it ended is remembered; its events may be gone with its row.
            assertThat(world.ledger.of(envelope.id(), LATER).outcome).isNotNull();
        }
    }

    @Test
    void tellsTheSenderWhereThatIsAskedFor() {
        try (World world = new World()) {
            Envelope envelope = deferred(world, world.pod("pod", World.settings()), LATER);
            world.schedule.cancel(envelope.id(), LATER, SenderNotice.REPORT);
            soon("schedule empty").until(() -> world.schedule.entries().isEmpty());
            assertThat(world.queue).hasSize(1);
            assertThat(world.queue.get(0).text()).contains("The operator of the gateway gave it up.", "Action: failed");
            assertThat(world.kinds(envelope.id(), LATER)).endsWith(EventKind.CANCELLED, EventKind.DSN_SENT);
            assertThat(world.events(EventKind.DSN_SENT).get(0).reportId())
                    .contains(world.queue.get(0).envelope().id());
        }
    }

    @Test
    void waitsForAnAttemptThatIsUnderWayAndLeavesWhatWasDelivered() {
        try (World world = new World()) {
            Attempts pod = world.pod("pod", World.settings(Duration.ofMillis(1), 100));
            Envelope envelope = accept(world, pod, "slow-good@partner.example");
            soon("the row of the running attempt is there")
                    .until(() ->
                            world.schedule.owner("slow-good@partner.example").isPresent());
            world.schedule.cancel(envelope.id(), "slow-good@partner.example", SenderNotice.NONE);
            world.courier.letGo("slow-good@partner.example");
            soon("schedule empty").until(() -> world.schedule.entries().isEmpty());
            assertThat(world.kinds(envelope.id(), "slow-good@partner.example"))
                    .contains(EventKind.DELIVERED)
                    .doesNotContain(EventKind.CANCELLED);
        }
    }

    @Test
    void endsWhatItsAttemptDidNotDeliver() {
        try (World world = new World()) {
            Attempts pod = world.pod("pod", World.settings(Duration.ofMillis(1), 100));
            Envelope envelope = accept(world, pod, "slow-" + LATER);
            soon("the row of the running attempt is there")
                    .until(() -> world.schedule.owner("slow-" + LATER).isPresent());
            world.schedule.cancel(envelope.id(), "slow-" + LATER, SenderNotice.NONE);
            world.courier.letGo("slow-" + LATER);
            soon("schedule empty").until(() -> world.schedule.entries().isEmpty());
            assertThat(world.kinds(envelope.id(), "slow-" + LATER))
                    .containsExactly(EventKind.ATTEMPTED, EventKind.DEFERRED, EventKind.CANCELLED);
            assertThat(world.courier.taken).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(When.class)
    void endsOnceAtWhateverStepThePodIsKilled(When when) {
        int step = 1;
        while (killedAt(step, when)) {
            step++;
        }
        // Claim, report, conclusion, events, row, and what came before.
        assertThat(step).isGreaterThan(9);
    }

    private static boolean killedAt(int step, When when) {
        try (World world = new World()) {
            Mortality mortality = new Mortality(step, when);
            TestReceipt receipt = new TestReceipt();
            TestMail mail = TestMail.mail().receivedAt(world.clock.instant()).to(TestMail.outbound(LATER));
            Envelope envelope = mail.envelope();
            QueueRecord record = record(mail, envelope);
            Attempts doomed = world.pod("pod", World.settings(), mortality);
            doomed.intake().accept(record, receipt);
            soon("it waits, or the pod dies")
                    .until(() -> mortality.isDead()
                            || (receipt.isAcknowledged()
                                    && world.schedule.owner(LATER).isEmpty()));
            world.schedule.cancel(envelope.id(), LATER, SenderNotice.REPORT);
            soon("it ended, or the pod dies")
                    .until(() -> mortality.isDead() || world.schedule.entries().isEmpty());
            doomed.drain(Duration.ZERO).subscribe().with(any -> {});

            Attempts next = world.pod("pod", World.settings());
            if (!receipt.isAcknowledged()) {
                TestReceipt again = new TestReceipt();
                next.intake().accept(record, again);
                soon("acknowledged after " + mortality.lastStep()).until(again::isAcknowledged);
            }
            soon("schedule empty after " + mortality.lastStep())
                    .until(() -> world.schedule.entries().isEmpty());
            next.drain(Duration.ZERO).subscribe().with(any -> {});

            String where = "killed at step " + step + ", " + mortality.lastStep();
            assertThat(world.kinds(envelope.id(), LATER)).as(where).contains(EventKind.CANCELLED, EventKind.DSN_SENT);
            assertThat(ids(world, EventKind.CANCELLED)).as(where).hasSize(1);
            assertThat(world.queue.stream()
                            .map(queued -> queued.envelope().id())
                            .collect(Collectors.toSet()))
                    .as(where)
                    .hasSize(1);
            assertThat(Collections.frequency(world.courier.taken, envelope.id() + " " + LATER))
                    .as(where)
                    .isZero();
            return mortality.isDead();
        }
    }

    private static Set<UUID> ids(World world, EventKind kind) {
        return world.events(kind).stream().map(MailEvent::id).collect(Collectors.toSet());
    }

    private static Envelope deferred(World world, Attempts pod, String recipient) {
        Envelope envelope = accept(world, pod, recipient);
        soon("it waits")
                .until(() -> world.schedule.entries().stream()
                        .anyMatch(row -> row.recipient().equals(recipient)
                                && row.history().attempts() == 1));
        return envelope;
    }

    private static Envelope accept(World world, Attempts pod, String recipient) {
        TestMail mail = TestMail.mail().receivedAt(world.clock.instant()).to(TestMail.outbound(recipient));
        Envelope envelope = mail.envelope();
        pod.intake().accept(record(mail, envelope), new TestReceipt());
        return envelope;
    }

    private static QueueRecord record(TestMail mail, Envelope envelope) {
        return new QueueRecord(0, 7, Optional.of(WireJson.bytes(envelope)), mail.bytes());
    }

    private static ConditionFactory soon(String what) {
        return await(what).atMost(LIMIT).pollInterval(Duration.ofMillis(5));
    }
}
