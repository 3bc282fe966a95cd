package io.sekisho.bench.comparison;

import java.util.List;

/** The middle and the ends of a handful of numbers: with so few of them a standard deviation would say less. */
public record Spread(double median, double least, double greatest) {

    /** Of an even number of values the median is the mean of the two in the middle. */
    public static Spread of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        List<Double> sorted = values.stream().sorted().toList();
        int size = sorted.size();
        double median = (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
        return new Spread(median, sorted.getFirst(), sorted.getLast());
    }
}
