package io.sekisho.systemtests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The sentence of a scenario, and what breaks its promise. */
class TallyTest {

    private static final Doubles NONE = new Doubles(0, 0, List.of());

    @Test
    void readsLikeASentence() {
        Tally tally = new Tally(10_000, List.of(), 0, new Doubles(2, 1, List.of()), 0, 0, 10_003, List.of());

        assertThat(tally.sentence())
                .isEqualTo(
                        "acknowledged 10,000, delivered 10,000, lost 0, doubled 3 (2 sent again by clients that had got"
                                + " no 250, 1 delivered again after a fault that may double), changed 0, below requirement 0,"
                                + " tracked 10,003");
        assertThat(tally.isKept()).isTrue();
    }

    @Test
    void isBrokenByALoss() {
        Tally tally = new Tally(10, List.of(4, 9), 0, NONE, 0, 0, 8, List.of());

        assertThat(tally.sentence()).startsWith("acknowledged 10, delivered 8, lost 2, ");
        assertThat(tally.violations()).containsExactly("lost, of what was acknowledged: [4, 9]");
    }

    @Test
    void isBrokenByAMistakeAndAnUnexplainedDouble() {
        Tally tally =
                new Tally(1, List.of(), 0, new Doubles(0, 0, List.of("number 1 again")), 0, 1, 1, List.of("in clear"));

        assertThat(tally.violations()).containsExactly("number 1 again", "in clear");
    }

    @Test
    void countsWhatWasCancelledAsNeitherLostNorDelivered() {
        Tally tally = new Tally(10, List.of(), 3, NONE, 0, 0, 7, List.of());

        assertThat(tally.sentence()).startsWith("acknowledged 10, delivered 7, lost 0, cancelled 3, ");
        assertThat(tally.isKept()).isTrue();
    }
}
