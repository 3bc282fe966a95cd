package io.sekisho.bench.comparison;

import java.util.List;
import java.util.function.Supplier;

/**
 * A stand made of its parts.
 *
 * @param told asked for after the last round
 * @param end takes down what was set up
 */
public record SimpleStand(List<Comparison> comparisons, Supplier<List<String>> told, Runnable end) implements Stand {

    @Override
    public List<String> findings() {
        return told.get();
    }

    @Override
    public void close() {
        end.run();
    }
}
