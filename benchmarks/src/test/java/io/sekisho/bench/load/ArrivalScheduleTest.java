package io.sekisho.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ArrivalScheduleTest {

    @Test
    void spacesArrivalsEvenlyAndEnds() {
        ArrivalSchedule schedule = new ArrivalSchedule(1_000, 1_000, 3);

        assertThat(new long[] {schedule.take(), schedule.take(), schedule.take(), schedule.take(), schedule.take()})
                .containsExactly(1_000, 1_001_000, 2_001_000, ArrivalSchedule.NONE, ArrivalSchedule.NONE);
    }

    @Test
    void refusesARateOfNothing() {
        assertThatThrownBy(() -> new ArrivalSchedule(0, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ArrivalSchedule(0, Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
