package io.sekisho.bench.comparison;

import java.util.List;

/** A comparison and its rounds. */
public record Result(Comparison comparison, List<Round> rounds) {

    public Result {
        rounds = List.copyOf(rounds);
    }

    /** The ratio of each round, so that what slows the machine for a while slows both sides of it. */
    public Spread ratio() {
        return Spread.of(rounds.stream()
                .map(round -> comparison.better().ratio(round.gateway(), round.peer()))
                .toList());
    }

    public Spread gateway() {
        return Spread.of(rounds.stream().map(Round::gateway).toList());
    }

    public Spread peer() {
        return Spread.of(rounds.stream().map(Round::peer).toList());
    }
}
