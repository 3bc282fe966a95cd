package io.sekisho.egress.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.egress.destination.Feedback.Use;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DestinationsTest {

    private static final String DEAD = "dead.example";
    private static final DestinationLimits LIMITS =
            new DestinationLimits(4, 10, 3, Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofSeconds(60));
    private static final Signal FAILURE =
            new Signal.InTrouble(new Trouble(Instant.EPOCH, Optional.empty(), "connection refused"));

    private final TestClock clock = new TestClock();
    private final MemoryDestinations table = new MemoryDestinations(clock, LIMITS);
    private final Destinations one = pod("one/1");
    private final Destinations two = pod("two/1");

    @Test
    void addsUpTheTroublesOfAllPods() {
        one.came(DEAD, FAILURE, Use.PART);
        two.came(DEAD, FAILURE, Use.PART);
        exchange();
        one.came(DEAD, FAILURE, Use.PART);
        assertThat(one.admission(DEAD)).isInstanceOf(Admission.Suspended.class);
        assertThat(two.admission(DEAD)).isInstanceOf(Admission.Open.class);
        exchange();
        assertThat(two.admission(DEAD)).isInstanceOf(Admission.Suspended.class);
        assertThat(two.share(DEAD)).isZero();
    }

    @Test
    void doesNotAddTroublesToThoseThatASuccessElsewhereHasEnded() {
        one.came(DEAD, FAILURE, Use.PART);
        one.came(DEAD, FAILURE, Use.PART);
        exchange();
        two.admission(DEAD);
        exchange();
        two.came(DEAD, new Signal.Took(), Use.PART);
        exchange();
        one.came(DEAD, FAILURE, Use.PART);
        assertThat(one.admission(DEAD)).isInstanceOf(Admission.Open.class);
    }

    @Test
    void suspendsWhatOthersFoundDeadBeforeItGoesThereItself() {
        suspend();
        assertThat(two.admission(DEAD)).isInstanceOf(Admission.Suspended.class);
        Destinations later = pod("three/1");
        get(later, Set.of());
        assertThat(later.admission(DEAD)).isInstanceOf(Admission.Suspended.class);
    }

    @Test
    void letsOnePodMakeTheProbeAndAllGoOnWhenItIsAnswered() {
        suspend();
        clock.forward(Duration.ofMinutes(1));
        exchange();
        assertThat(one.admission(DEAD)).isInstanceOf(Admission.ProbeDue.class);
        assertThat(two.admission(DEAD)).isInstanceOf(Admission.ProbeDue.class);
        get(two, Set.of(DEAD));
        get(one, Set.of(DEAD));
        assertThat(two.admission(DEAD)).isInstanceOf(Admission.Probe.class);
        assertThat(two.share(DEAD)).isEqualTo(1);
        assertThat(one.admission(DEAD)).isInstanceOf(Admission.Suspended.class);
        two.came(DEAD, new Signal.Answered(), Use.FULL);
        exchange();
        assertThat(one.admission(DEAD)).isEqualTo(new Admission.Open(4));
        assertThat(one.share(DEAD) + two.share(DEAD)).isEqualTo(4);
    }

    @Test
    void givesUpAProbeForWhichItHasNoMailLeft() {
        suspend();
        clock.forward(Duration.ofMinutes(1));
        exchange();
        one.admission(DEAD);
        two.admission(DEAD);
        get(one, Set.of(DEAD));
        clock.forward(Duration.ofSeconds(59));
        get(one, Set.of(DEAD));
        clock.forward(Duration.ofSeconds(59));
        get(one, Set.of());
        clock.forward(Duration.ofSeconds(2));
        get(two, Set.of(DEAD));
        assertThat(two.admission(DEAD)).isInstanceOf(Admission.Probe.class);
    }

    @Test
    void goesOnAloneWhileTheOthersCannotBeReachedAndTellsThemLater() {
        exchange();
        table.down(true);
        for (int i = 0; i < 3; i++) {
            one.came(DEAD, FAILURE, Use.PART);
            exchange();
        }
        assertThat(one.admission(DEAD)).isInstanceOf(Admission.Suspended.class);
        clock.forward(Duration.ofMinutes(1));
        assertThat(one.admission(DEAD)).isInstanceOf(Admission.Probe.class);
        one.came(DEAD, FAILURE, Use.FULL);
        assertThat(one.admission(DEAD))
                .isEqualTo(new Admission.Suspended(
                        clock.instant().plus(Duration.ofMinutes(2)),
                        table.row(DEAD) == null ? lastOf(one) : Optional.empty()));
        table.down(false);
        exchange();
        assertThat(two.admission(DEAD)).isInstanceOf(Admission.Suspended.class);
    }

    @Test
    void writesNothingOfADestinationThatIsWell() {
        for (int i = 0; i < 100; i++) {
            one.came("good.example", new Signal.Took(), Use.PART);
        }
        exchange();
        assertThat(table.row("good.example")).isNull();
    }

    @Test
    void forgetsWhatIsIdleAndKeepsABound() {
        for (int i = 0; i < Destinations.MOST + 10; i++) {
            one.admission("d" + i + ".example");
        }
        assertThat(one.count()).isEqualTo(Destinations.MOST);
        assertThat(one.admission("more.example")).isEqualTo(new Admission.Open(4));
        clock.forward(Duration.ofMinutes(11));
        get(one, Set.of("d7.example"));
        assertThat(one.count()).isEqualTo(1);
    }

    @Test
    void tellsWhatTheScheduleCannotKnowYet() {
        assertThat(one.closedHere()).isEmpty();
        for (int i = 0; i < 3; i++) {
            one.came(DEAD, FAILURE, Use.PART);
        }
        assertThat(one.closedHere()).containsExactly(DEAD);
        exchange();
        assertThat(one.closedHere()).isEmpty();
    }

    private static Optional<Trouble> lastOf(Destinations pod) {
        return ((Admission.Suspended) pod.admission(DEAD)).last();
    }

    private void suspend() {
        for (int i = 0; i < 3; i++) {
            one.came(DEAD, FAILURE, Use.PART);
        }
        exchange();
    }

    /** A second or two go by: each has heard what the other had to tell. */
    private void exchange() {
        get(one, Set.of());
        get(two, Set.of());
        get(one, Set.of());
    }

    private static void get(Destinations pod, Set<String> busy) {
        pod.exchange(() -> busy).await().atMost(Duration.ofSeconds(5));
    }

    private Destinations pod(String owner) {
        return new Destinations(table, LIMITS, owner, clock);
    }

    private static final class TestClock extends Clock {
        private Instant now = Instant.parse("2026-11-24T07:00:00Z");

        void forward(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
