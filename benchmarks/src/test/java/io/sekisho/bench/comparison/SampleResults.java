package io.sekisho.bench.comparison;

import java.util.List;

/** Results without a measurement. */
final class SampleResults {

    private SampleResults() {}

    static Result of(String name, Better better, Round... rounds) {
        Comparison comparison = new Comparison(name, "a test", "things", better, span -> 1, "its peer", span -> 1);
        return new Result(comparison, List.of(rounds));
    }

    static Result ofRatio(String name, double ratio) {
        return of(name, Better.HIGHER, new Round(ratio, 1));
    }
}
