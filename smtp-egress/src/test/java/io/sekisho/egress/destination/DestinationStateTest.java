package io.sekisho.egress.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.egress.destination.Feedback.Use;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DestinationStateTest {

    private static final Instant NOW = Instant.parse("2026-11-24T07:00:00Z");
    private static final Trouble TROUBLE = new Trouble(NOW, Optional.empty(), "connection refused");
    private static final Signal FAILURE = new Signal.InTrouble(TROUBLE);
    private static final Signal SUCCESS = new Signal.Took();
    private static final DestinationLimits LIMITS =
            new DestinationLimits(4, 10, 3, Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofSeconds(60));

    private final DestinationState fresh = DestinationState.fresh(LIMITS);

    @Test
    void startsSmall() {
        assertThat(fresh.admission("a", NOW)).isEqualTo(new Admission.Open(4));
    }

    @Test
    void growsByOneForEachSuccessWhileAllOfItIsUsed() {
        assertThat(concurrency(after(fresh, times(3, SUCCESS, Use.FULL)))).isEqualTo(7);
        assertThat(concurrency(after(fresh, times(3, SUCCESS, Use.PART)))).isEqualTo(4);
        assertThat(concurrency(after(fresh, times(30, SUCCESS, Use.FULL)))).isEqualTo(10);
    }

    @Test
    void shrinksByOneForEachTroubleAndNeverBelowOne() {
        assertThat(concurrency(after(fresh, times(2, FAILURE, Use.FULL)))).isEqualTo(2);
        DestinationState state = fresh;
        for (int i = 0; i < 20; i++) {
            state = after(state, Feedback.NONE.then(FAILURE, Use.FULL).then(new Signal.Answered(), Use.FULL));
        }
        assertThat(concurrency(state)).isEqualTo(1);
    }

    @Test
    void isSuspendedAfterTroublesInARow() {
        DestinationState state = after(after(fresh, times(2, FAILURE, Use.PART)), times(1, FAILURE, Use.PART));
        assertThat(state.admission("a", NOW))
                .isEqualTo(new Admission.Suspended(NOW.plusSeconds(60), Optional.of(TROUBLE)));
    }

    @Test
    void isNotSuspendedWhereAnAnswerCameBetween() {
        Feedback mixed = times(2, FAILURE, Use.PART).then(new Signal.Answered(), Use.PART);
        assertThat(after(after(fresh, mixed), times(2, FAILURE, Use.PART)).isSuspended())
                .isFalse();
        Feedback ends = times(2, FAILURE, Use.PART).then(SUCCESS, Use.PART).then(times(3, FAILURE, Use.PART));
        assertThat(after(fresh, ends).isSuspended()).isTrue();
    }

    @Test
    void growsTheSuspensionWithEachProbeThatFails() {
        DestinationState state = after(fresh, times(3, FAILURE, Use.PART));
        Instant at = NOW;
        for (int minutes : new int[] {1, 2, 4, 5, 5}) {
            assertThat(state.suspendedUntil()).contains(at.plus(Duration.ofMinutes(minutes)));
            at = state.suspendedUntil().orElseThrow();
            state = state.probedBy("a", at, LIMITS).after(times(1, FAILURE, Use.PART), at, LIMITS);
        }
    }

    @Test
    void givesTheProbeToOnePod() {
        DestinationState state = after(fresh, times(3, FAILURE, Use.PART));
        assertThat(state.probedBy("a", NOW, LIMITS)).isEqualTo(state);
        Instant due = NOW.plusSeconds(60);
        assertThat(state.admission("a", due)).isEqualTo(new Admission.ProbeDue());
        DestinationState probed = state.probedBy("a", due, LIMITS);
        assertThat(probed.admission("a", due)).isEqualTo(new Admission.Probe());
        assertThat(probed.probedBy("b", due, LIMITS)).isEqualTo(probed);
        assertThat(probed.admission("b", due))
                .isEqualTo(new Admission.Suspended(due.plusSeconds(60), Optional.of(TROUBLE)));
    }

    @Test
    void keepsTheProbeThatIsRenewedAndPassesOnTheOneThatRanOut() {
        Instant due = NOW.plusSeconds(60);
        DestinationState probed = after(fresh, times(3, FAILURE, Use.PART)).probedBy("a", due, LIMITS);
        Instant later = due.plusSeconds(59);
        assertThat(probed.probedBy("a", later, LIMITS)
                        .probedBy("b", due.plusSeconds(60), LIMITS)
                        .probe())
                .contains(new DestinationState.Probe("a", later.plusSeconds(60)));
        assertThat(probed.probedBy("b", due.plusSeconds(60), LIMITS).admission("b", due.plusSeconds(60)))
                .isEqualTo(new Admission.Probe());
    }

    @Test
    void opensAtItsInitialConcurrencyWhenAProbeIsAnswered() {
        Instant due = NOW.plusSeconds(60);
        DestinationState grown = after(fresh, times(6, SUCCESS, Use.FULL));
        DestinationState state = after(grown, times(3, FAILURE, Use.PART)).probedBy("a", due, LIMITS);
        for (Signal answer : new Signal[] {SUCCESS, new Signal.Answered()}) {
            DestinationState opened = state.after(times(1, answer, Use.FULL), due, LIMITS);
            assertThat(opened.admission("b", due)).isEqualTo(new Admission.Open(4));
            assertThat(opened.suspensions()).isZero();
        }
    }

    @Test
    void isOpenedByAnEarlierAttemptThatSucceedsAndNotSuspendedLongerByOneThatFails() {
        DestinationState state = after(fresh, times(3, FAILURE, Use.PART));
        assertThat(after(state, times(1, SUCCESS, Use.PART)).isSuspended()).isFalse();
        assertThat(after(state, times(9, FAILURE, Use.PART)).suspendedUntil()).isEqualTo(state.suspendedUntil());
    }

    @Test
    void takesFeedbackTogetherAsOneAfterTheOther() {
        Feedback first = times(2, FAILURE, Use.PART);
        Feedback second = Feedback.NONE.then(SUCCESS, Use.FULL).then(FAILURE, Use.PART);
        assertThat(after(fresh, first.then(second))).isEqualTo(after(after(fresh, first), second));
    }

    @Test
    void dividesTheConcurrencyAmongThePodsThatLive() {
        java.util.List<String> pods = java.util.List.of("c", "a", "b");
        for (int concurrency = 0; concurrency < 12; concurrency++) {
            int whole = 0;
            for (String pod : pods) {
                whole += Share.of(pod, pods).of(concurrency, "partner.example");
            }
            assertThat(whole).isEqualTo(concurrency);
        }
        assertThat(Share.ALL.of(7, "partner.example")).isEqualTo(7);
        assertThat(Share.of("d", pods)).isEqualTo(new Share(4, 3));
    }

    private static DestinationState after(DestinationState state, Feedback told) {
        return state.after(told, NOW, LIMITS);
    }

    private static int concurrency(DestinationState state) {
        return ((Admission.Open) state.admission("a", NOW)).concurrency();
    }

    private static Feedback times(int count, Signal signal, Use use) {
        Feedback told = Feedback.NONE;
        for (int i = 0; i < count; i++) {
            told = told.then(signal, use);
        }
        return told;
    }
}
