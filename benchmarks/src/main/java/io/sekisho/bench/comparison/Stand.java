package io.sekisho.bench.comparison;

import java.util.List;

/** A benchmark set up and ready to be measured. {@link #close} takes down what it set up. */
public interface Stand extends AutoCloseable {

    /** In the order in which they are measured. */
    List<Comparison> comparisons();

    /** What was seen beside the ratios, a sentence each; asked for after the last round. */
    default List<String> findings() {
        return List.of();
    }

    @Override
    void close();
}
