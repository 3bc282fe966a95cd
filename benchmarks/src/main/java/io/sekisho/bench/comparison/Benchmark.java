package io.sekisho.bench.comparison;

import java.util.Optional;

/**
 * One subject of comparison.
 *
 * @param <S> where it plays: what it may use of the running system
 */
public interface Benchmark<S> {

    /** As it is called on the command line. */
    String name();

    /** What is measured and how, and what is done on both sides so that it is fair: a paragraph of the documentation. */
    String description();

    /** A sentence, where it cannot be run here. */
    default Optional<String> obstacle() {
        return Optional.empty();
    }

    /** Sets it up. */
    Stand set(S stage, Effort effort) throws Exception;
}
