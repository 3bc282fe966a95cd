package io.sekisho.bench.comparison;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Measures both sides in turn, A B A B …, after each has warmed up. */
public final class Alternation {

    private final Effort effort;
    private final BiConsumer<Integer, Round> listener;

    /**
     * An alternation.
     *
     * @param listener is told of each round, counted from 1
     */
    public Alternation(Effort effort, BiConsumer<Integer, Round> listener) {
        this.effort = effort;
        this.listener = listener;
    }

    /**
     * Measures.
     *
     * @throws IllegalStateException where a side measures no positive number: there is no ratio then
     */
    public Result run(Comparison comparison) throws Exception {
        if (!effort.warmUp().isZero()) {
            comparison.gatewaySide().measure(effort.warmUp());
            comparison.peerSide().measure(effort.warmUp());
        }
        List<Round> rounds = new ArrayList<>();
        for (int i = 1; i <= effort.rounds(); i++) {
            Round round = new Round(
                    positive(comparison, comparison.gatewaySide(), effort.span()),
                    positive(comparison, comparison.peerSide(), effort.span()));
            rounds.add(round);
            listener.accept(i, round);
        }
        return new Result(comparison, rounds);
    }

    private static double positive(Comparison comparison, Side side, Duration span) throws Exception {
        double value = side.measure(span);
        if (!(value > 0)) {
            throw new IllegalStateException(comparison.name() + " measured " + value + " " + comparison.unit());
        }
        return value;
    }
}
