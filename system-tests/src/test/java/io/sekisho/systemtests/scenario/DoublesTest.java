package io.sekisho.systemtests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.systemtests.arrival.Arrival;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A double counts as explained only where the design explains it. */
class DoublesTest {

    private static final long MINUTE = 60_000_000_000L;
    private static final List<Long> NO_FAULT = List.of();

    @Test
    void explainsASecondIdByAClientThatGotNo250() {
        Doubles doubles = Doubles.of(arrived("a", "b"), Set.of(7), NO_FAULT);

        assertThat(doubles.sentAgain()).isEqualTo(1);
        assertThat(doubles.sentence()).isEqualTo("doubled 1 (1 sent again by clients that had got no 250)");
    }

    @Test
    void doesNotExplainASecondIdOfAnAcknowledgedMessage() {
        Doubles doubles = Doubles.of(arrived("a", "b"), Set.of(), NO_FAULT);

        assertThat(doubles.unexplained()).containsExactly("number 7 arrived again as b");
        assertThat(doubles.sentence()).isEqualTo("doubled 1 (1 UNEXPLAINED)");
    }

    @Test
    void explainsTheSameIdByAFaultThatMayDouble() {
        Doubles doubles = Doubles.of(arrived("a", "a"), Set.of(), List.of(10 * MINUTE));

        assertThat(doubles.deliveredAgain()).isEqualTo(1);
    }

    @Test
    void doesNotExplainTheSameIdByAFaultThatCameLongAfter() {
        Doubles doubles = Doubles.of(arrived("a", "a"), Set.of(7), List.of(12 * MINUTE));

        assertThat(doubles.unexplained()).containsExactly("number 7 arrived again as a");
    }

    @Test
    void countsNoneWhereEachArrivedOnce() {
        assertThat(Doubles.of(arrived("a"), Set.of(7), List.of(10 * MINUTE)).sentence())
                .isEqualTo("doubled 0");
    }

    /** Number 7 arrived under these ids, ten minutes after the clock's beginning. */
    private static Map<Integer, List<Arrival>> arrived(String... ids) {
        return Map.of(
                7,
                List.of(ids).stream()
                        .map(id -> new Arrival(id, Optional.empty(), 10 * MINUTE))
                        .toList());
    }
}
