package io.sekisho.egress.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekisho.egress.TestMail;
import io.sekisho.egress.delivery.Consignment;
import io.sekisho.egress.ledger.ClaimAnswer;
import io.sekisho.egress.ledger.Ledger;
import io.sekisho.egress.ledger.PodIdentity;
import io.sekisho.egress.quarantine.QuarantineReason;
import io.sekisho.egress.queue.QueueRecord;
import io.sekisho.egress.schedule.ScheduleEntry;
import io.sekisho.mail.envelope.Envelope;
import io.sekisho.mail.event.AttemptFailure;
import io.sekisho.mail.event.BlockReason;
import io.sekisho.mail.event.EventKind;
import io.sekisho.mail.event.MailEvent;
import io.sekisho.mail.event.MessageFacts;
import io.sekisho.mail.json.WireJson;
import io.sekisho.policyclient.PolicyState;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final World world = new World();
    private final TestReceipt receipt = new TestReceipt();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void deliversAndTellsItInOrder() {
        Envelope envelope = accept(world.pod("pod", World.settings()), "good@partner.example");
        acknowledged();
        assertThat(world.kinds(envelope.id(), "good@partner.example"))
                .containsExactly(EventKind.ATTEMPTED, EventKind.DELIVERED);
        MailEvent delivered = world.events(EventKind.DELIVERED).get(0);
        assertThat(delivered.policy().orElseThrow().ruleIds()).containsExactly("default:outbound");
        assertThat(delivered.hop().orElseThrow().tls().protocol()).isEqualTo("NONE");
        assertThat(delivered.reply().orElseThrow().code()).isEqualTo(250);
        assertThat(delivered.ledgerAbsent()).isFalse();
        assertThat(world.schedule.entries()).isEmpty();
        assertThat(world.content).isEmpty();
    }

    @Test
    void sharesATransactionOnlyWhereRouteAndRequirementAreTheSame() {
        accept(
                world.pod("pod", World.settings()),
                "one@partner.example",
                "two@partner.example",
                "three@other.example",
                "two@partner.example");
        acknowledged();
        assertThat(world.courier.consignments.stream().map(c -> c.recipients().size()))
                .containsExactlyInAnyOrder(2, 1);
    }

    @Test
    void splitsMoreRecipientsThanATransactionHas() {
        String[] many = new String[250];
        for (int i = 0; i < many.length; i++) {
            many[i] = "user" + i + "@partner.example";
        }
        accept(world.pod("pod", World.settings()), many);
        acknowledged();
        assertThat(world.courier.consignments.stream().map(c -> c.recipients().size()))
                .containsExactlyInAnyOrder(100, 100, 50);
        assertThat(world.courier.taken).hasSize(250);
    }

    @Test
    void publishesAnOutcomeOfBeforeAgainAndSendsNothing() {
        Attempts pod = world.pod("pod", World.settings());
        Envelope envelope = accept(pod, "good@partner.example");
        acknowledged();
        TestReceipt again = new TestReceipt();
        pod.intake().accept(record(envelope, TestMail.mail().bytes()), again);
        await().atMost(LIMIT).until(again::isAcknowledged);
        assertThat(world.courier.taken).hasSize(1);
        assertThat(world.events(EventKind.DELIVERED)).hasSize(2);
        assertThat(world.events(EventKind.DELIVERED).stream().map(MailEvent::id).distinct())
                .hasSize(1);
    }

    @Test
    void defersIntoTheScheduleAndDeliversFromThere() {
        Envelope envelope = accept(world.pod("pod", World.settings()), "later@partner.example");
        acknowledged();
        ScheduleEntry row = world.schedule.entries().get(0);
        assertThat(row.due()).isEqualTo(world.clock.instant().plus(Duration.ofMinutes(5)));
        assertThat(row.history().attempts()).isEqualTo(1);
        assertThat(row.lastReply().orElseThrow().code()).isEqualTo(450);
        assertThat(row.noticeDue()).contains(envelope.receivedAt().plus(Duration.ofHours(4)));
        assertThat(world.events(EventKind.DEFERRED).get(0).due()).contains(row.due());
        assertThat(world.content).hasSize(1);
        world.clock.forward(Duration.ofMinutes(5));
        await().atMost(LIMIT).until(() -> world.schedule.entries().isEmpty());
        assertThat(world.courier.taken).hasSize(1);
        assertThat(world.courier.consignments.get(1).attempt()).isEqualTo(2);
        assertThat(world.kinds(envelope.id(), "later@partner.example"))
                .containsExactly(EventKind.ATTEMPTED, EventKind.DEFERRED, EventKind.ATTEMPTED, EventKind.DELIVERED);
        assertThat(world.events.stream().map(MailEvent::id)).doesNotHaveDuplicates();
    }

    @Test
    void writesTheContentOnceForAllRecipientsThatWait() {
        accept(
                world.pod("pod", World.settings()),
                "later1@partner.example",
                "later2@other.example",
                "later3@third.example");
        acknowledged();
        assertThat(world.schedule.entries()).hasSize(3);
        assertThat(world.content).hasSize(1);
    }

    @Test
    void bouncesWithOneReportForWhatFailedTogether() {
        Envelope envelope = accept(
                world.pod("pod", World.settings()),
                "never1@partner.example",
                "never2@other.example",
                "good@partner.example");
        acknowledged();
        assertThat(world.queue).hasSize(1);
        World.Queued report = world.queue.get(0);
        assertThat(report.envelope().hasNullSender()).isTrue();
        assertThat(report.envelope().size()).isEqualTo(report.message().length);
        assertThat(report.envelope().recipients().get(0).forwardPath()).isEqualTo(envelope.reversePath());
        assertThat(report.text())
                .contains("never1@partner.example", "never2@other.example", "550 5.1.1 no such user")
                .contains("Content-Type: message/rfc822")
                .doesNotContain("good@partner.example>");
        assertThat(world.events(EventKind.DSN_SENT))
                .hasSize(2)
                .allSatisfy(event ->
                        assertThat(event.reportId()).contains(report.envelope().id()));
        assertThat(world.events(EventKind.BOUNCED))
                .allSatisfy(event -> assertThat(event.blockReason()).isEmpty());
    }

    @Test
    void blocksAtOnceWhereTlsIsRequiredAndGivenUpAtOnce() {
        accept(world.pod("pod", World.settings()), "notls@" + World.MANDATORY_PARTNER);
        acknowledged();
        assertThat(world.events(EventKind.BOUNCED).get(0).blockReason()).contains(BlockReason.TLS_NOT_AVAILABLE);
        assertThat(world.events(EventKind.BOUNCED).get(0).failure()).contains(AttemptFailure.STARTTLS_NOT_OFFERED);
        // Headers only: what had to go encrypted does not come back in clear.
        assertThat(world.queue.get(0).text())
                .contains("Status: 5.7.10", "X-Sekisho-Rule: secure-rule", "text/rfc822-headers")
                .doesNotContain("Hello.");
    }

    @Test
    void neverAnswersTheNullSender() {
        TestMail mail = TestMail.mail().from("").to(TestMail.outbound("never@partner.example"));
        accept(world.pod("pod", World.settings()), mail);
        acknowledged();
        assertThat(world.queue).isEmpty();
        assertThat(world.events(EventKind.BOUNCED)).hasSize(1);
        assertThat(world.events(EventKind.DSN_SENT)).isEmpty();
    }

    @Test
    void reportsWhatWasRelayedToAHostThatReportsNoSuccessOnceATransaction() {
        TestMail mail = TestMail.mail()
                .to(TestMail.outbound("one@partner.example", "SUCCESS,FAILURE"))
                .to(TestMail.outbound("two@partner.example", "SUCCESS"))
                .to(TestMail.outbound("unasked@partner.example"))
                .to(TestMail.outbound("never@other.example", "SUCCESS,FAILURE"));
        Envelope envelope = accept(world.pod("pod", World.settings()), mail);
        acknowledged();
        assertThat(world.queue).hasSize(2);
        World.Queued relayed = queued("Action: relayed");
        assertThat(relayed.text())
                .contains("one@partner.example", "two@partner.example", "Diagnostic-Code: smtp; 250 2.0.0 ok")
                .contains("text/rfc822-headers")
                .doesNotContain("unasked@partner.example", "Hello.");
        assertThat(queued("Action: failed").text()).contains("never@other.example");
        assertThat(world.kinds(envelope.id(), "two@partner.example"))
                .containsExactly(EventKind.ATTEMPTED, EventKind.DELIVERED, EventKind.DSN_SENT);
        assertThat(world.kinds(envelope.id(), "unasked@partner.example"))
                .containsExactly(EventKind.ATTEMPTED, EventKind.DELIVERED);
        assertThat(world.kinds(relayed.envelope().id(), envelope.reversePath())).containsExactly(EventKind.QUEUED);
    }

    @Test
    void reportsNoSuccessThatTheHostReports() {
        accept(
                world.pod("pod", World.settings()),
                TestMail.mail().to(TestMail.outbound("dsn@partner.example", "SUCCESS")));
        acknowledged();
        assertThat(world.events(EventKind.DELIVERED)).hasSize(1);
        assertThat(world.queue).isEmpty();
    }

    @Test
    void reportsNoSuccessToTheNullSender() {
        accept(
                world.pod("pod", World.settings()),
                TestMail.mail().from("").to(TestMail.outbound("good@partner.example", "SUCCESS,FAILURE")));
        acknowledged();
        assertThat(world.events(EventKind.DELIVERED)).hasSize(1);
        assertThat(world.queue).isEmpty();
    }

    @Test
    void writesTheSameReportOfSuccessWhereTheLedgerHasItsOutcome() {
        Attempts pod = world.pod("pod", World.settings());
        TestMail mail = TestMail.mail()
                .receivedAt(world.clock.instant())
                .to(TestMail.outbound("one@partner.example", "SUCCESS"))
                .to(TestMail.outbound("two@partner.example", "SUCCESS"));
        Envelope envelope = accept(pod, mail);
        acknowledged();
        TestReceipt again = new TestReceipt();
        pod.intake().accept(record(envelope, mail.bytes()), again);
        await().atMost(LIMIT).until(again::isAcknowledged);
        assertThat(world.courier.taken).hasSize(2);
        assertThat(world.queue)
                .hasSize(2)
                .allSatisfy(queued -> assertThat(queued.text()).contains("one@partner.example", "two@partner.example"));
        assertThat(world.queue.stream().map(queued -> queued.envelope().id()).distinct())
                .hasSize(1);
        assertThat(world.events(EventKind.DSN_SENT).stream().map(MailEvent::id).distinct())
                .hasSize(2);
    }

    @Test
    void takesNoReportForAnswerableWhenTheReportItselfFails() {
        TestMail report = TestMail.mail()
                .from("")
                .reporting("customer.example")
                .to(TestMail.outbound("never@partner.example", "NEVER"));
        accept(world.pod("pod", World.settings()), report);
        acknowledged();
        assertThat(world.events(EventKind.BOUNCED)).hasSize(1);
        assertThat(world.queue).isEmpty();
    }

    @Test
    void knowsWhetherItsRulesStillHold() {
        accept(world.pod("pod", World.settings(Duration.ofSeconds(60), 10)), "slow@partner.example");
        await().atMost(LIMIT).until(() -> !world.courier.consignments.isEmpty());
        Consignment consignment = world.courier.consignments.getFirst();
        assertThat(consignment.standing().holds()).isTrue();

        world.policy = new PolicyState.Unusable("too old to decide");

        assertThat(consignment.standing().holds()).isFalse();
        world.courier.letGo("slow@partner.example");
        acknowledged();
    }

    @Test
    void notesASlowAttemptInTheScheduleAcknowledgesAndGoesOn() {
        accept(world.pod("pod", World.settings(Duration.ofMillis(50), 10)), "slow@partner.example");
        acknowledged();
        assertThat(world.schedule.entries()).hasSize(1);
        assertThat(world.schedule.owner("slow@partner.example")).isPresent();
        assertThat(world.courier.taken).isEmpty();
        world.courier.letGo("slow@partner.example");
        await().atMost(LIMIT).until(() -> world.schedule.entries().isEmpty());
        assertThat(world.courier.taken).hasSize(1);
        assertThat(world.courier.consignments).hasSize(1);
    }

    @Test
    void remembersWhatEndedBesideItsRowWhileItsRecordIsNotCommitted() {
        TestMail mail = TestMail.mail().receivedAt(world.clock.instant()).to(TestMail.outbound("slow@partner.example"));
        Envelope envelope = accept(world.pod("pod", World.settings(Duration.ofMillis(50), 10)), mail);
        acknowledged();
        world.courier.letGo("slow@partner.example");
        await().atMost(LIMIT)
                .until(() -> List.of().equals(world.ledger.of(envelope.id(), "slow@partner.example").outcome));
        assertThat(world.schedule.entries()).isEmpty();
        world.ledger.forgetSettled();
        int told = world.events.size();
        TestReceipt again = new TestReceipt();
        world.pod("next", World.settings()).intake().accept(record(envelope, mail.bytes()), again);
        await().atMost(LIMIT).until(again::isAcknowledged);
        assertThat(world.courier.consignments).hasSize(1);
        assertThat(world.events).hasSize(told);
    }

    @Test
    void tellsTheLedgerOfNoRowThatIsNotThere() {
        world.contentGate = new CompletableFuture<>();
        Envelope envelope =
                accept(world.pod("pod", World.settings(Duration.ofMillis(50), 10)), "slow-later@partner.example");
        // The row of the slow attempt waits for the content; meanwhile the attempt ends with a deferral.
        await().atMost(LIMIT).until(() -> world.content.size() == 1);
        world.courier.letGo("slow-later@partner.example");
        await().atMost(LIMIT).until(() -> world.events(EventKind.DEFERRED).size() == 1);
        world.contentGate.complete(null);
        acknowledged();
        assertThat(world.falseRows).isEmpty();
        assertThat(world.schedule.entries().get(0).history().attempts()).isEqualTo(1);
        assertThat(world.ledger.of(envelope.id(), "slow-later@partner.example").row)
                .isTrue();
    }

    @Test
    void putsMailOverTheBoundOfItsDestinationIntoTheSchedule() {
        Attempts pod = world.pod("pod", World.settings(Duration.ofSeconds(30), 0));
        accept(pod, "slow1@partner.example");
        await().atMost(LIMIT).until(() -> world.courier.consignments.size() == 1);
        accept(pod, "slow2@partner.example");
        await().atMost(LIMIT).until(() -> world.courier.consignments.size() == 2);
        accept(pod, "good@partner.example");
        acknowledged();
        assertThat(world.schedule.entries())
                .extracting(ScheduleEntry::recipient)
                .containsExactly("good@partner.example");
        assertThat(world.schedule.entries().get(0).history().attempts()).isZero();
        assertThat(world.events(EventKind.DEFERRED)).isEmpty();
        world.courier.letGo("slow1@partner.example");
        world.courier.letGo("slow2@partner.example");
        await().atMost(LIMIT).until(() -> world.courier.taken.size() == 2);
        world.clock.forward(Duration.ofSeconds(15));
        await().atMost(LIMIT).until(() -> world.courier.taken.size() == 3);
    }

    @Test
    void goesOnWithFirstAttemptsWhileTheDatabaseIsDown() {
        world.schedule.down(true);
        Attempts pod = world.pod("pod", World.settings());
        TestReceipt deferred = new TestReceipt();
        TestMail waiting =
                TestMail.mail().receivedAt(world.clock.instant()).to(TestMail.outbound("later@partner.example"));
        pod.intake().accept(record(waiting.envelope(), waiting.bytes()), deferred);
        accept(pod, "good@partner.example");
        acknowledged();
        assertThat(deferred.isAcknowledged()).isFalse();
        assertThat(pod.intake().hasRoom()).isTrue();
        world.schedule.down(false);
        await().atMost(LIMIT).until(deferred::isAcknowledged);
        assertThat(world.schedule.entries()).hasSize(1);
    }

    @Test
    void postponesWithoutAPolicyAndCountsNoAttempt() {
        PolicyState known = world.policy;
        world.policy = new PolicyState.Unusable("no table yet");
        accept(world.pod("pod", World.settings()), "good@partner.example");
        acknowledged();
        ScheduleEntry row = world.schedule.entries().get(0);
        assertThat(row.history().attempts()).isZero();
        assertThat(world.events(EventKind.DEFERRED).get(0).detail()).contains("no table yet");
        world.policy = known;
        world.clock.forward(Duration.ofMinutes(1));
        await().atMost(LIMIT).until(() -> world.courier.taken.size() == 1);
        assertThat(world.courier.consignments.get(0).attempt()).isEqualTo(1);
    }

    @Test
    void waitsForAnotherPodsAttemptAndRepeatsItsOutcome() {
        TestMail mail = TestMail.mail().receivedAt(world.clock.instant()).to(TestMail.outbound("good@partner.example"));
        Envelope envelope = mail.envelope();
        Ledger other = new MemoryLedger(world.ledger, new PodIdentity("other", "1"));
        Map<String, Integer> bob = Map.of("good@partner.example", 1);
        assertThat(get(other.claim(envelope.id(), bob, Ledger.Origin.QUEUE, Ledger.Company.ANY))
                        .values())
                .allSatisfy(answer -> assertThat(answer).isInstanceOf(ClaimAnswer.Granted.class));
        world.pod("pod", World.settings()).intake().accept(record(envelope, mail.bytes()), receipt);
        MailEvent delivered = MailEvent.of(
                EventKind.DELIVERED,
                world.clock.instant(),
                MessageFacts.of(envelope, envelope.recipients().get(0)),
                1);
        get(other.conclude(envelope.id(), "good@partner.example", List.of(delivered)));
        acknowledged();
        assertThat(world.events).containsExactly(delivered);
        assertThat(world.courier.consignments).isEmpty();
    }

    @Test
    void dropsWhatIsNotBegunWhenThePartitionGoesAndFinishesWhatIs() {
        Attempts pod = world.pod("pod", World.settings());
        accept(pod, "slow1@partner.example");
        await().atMost(LIMIT).until(() -> world.courier.consignments.size() == 1);
        accept(pod, "slow2@partner.example");
        await().atMost(LIMIT).until(() -> world.courier.consignments.size() == 2);
        Envelope waiting = accept(pod, "good@partner.example");
        receipt.revoke();
        world.courier.letGo("slow1@partner.example");
        world.courier.letGo("slow2@partner.example");
        await().atMost(LIMIT).until(() -> world.events(EventKind.DELIVERED).size() == 2);
        assertThat(world.courier.taken).hasSize(2);
        assertThat(world.ledger.of(waiting.id(), "good@partner.example").outcome)
                .isNull();
    }

    @Test
    void quarantinesLostContentWithAReport() {
        Envelope envelope = accept(world.pod("pod", World.settings()), "lost@partner.example");
        acknowledged();
        assertThat(world.quarantine).singleElement().satisfies(kept -> {
            assertThat(kept.reason()).isEqualTo(QuarantineReason.CONTENT_LOST);
            assertThat(kept.message()).contains(envelope.id());
            assertThat(kept.content()).isPresent();
        });
        assertThat(world.kinds(envelope.id(), "lost@partner.example"))
                .contains(EventKind.QUARANTINED, EventKind.DSN_SENT);
        assertThat(world.queue.get(0).text()).contains("Status: 5.3.0");
    }

    @Test
    void quarantinesWhatEndedThreePodsWithoutAReport() {
        TestMail mail = TestMail.mail().receivedAt(world.clock.instant()).to(TestMail.outbound("slow@partner.example"));
        QueueRecord record = record(mail.envelope(), mail.bytes());
        for (int end = 1; end <= 3; end++) {
            int attempts = end;
            Mortality mortality = new Mortality(Integer.MAX_VALUE, Mortality.When.AFTER_EFFECT);
            world.pod("pod", World.settings(), mortality).intake().accept(record, new TestReceipt());
            await().atMost(LIMIT).until(() -> world.courier.consignments.size() == attempts);
        }
        world.pod("pod", World.settings()).intake().accept(record, receipt);
        acknowledged();
        assertThat(world.quarantine)
                .singleElement()
                .satisfies(kept -> assertThat(kept.reason()).isEqualTo(QuarantineReason.ENDED_PODS));
        assertThat(world.courier.consignments).hasSize(3);
        assertThat(world.queue).isEmpty();
        assertThat(world.events(EventKind.QUARANTINED)).hasSize(1);
    }

    @Test
    void quarantinesARecordThatCannotBeReadAsItWas() {
        QueueRecord record =
                new QueueRecord(3, 9, Optional.of("{".getBytes(StandardCharsets.UTF_8)), new byte[] {1, 2});
        world.pod("pod", World.settings()).intake().accept(record, receipt);
        acknowledged();
        assertThat(world.quarantine).singleElement().satisfies(kept -> {
            assertThat(kept.reason()).isEqualTo(QuarantineReason.UNREADABLE);
            assertThat(kept.envelope().orElseThrow()).containsExactly('{');
            assertThat(kept.content().orElseThrow()).containsExactly(1, 2);
        });
        assertThat(world.events).isEmpty();
    }

    @Test
    void blocksThePartitionForALaterVersion() {
        QueueRecord record =
                new QueueRecord(3, 9, Optional.of("{\"version\":2}".getBytes(StandardCharsets.UTF_8)), new byte[] {1});
        world.pod("pod", World.settings()).intake().accept(record, receipt);
        assertThat(receipt.blocked().orElseThrow()).contains("version 2", "roll out egress before ingress");
        assertThat(receipt.isAcknowledged()).isFalse();
    }

    @Test
    void tellsTheSenderOnceThatItTakesLonger() {
        Envelope envelope = accept(world.pod("pod", World.settings()), "later@partner.example");
        acknowledged();
        // The row is made to wait longer than the notice does.
        ScheduleEntry row = world.schedule.entries().get(0);
        world.schedule
                .postpone(
                        row.after(
                                world.clock.instant().plus(Duration.ofHours(9)),
                                row.history(),
                                Optional.empty(),
                                Optional.empty()),
                        "nobody")
                .await()
                .atMost(LIMIT);
        world.clock.forward(Duration.ofHours(4));
        await().atMost(LIMIT).until(() -> world.queue.size() == 1);
        assertThat(world.queue.get(0).text()).contains("Action: delayed", "WARNING ONLY");
        await().atMost(LIMIT).until(() -> world.events(EventKind.DELAYED).size() == 1);
        assertThat(world.events(EventKind.DELAYED).get(0).reportId())
                .contains(world.queue.get(0).envelope().id());
        assertThat(world.schedule.entries().get(0).noticeDue()).isEmpty();
        assertThat(world.kinds(envelope.id(), "later@partner.example")).doesNotContain(EventKind.DELIVERED);
    }

    private World.Queued queued(String text) {
        return world.queue.stream()
                .filter(queued -> queued.text().contains(text))
                .findFirst()
                .orElseThrow();
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(LIMIT);
    }

    private void acknowledged() {
        await().atMost(LIMIT).until(receipt::isAcknowledged);
    }

    private Envelope accept(Attempts pod, String... recipients) {
        TestMail mail = TestMail.mail().receivedAt(world.clock.instant());
        List.of(recipients).forEach(to -> mail.to(TestMail.outbound(to)));
        return accept(pod, mail);
    }

    private Envelope accept(Attempts pod, TestMail mail) {
        Envelope envelope = mail.envelope();
        pod.intake().accept(record(envelope, mail.bytes()), receipt);
        return envelope;
    }

    private static QueueRecord record(Envelope envelope, byte[] bytes) {
        return new QueueRecord(0, 0, Optional.of(WireJson.bytes(envelope)), bytes);
    }
}
