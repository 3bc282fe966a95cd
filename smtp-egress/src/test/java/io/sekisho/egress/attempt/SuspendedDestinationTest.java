package io.sekisho.egress.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekisho.egress.TestMail;
import io.sekisho.egress.ledger.PodIdentity;
import io.sekisho.egress.queue.QueueRecord;
import io.sekisho.egress.schedule.ScheduleEntry;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.json.WireJson;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a dead destination costs, and what its mail must not miss all the same. */
class SuspendedDestinationTest {

    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final String DEAD = "dead.example";

    private Optional<World> made = Optional.empty();

    @AfterEach
    void close() {
        made.ifPresent(World::close);
    }

    @Test
    void costsNoConnectionAndCountsNoAttempt() {
        World world = world(World.BRIEF);
        Attempts pod = world.pod("pod", World.settings());
        kill(world, pod);
        Envelope envelope = accept(world, pod, "bob@dead.example");
        assertThat(world.courier.consignments).hasSize(3);
        ScheduleEntry row = row(world, "bob@dead.example");
        assertThat(row.history().attempts()).isZero();
        assertThat(row.lastDetail().orElseThrow()).contains("not tried until", "connection refused");
        MailEvent told = world.events(EventKind.DEFERRED).get(3);
        assertThat(told.message().orElseThrow().id()).isEqualTo(envelope.id());
        assertThat(told.due()).isEqualTo(world.destinations.suspendedUntil(DEAD));
        accept(world, pod, "eve@good.example");
        assertThat(world.courier.taken).hasSize(1);
    }

    @Test
    void getsOneProbeOfTheWholeClusterAndThenAllThatWaits() {
        World world = world(World.BRIEF);
        Attempts one = world.pod("one", World.settings());
        Attempts two = world.pod("two", World.settings());
        kill(world, one);
        await().atMost(LIMIT)
                .until(() -> world.destinations.suspendedUntil(DEAD).isPresent());
        for (int i = 0; i < 10; i++) {
            accept(world, i % 2 == 0 ? one : two, "user" + i + "@dead.example");
        }
        var first = world.destinations.suspendedUntil(DEAD);
        world.clock.forward(Duration.ofSeconds(8));
        await().atMost(LIMIT)
                .until(() -> !world.destinations.suspendedUntil(DEAD).equals(first));
        assertThat(world.courier.consignments).hasSize(4);
        world.courier.dead.clear();
        world.clock.forward(Duration.ofSeconds(8));
        // The one whose probe failed has its own time, and what was taken beside a probe has some seconds to wait.
        await().pollInterval(Duration.ofMillis(300)).atMost(LIMIT).until(() -> {
            world.clock.forward(Duration.ofSeconds(2));
            return world.courier.taken.size() == 9;
        });
        assertThat(world.destinations.suspendedUntil(DEAD)).isEmpty();
    }

    @Test
    void isAttemptedAtATlsDeadlineAllTheSame() {
        World world = world(World.limits(Duration.ofDays(9)));
        Attempts pod = world.pod("pod", World.settings());
        accept(world, pod, "notls@dead.example");
        kill(world, pod);
        world.clock.forward(Duration.ofMinutes(5));
        await().atMost(LIMIT)
                .until(() -> row(world, "notls@dead.example")
                        .due()
                        .equals(start(world).plus(Duration.ofHours(1))));
        assertThat(row(world, "notls@dead.example").history().attempts()).isEqualTo(1);
        assertThat(world.courier.consignments).hasSize(4);
        world.courier.dead.clear();
        world.clock.forward(Duration.ofMinutes(55));
        await().atMost(LIMIT).until(() -> !world.events(EventKind.BOUNCED).isEmpty());
        assertThat(world.events(EventKind.BOUNCED).get(0).blockReason()).contains(BlockReason.TLS_NOT_AVAILABLE);
    }

