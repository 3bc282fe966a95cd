package io.sekisho.bench.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResultTest {

    @Test
    void aboveOneTheGatewayTakesMore() {
        assertThat(SampleResults.of("a", Better.HIGHER, new Round(300, 100))
                        .ratio()
                        .median())
                .isEqualTo(3);
    }

    @Test
    void aboveOneTheGatewayNeedsLess() {
        assertThat(SampleResults.of("a", Better.LOWER, new Round(2, 10)).ratio().median())
                .isEqualTo(5);
    }

    @Test
    void takesTheRatioOfEachRoundAndNotOfTheMedians() {
        // The machine was slow in the second round, for both: the ratio does not care.
        Result result =
                SampleResults.of("a", Better.HIGHER, new Round(200, 100), new Round(20, 10), new Round(220, 100));

        assertThat(result.ratio()).isEqualTo(new Spread(2, 2, 2.2));
    }
}
