package io.sekisho.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekisho.systemtests.arena.Arena;
import io.sekisho.systemtests.scenario.Course;
import io.sekisho.systemtests.scenario.Extent;
import io.sekisho.systemtests.scenario.Scenario;
import io.sekisho.systemtests.scenario.Scenarios;
import io.sekisho.systemtests.scenario.Tally;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault of the short set in mid-traffic: what was answered 250 arrives, unchanged, and never below its required TLS. */
@ExtendWith(SharedArena.class)
class ShortScenariosTest {

    private static final AtomicLong SEED = new AtomicLong(1);

    static java.util.List<Named> scenarios() {
        return Scenarios.shortSet().stream().map(Named::new).toList();
    }

    /** So that the name stands in the report. */
    record Named(Scenario scenario) {
        @Override
        public String toString() {
            return scenario.name();
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void keepsEveryPromise(Named named, Arena arena) throws Exception {
        Tally tally =
                new Course(arena, SEED.getAndIncrement(), System.out::println).run(named.scenario(), Extent.SHORT);
        System.out.println(named + ": " + tally.sentence());
        assertThat(tally.violations()).isEmpty();
    }
}