    @Test
    void expiresAndIsReportedWithoutAConnection() {
        World world = world(World.limits(Duration.ofDays(9)));
        Attempts pod = world.pod("pod", World.settings());
        kill(world, pod);
        accept(world, pod, "bob@dead.example");
        world.clock.forward(Duration.ofHours(4));
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(world.events(EventKind.DELAYED)).hasSize(4));
        world.clock.forward(Duration.ofDays(5));
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(world.events(EventKind.EXPIRED)).hasSize(4));
        assertThat(world.courier.consignments).hasSize(3);
        assertThat(world.schedule.entries()).isEmpty();
        assertThat(world.queue.stream().map(World.Queued::text))
                .anySatisfy(
                        text -> assertThat(text).contains("Action: failed", "bob@dead.example", "connection refused"));
    }

    @Test
    void doesNotDoubleWhatAKilledPodHadDelivered() {
        World world = world(World.BRIEF);
        Attempts pod = world.pod("pod", World.settings());
        kill(world, pod);
        TestMail mail = mail(world, "bob@dead.example");
        concludedByAnother(world, mail, "bob@dead.example");
        await().atMost(LIMIT).until(offer(pod, mail)::isAcknowledged);
        assertThat(row(world, "bob@dead.example").history().attempts()).isZero();
        world.ledger.forgetSettled();
        world.courier.dead.clear();
        await().pollInterval(Duration.ofMillis(300)).atMost(LIMIT).until(() -> {
            world.clock.forward(Duration.ofSeconds(2));
            return world.schedule.entries().stream()
                    .noneMatch(row -> row.recipient().equals("bob@dead.example"));
        });
        assertThat(world.courier.taken).noneMatch(taken -> taken.endsWith("bob@dead.example"));
    }

    @Test
    void doesNotExpireWhatAKilledPodHadDelivered() {
        World world = world(World.limits(Duration.ofDays(9)));
        Attempts pod = world.pod("pod", World.settings());
        kill(world, pod);
        TestMail mail = mail(world, "bob@dead.example");
        concludedByAnother(world, mail, "bob@dead.example");
        world.clock.forward(Duration.ofDays(6));
        await().atMost(LIMIT).until(offer(pod, mail)::isAcknowledged);
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(world.events(EventKind.EXPIRED)).hasSize(3));
        assertThat(world.kinds(mail.envelope().id(), "bob@dead.example")).isEmpty();
    }

    @Test
    void isNotSuspendedForOneRecipientOrOneRequirement() {
        World world = world(World.BRIEF);
        Attempts pod = world.pod("pod", World.settings());
        for (int i = 0; i < 5; i++) {
            accept(world, pod, "later" + i + "@picky.example");
            accept(world, pod, "notls" + i + "@picky.example");
        }
        accept(world, pod, "bob@picky.example");
        assertThat(world.courier.taken).hasSize(1);
        assertThat(world.courier.consignments).hasSize(11);
    }

    @Test
    void goesOnWithWhatItKnowsWhileTheDatabaseIsDown() {
        World world = world(World.BRIEF);
        Attempts pod = world.pod("pod", World.settings());
        kill(world, pod);
        world.destinations.down(true);
        world.schedule.down(true);
        TestReceipt waits = offer(world, pod, "bob@dead.example");
        accept(world, pod, "eve@good.example");
        assertThat(world.courier.consignments).hasSize(4);
        assertThat(waits.isAcknowledged()).isFalse();
        world.schedule.down(false);
        await().atMost(LIMIT).until(waits::isAcknowledged);
    }

    private World world(io.sekisho.egress.destination.DestinationLimits limits) {
        World world = new World(limits);
        made = Optional.of(world);
        return world;
    }

    private static java.time.Instant start(World world) {
        return world.clock.instant().minus(Duration.ofMinutes(5));
    }

    /** Three connections fail. */
    private static void kill(World world, Attempts pod) {
        int before = world.courier.consignments.size();
        world.courier.dead.add(DEAD);
        for (int i = 0; i < 3; i++) {
            accept(world, pod, "first" + i + "@dead.example");
        }
        assertThat(world.courier.consignments).hasSize(before + 3);
        await().atMost(LIMIT)
                .until(() -> world.destinations.suspendedUntil(DEAD).isPresent());
    }

    private static void concludedByAnother(World world, TestMail mail, String recipient) {
        new MemoryLedger(world.ledger, new PodIdentity("killed", "1"))
                .conclude(mail.envelope().id(), recipient, List.of())
                .await()
                .indefinitely();
    }

    private static ScheduleEntry row(World world, String recipient) {
        return world.schedule.entries().stream()
                .filter(row -> row.recipient().equals(recipient))
                .findFirst()
                .orElseThrow();
    }

    private static Envelope accept(World world, Attempts pod, String recipient) {
        TestMail mail = mail(world, recipient);
        await().atMost(LIMIT).until(offer(pod, mail)::isAcknowledged);
        return mail.envelope();
    }

    private static TestReceipt offer(World world, Attempts pod, String recipient) {
        return offer(pod, mail(world, recipient));
    }

    private static TestMail mail(World world, String recipient) {
        return TestMail.mail().receivedAt(world.clock.instant()).to(TestMail.outbound(recipient));
    }

    private static TestReceipt offer(Attempts pod, TestMail mail) {
        TestReceipt receipt = new TestReceipt();
        pod.intake().accept(new QueueRecord(0, 1, Optional.of(WireJson.bytes(mail.envelope())), mail.bytes()), receipt);
        return receipt;
    }
}
