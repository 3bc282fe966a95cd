package io.sekisho.bench.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlternationTest {

    private static final Duration SPAN = Duration.ofSeconds(5);
    private static final Duration WARM_UP = Duration.ofSeconds(9);

    private final List<String> calls = new ArrayList<>();

    @Test
    void measuresInTurnAfterAWarmUp() throws Exception {
        Result result = alternation(2).run(comparison(1));

        assertThat(calls)
                .containsExactly("gateway PT9S", "peer PT9S", "gateway PT5S", "peer PT5S", "gateway PT5S", "peer PT5S");
        assertThat(result.rounds()).containsExactly(new Round(3, 1), new Round(3, 1));
    }

    @Test
    void refusesAMeasurementThatMeasuredNothing() {
        assertThatThrownBy(() -> alternation(1).run(comparison(0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("accept");
    }

    private static Alternation alternation(int rounds) {
        return new Alternation(new Effort(rounds, SPAN, WARM_UP, 0, Effort.Extent.WHOLE), (number, round) -> {});
    }

    private Comparison comparison(double peerValue) {
        return new Comparison(
                "accept",
                "",
                "",
                Better.HIGHER,
                span -> {
                    calls.add("gateway " + span);
                    return 3;
                },
                "",
                span -> {
                    calls.add("peer " + span);
                    return peerValue;
                });
    }
}
