package io.sekisho.systemtests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A seed repeats a storm. */
class StormTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void choosesTheSameFaultsForTheSameSeed() {
        assertThat(new Storm(3, HOUR).faults()).isEqualTo(new Storm(3, HOUR).faults());
        assertThat(new Storm(4, HOUR).faults()).isNotEqualTo(new Storm(3, HOUR).faults());
    }

    @Test
    void choosesEveryKindOfFaultInAnHour() {
        Set<Class<?>> kinds = new HashSet<>();
        new Storm(3, HOUR).faults().forEach(timed -> kinds.add(timed.fault().getClass()));

        assertThat(kinds)
                .extracting(Class::getSimpleName)
                .containsExactlyInAnyOrder(
                        "Kill",
                        "Terminate",
                        "Freeze",
                        "KillServer",
                        "FreezeServer",
                        "Hang",
                        "FlushRedis",
                        "StripStartTls");
    }

    @Test
    void growsWithItsLength() {
        assertThat(new Storm(3, HOUR).faults()).hasSizeBetween(200, 450);
        assertThat(new Storm(3, Duration.ofMinutes(1)).faults()).hasSizeBetween(3, 8);
    }
}
