package io.sekisho.bench.comparison;

import java.time.Duration;

/** One of the two that are compared. */
@FunctionalInterface
public interface Side {

    /**
     * Measures once.
     *
     * @param span how long to load it, where the measurement is one over time
     * @return a positive number in the comparison's unit
     */
    double measure(Duration span) throws Exception;
}
