package io.sekisho.systemtests.scenario;

import io.sekisho.systemtests.arena.ArenaPlan;
import io.sekisho.systemtests.fault.TimedFault;
import java.util.List;

/** What goes wrong while mail flows. That nothing is lost, changed or sent below its requirement is promised in every one. */
public interface Scenario {

    /** Lower-case words with hyphens, for the command line. */
    String name();

    /** The arena that it needs. */
    default ArenaPlan arena() {
        return ArenaPlan.STANDARD;
    }

    /** Whether an operator cancels mail: it is counted then, and must not arrive. */
    default boolean cancels() {
        return false;
    }

    /** What goes wrong in one round, one after the other, mail flowing in between. */
    List<TimedFault> faults();
}
